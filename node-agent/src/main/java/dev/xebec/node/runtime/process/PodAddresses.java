package dev.xebec.node.runtime.process;

import java.util.Set;

/**
 * A node's share of the loopback addresses 127.64.0.0/10: 1,024 for each of 4,096 nodes. All of them are local to every
 * Linux machine without being set up. Pods that are over keep theirs until they are deleted, hence more than run at a time.
 */
final class PodAddresses {
    /** Nodes that have a range of their own. */
    static final int MAX_NODES = 1 << 12;
    /** Pods that can have an address; the first and last of a range are not given out. */
    static final int PER_NODE = 1_022;

    private static final int FIRST = 127 << 24 | 64 << 16;

    private final int base;
    private int last;

    PodAddresses(int nodeIndex) {
        if (nodeIndex < 0 || nodeIndex >= MAX_NODES) {
            throw new IllegalArgumentException("node index " + nodeIndex + " is not between 0 and " + (MAX_NODES - 1));
        }
        this.base = FIRST + (nodeIndex << 10);
    }

    /** The next one round that nobody has: an address is used again as late as can be. Empty when there is none. */
    String next(Set<String> taken) {
        for (int i = 1; i <= PER_NODE; i++) {
            int candidate = (last + i - 1) % PER_NODE + 1;
            String address = text(base + candidate);
            if (!taken.contains(address)) {
                last = candidate;
                return address;
            }
        }
        return "";
    }

    private static String text(int address) {
        return (address >>> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }
}
