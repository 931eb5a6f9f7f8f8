package dev.xebec.node.pod;

import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is seen of a pod at one moment.
 *
 * @param containers every attempt that the runtime knows, oldest first
 * @param health by running container
 * @param troubles why a container (by name) could not be started, and when to try again
 * @param stopping containers that were asked to end
 * @param podIp empty while the pod has no sandbox
 * @param sandboxTrouble why it has none, empty where nothing is wrong
 */
public record Observation(PodDefinition pod, List<ContainerState> containers, Map<ContainerId, Health> health,
        Map<String, Trouble> troubles, Map<ContainerId, Stopping> stopping, String podIp, String hostIp,
        String sandboxTrouble, String runtimeName, Instant now) {

    /** A start that failed: shown as the container's waiting state. */
    public record Trouble(String reason, String message, Instant retryAt) {}

    /** @param killAt when its grace is over; @param killed was sent the last signal */
    public record Stopping(Instant killAt, boolean killed) {}
}
