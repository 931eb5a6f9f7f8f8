package dev.xebec.system.role;

import dev.xebec.server.plan.FreePorts;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * The ports of one process on the loopback address. They are below those that outgoing connections get, so that they are still
 * free when the process comes back.
 *
 * @param first of a few in a row
 */
record Ports(int first) {
    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 30_000;
    private static final int EACH = 5;

    /** Of a number of processes, all of them free now. */
    static int block(int processes) {
        int size = EACH * processes;
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - size);
            if (IntStream.range(first, first + size).allMatch(FreePorts::isFree)) {
                return first;
            }
        }
    }

    static Ports of(int block, int process) {
        return new Ports(block + EACH * process);
    }

    int gateway() {
        return first;
    }

    int health() {
        return first + 1;
    }

    int hazelcast() {
        return first + 2;
    }

    int bus() {
        return first + 3;
    }

    int raft() {
        return first + 4;
    }
}
