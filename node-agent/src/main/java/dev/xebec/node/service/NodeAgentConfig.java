package dev.xebec.node.service;

import dev.xebec.node.registration.Machine;
import dev.xebec.node.runtime.process.ProcessRuntimeConfig.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How one node agent works.
 *
 * @param nodeName of the Node object
 * @param nodeIndex unique in the cluster, 0 to 4,095: which pod addresses are this node's
 * @param dataDirectory of this node's pods, containers and logs; belongs to one agent at a time
 * @param isolation how far to keep containers apart, see {@link Wish}
 * @param masked directories that containers may not see, such as the cluster's keys
 * @param address the node's own, as {@code InternalIP}
 * @param labels of the Node object beyond those that every node has
 * @param environment what every container is given, such as {@code KUBERNETES_SERVICE_HOST}
 * @param cpuMillis capacity in thousandths of a CPU
 * @param memoryBytes capacity
 * @param maxPods that may run at a time
 * @param leaseInterval how often the lease is renewed
 * @param statusAge how old the node's status may grow while nothing changes
 * @param keepPodsOnStop pods run on while the agent is away; otherwise they end with it
 * @param stopGrace how long pods may take to end then
 * @param leaveGrace how long a stopping agent waits for pods to move to other nodes; zero for none that move
 */
public record NodeAgentConfig(String nodeName, int nodeIndex, Path dataDirectory, Wish isolation, List<Path> masked,
        String address, Map<String, String> labels, Map<String, String> environment, long cpuMillis, long memoryBytes,
        int maxPods, Duration leaseInterval, Duration statusAge, boolean keepPodsOnStop, Duration stopGrace,
        Duration leaveGrace) {
    private static final int MAX_PODS = 110;

    /** The whole machine, with Kubernetes' intervals. */
    public static NodeAgentConfig of(String nodeName, int nodeIndex, Path dataDirectory) {
        return new NodeAgentConfig(nodeName, nodeIndex, dataDirectory, Wish.AUTO, List.of(), "127.0.0.1", Map.of(),
                Map.of(), Machine.cpuMillis(), Machine.memoryBytes(), MAX_PODS, Duration.ofSeconds(10),
                Duration.ofMinutes(5), false, Duration.ofSeconds(10), Duration.ZERO);
    }

    /** Where containers find the API: {@code KUBERNETES_SERVICE_HOST} and {@code KUBERNETES_SERVICE_PORT}. */
    public NodeAgentConfig apiAt(String host, int port) {
        return environment(Map.of("KUBERNETES_SERVICE_HOST", host, "KUBERNETES_SERVICE_PORT", Integer.toString(port),
                "KUBERNETES_SERVICE_PORT_HTTPS", Integer.toString(port)));
    }

    public NodeAgentConfig environment(Map<String, String> given) {
        return new NodeAgentConfig(nodeName, nodeIndex, dataDirectory, isolation, masked, address, labels, given,
                cpuMillis, memoryBytes, maxPods, leaseInterval, statusAge, keepPodsOnStop, stopGrace, leaveGrace);
    }

    public NodeAgentConfig isolation(Wish wish) {
        return new NodeAgentConfig(nodeName, nodeIndex, dataDirectory, wish, masked, address, labels, environment,
                cpuMillis, memoryBytes, maxPods, leaseInterval, statusAge, keepPodsOnStop, stopGrace, leaveGrace);
    }

    public NodeAgentConfig masked(List<Path> directories) {
        return new NodeAgentConfig(nodeName, nodeIndex, dataDirectory, isolation, directories, address, labels,
                environment, cpuMillis, memoryBytes, maxPods, leaseInterval, statusAge, keepPodsOnStop, stopGrace,
                leaveGrace);
    }

    public NodeAgentConfig address(String own) {
        return new NodeAgentConfig(nodeName, nodeIndex, dataDirectory, isolation, masked, own, labels, environment,
                cpuMillis, memoryBytes, maxPods, leaseInterval, statusAge, keepPodsOnStop, stopGrace, leaveGrace);
    }

    public NodeAgentConfig labels(Map<String, String> own) {
        return new NodeAgentConfig(nodeName, nodeIndex, dataDirectory, isolation, masked, address, own, environment,
                cpuMillis, memoryBytes, maxPods, leaseInterval, statusAge, keepPodsOnStop, stopGrace, leaveGrace);
    }

    public NodeAgentConfig capacity(long cpu, long memory, int pods) {
        return new NodeAgentConfig(nodeName, nodeIndex, dataDirectory, isolation, masked, address, labels, environment,
                cpu, memory, pods, leaseInterval, statusAge, keepPodsOnStop, stopGrace, leaveGrace);
    }

    public NodeAgentConfig intervals(Duration lease, Duration status) {
        return new NodeAgentConfig(nodeName, nodeIndex, dataDirectory, isolation, masked, address, labels, environment,
                cpuMillis, memoryBytes, maxPods, lease, status, keepPodsOnStop, stopGrace, leaveGrace);
    }

    /** @param keep pods run on while the agent is away */
    public NodeAgentConfig onStop(boolean keep, Duration grace) {
        return new NodeAgentConfig(nodeName, nodeIndex, dataDirectory, isolation, masked, address, labels, environment,
                cpuMillis, memoryBytes, maxPods, leaseInterval, statusAge, keep, grace, leaveGrace);
    }

    /** An orderly stop moves the pods to other nodes first. */
    public NodeAgentConfig leaving(Duration grace) {
        return new NodeAgentConfig(nodeName, nodeIndex, dataDirectory, isolation, masked, address, labels, environment,
                cpuMillis, memoryBytes, maxPods, leaseInterval, statusAge, keepPodsOnStop, stopGrace, grace);
    }
}
