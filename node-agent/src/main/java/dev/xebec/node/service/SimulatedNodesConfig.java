package dev.xebec.node.service;

import dev.xebec.node.runtime.simulated.Stages;
import java.time.Duration;
import java.util.Map;

/**
 * Nodes that run nothing, in one process.
 *
 * @param prefix of their names: {@code PREFIX-0}, {@code PREFIX-1}, …
 * @param count at most 10,000 in one process
 * @param labels of each Node object beyond those that every node has
 * @param leaveGrace how long a stop waits for pods to move to other nodes; zero for none that move
 * @param stages of a container whose pod's annotations say nothing else
 */
public record SimulatedNodesConfig(String prefix, int count, Map<String, String> labels, long cpuMillis,
        long memoryBytes, int maxPods, Duration leaseInterval, Duration statusAge, Stages stages,
        Duration leaveGrace) {
    /** More would need more than one informer's worth of memory and time. */
    public static final int MAX_COUNT = 10_000;

    public SimulatedNodesConfig {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("count has to be between 1 and " + MAX_COUNT + ", is " + count);
        }
    }

    /** Nodes of 32 CPUs and 256 GiB, as benchmarks of schedulers use them. */
    public static SimulatedNodesConfig of(String prefix, int count) {
        return new SimulatedNodesConfig(prefix, count, Map.of("type", "simulated"), 32_000, 256L << 30, 110,
                Duration.ofSeconds(10), Duration.ofMinutes(5), Stages.LASTING, Duration.ZERO);
    }

    public SimulatedNodesConfig stages(Stages life) {
        return new SimulatedNodesConfig(prefix, count, labels, cpuMillis, memoryBytes, maxPods, leaseInterval,
                statusAge,
                life, leaveGrace);
    }

    public SimulatedNodesConfig intervals(Duration lease, Duration status) {
        return new SimulatedNodesConfig(prefix, count, labels, cpuMillis, memoryBytes, maxPods, lease, status, stages,
                leaveGrace);
    }

    /** A stop moves the pods to other nodes first. */
    public SimulatedNodesConfig leaving(Duration grace) {
        return new SimulatedNodesConfig(prefix, count, labels, cpuMillis, memoryBytes, maxPods, leaseInterval,
                statusAge, stages, grace);
    }
}
