package dev.xebec.simulator.bus;

import java.time.Duration;

/**
 * How the network misbehaves towards everything that goes from one process to another. What a process sends to itself
 * arrives, as on the real bus.
 *
 * @param lossPercent messages that never arrive: requests, answers, what is published, chunks of streams
 * @param duplicatePercent messages that arrive twice, but for requests
 * @param repeatPercent requests that arrive twice. {@code VertxBus} sends each once over one connection and never
 *     repeats it, and {@code Bus} promises neither; so this is for calls that say they stand it, like the state client's
 * @param reorderPercent messages that do not keep their place behind those sent before to the same process
 * @param stragglerPercent messages that take up to {@code stragglerMax}, and all behind them that keep their place
 * @param directoryLag within which the others learn that an address is served or is served no more
 */
public record NetworkFaults(double lossPercent, double duplicatePercent, double repeatPercent, double reorderPercent,
        double stragglerPercent, Duration delayMin, Duration delayMax, Duration stragglerMax, Duration directoryLag) {

    /** Everything arrives at once, once, and in order. */
    public static final NetworkFaults NONE = new NetworkFaults(0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO,
            Duration.ZERO, Duration.ZERO);

    /** A datacenter on a good day: only time passes. */
    public static final NetworkFaults CALM = NONE.withDelay(Duration.ofNanos(100_000), Duration.ofMillis(2));

    /** What happens in a bad hour. */
    public static final NetworkFaults ROUGH = new NetworkFaults(0.5, 0.5, 0, 0.2, 0.5, Duration.ofNanos(100_000),
            Duration.ofMillis(20), Duration.ofSeconds(4), Duration.ofMillis(700));

    public NetworkFaults {
        if (delayMin.isNegative() || delayMin.compareTo(delayMax) > 0) {
            throw new IllegalArgumentException("delays of " + delayMin + " to " + delayMax);
        }
    }

    public NetworkFaults withDelay(Duration min, Duration max) {
        return new NetworkFaults(lossPercent, duplicatePercent, repeatPercent, reorderPercent, stragglerPercent, min,
                max, stragglerMax, directoryLag);
    }

    public NetworkFaults withLoss(double percent) {
        return new NetworkFaults(percent, duplicatePercent, repeatPercent, reorderPercent, stragglerPercent, delayMin,
                delayMax, stragglerMax, directoryLag);
    }

    public NetworkFaults withDuplicates(double percent) {
        return new NetworkFaults(lossPercent, percent, repeatPercent, reorderPercent, stragglerPercent, delayMin,
                delayMax, stragglerMax, directoryLag);
    }

    public NetworkFaults withRepeats(double percent) {
        return new NetworkFaults(lossPercent, duplicatePercent, percent, reorderPercent, stragglerPercent, delayMin,
                delayMax, stragglerMax, directoryLag);
    }

    public NetworkFaults withReorder(double percent) {
        return new NetworkFaults(lossPercent, duplicatePercent, repeatPercent, percent, stragglerPercent, delayMin,
                delayMax, stragglerMax, directoryLag);
    }

    public NetworkFaults withStragglers(double percent, Duration max) {
        return new NetworkFaults(lossPercent, duplicatePercent, repeatPercent, reorderPercent, percent, delayMin,
                delayMax, max, directoryLag);
    }
}
