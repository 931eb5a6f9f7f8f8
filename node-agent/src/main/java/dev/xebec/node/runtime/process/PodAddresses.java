package dev.xebec.node.runtime.process;

import java.util.Set;

/**
 * A node's share of the loopback addresses 127.64.0.0/10: 256 for each of 16,384 nodes. All of them are local to every
 * Linux machine without being set up.
 */
final class PodAddresses {
    /** Nodes that have a range of their own. */
    static final int MAX_NODES = 1 << 14;
    /** Pods that can have an address; the first and last of a range are not given out. */
    static final int PER_NODE = 254;

    private final String prefix;
    private int last;

    PodAddresses(int nodeIndex) {
        if (nodeIndex < 0 || nodeIndex >= MAX_NODES) {
            throw new IllegalArgumentException("node index " + nodeIndex + " is not between 0 and " + (MAX_NODES - 1));
        }
        this.prefix = "127." + (64 + (nodeIndex >> 8)) + "." + (nodeIndex & 255) + ".";
    }

    /** The next one round that nobody has: an address is used again as late as can be. Empty when there is none. */
    String next(Set<String> taken) {
        for (int i = 1; i <= PER_NODE; i++) {
            int candidate = (last + i - 1) % PER_NODE + 1;
            String address = prefix + candidate;
            if (!taken.contains(address)) {
                last = candidate;
                return address;
            }
        }
        return "";
    }
}
