package dev.xebec.node.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.node.pod.PodDefinition.RestartPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A pod's status as a kubelet would write it. What others wrote into it, such as their conditions, is kept.
 *
 * <p>Source: Kubernetes {@code pkg/kubelet/kubelet_pods.go} (getPhase, generateAPIPodStatus).
 */
final class PodStatus {
    private final Observation seen;
    private final PodDefinition pod;
    private final Containers containers;
    private final boolean deadlineOver;
    private final ObjectNode status;

    PodStatus(Observation seen, Containers containers, boolean deadlineOver) {
        this.seen = seen;
        this.pod = seen.pod();
        this.containers = containers;
        this.deadlineOver = deadlineOver;
        this.status = pod.object().status().deepCopy();
    }

    ObjectNode build() {
        String phase = phase();
        status.put("phase", phase);
        if (deadlineOver && !pod.finished()) {
            status.put("reason", "DeadlineExceeded");
            status.put("message", "Pod was active on the node longer than the specified deadline");
        }
        if (!seen.hostIp().isEmpty()) {
            status.put("hostIP", seen.hostIp());
            status.set("hostIPs", Json.object().arrayNode().add(Json.object().put("ip", seen.hostIp())));
        }
        if (!seen.podIp().isEmpty()) {
            status.put("podIP", seen.podIp());
            status.set("podIPs", Json.object().arrayNode().add(Json.object().put("ip", seen.podIp())));
        }
        if (!status.hasNonNull("startTime")) {
            status.put("startTime", time(seen.now()));
        }
        if (!status.hasNonNull("qosClass")) {
            status.put("qosClass", QosClass.of(pod));
        }
        ContainerStatuses statuses = new ContainerStatuses(seen, containers);
        if (!pod.inits().isEmpty()) {
            status.set("initContainerStatuses", list(statuses, pod.inits()));
        }
        status.set("containerStatuses", list(statuses, pod.mains()));
        if (!pod.ephemerals().isEmpty()) {
            status.set("ephemeralContainerStatuses", list(statuses, pod.ephemerals()));
        }
        new PodConditions(seen, containers, phase).into(status);
        return status;
    }

    private static ArrayNode list(ContainerStatuses statuses, List<ContainerDefinition> definitions) {
        ArrayNode list = Json.object().arrayNode();
        definitions.forEach(each -> list.add(statuses.of(each)));
        return list;
    }

    private String phase() {
        if (pod.finished()) {
            return pod.object().status().path("phase").asText();
        }
        boolean running = containers.anyOwnRunning();
        if (deadlineOver || containers.initFailed()) {
            return running ? (containers.initialized() ? "Running" : "Pending") : "Failed";
        }
        boolean allOver = pod.mains().stream().allMatch(containers::over);
        boolean allEnded = pod.mains().stream().allMatch(each -> containers.latest(each).isPresent()
                && !containers.running(each));
        boolean allGood = pod.mains().stream().allMatch(containers::succeeded);
        if (pod.object().deleting() && !running) {
            return allEnded && allGood ? "Succeeded" : "Failed";
        }
        if (!containers.initialized()) {
            return "Pending";
        }
        if (allOver && !running && pod.restartPolicy() != RestartPolicy.ALWAYS) {
            return allGood ? "Succeeded" : "Failed";
        }
        boolean allStarted = pod.mains().stream().allMatch(each -> containers.latest(each).isPresent());
        return allStarted ? "Running" : "Pending";
    }

    /** Why the object's present status says that a container waits; empty where it does not. */
    static String waitingReason(PodDefinition pod, ContainerDefinition container) {
        String list = container.role().statuses();
        for (JsonNode each : pod.object().status().path(list)) {
            if (each.path("name").asText("").equals(container.name())) {
                return each.path("state").path("waiting").path("reason").asText("");
            }
        }
        return "";
    }

    /** Whole seconds, UTC. */
    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
