package dev.xebec.node.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.node.pod.ContainerDefinition.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that belong to the node: PodReadyToStartContainers, Initialized, ContainersReady, Ready. A condition's
 * transition time changes with its status only; conditions of others stay as they are.
 *
 * <p>Source: Kubernetes {@code pkg/kubelet/status/generate.go}.
 */
final class PodConditions {
    private final Observation seen;
    private final PodDefinition pod;
    private final Containers containers;
    private final String phase;

    PodConditions(Observation seen, Containers containers, String phase) {
        this.seen = seen;
        this.pod = seen.pod();
        this.containers = containers;
        this.phase = phase;
    }

    private record Condition(String type, boolean holds, String reason, String message) {}

    void into(ObjectNode status) {
        ArrayNode list = status.path("conditions") instanceof ArrayNode present
                ? present
                : status.putArray("conditions");
        Condition containersReady = containersReady();
        for (Condition condition : List.of(readyToStart(), initialized(), ready(containersReady, list),
                containersReady)) {
            put(list, condition);
        }
        if (find(list, "PodScheduled") == null) {
            put(list, new Condition("PodScheduled", true, "", ""));
        }
    }

    private Condition readyToStart() {
        boolean over = phase.equals("Succeeded") || phase.equals("Failed");
        return new Condition("PodReadyToStartContainers", !over && !seen.podIp().isEmpty(), "", "");
    }

    private Condition initialized() {
        if (phase.equals("Succeeded")) {
            return new Condition("Initialized", true, "PodCompleted", "");
        }
        List<String> open = containers.initialized()
                ? List.of()
                : names(pod.inits().stream().filter(each -> !containers.initDone(each)));
        return open.isEmpty()
                ? new Condition("Initialized", true, "", "")
                : new Condition("Initialized", false, "ContainersNotInitialized",
                        "containers with incomplete status: " + text(open));
    }

    private Condition containersReady() {
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return new Condition("ContainersReady", false, phase.equals("Succeeded") ? "PodCompleted" : "PodFailed",
                    "");
        }
        List<String> unready = names(Stream.concat(
                pod.inits().stream().filter(each -> each.role() == Role.SIDECAR), pod.mains().stream())
                .filter(each -> !containers.ready(each)));
        return unready.isEmpty()
                ? new Condition("ContainersReady", true, "", "")
                : new Condition("ContainersReady", false, "ContainersNotReady",
                        "containers with unready status: " + text(unready));
    }

    private Condition ready(Condition containersReady, ArrayNode present) {
        if (!containersReady.holds()) {
            return new Condition("Ready", false, containersReady.reason(), containersReady.message());
        }
        List<String> closed = new ArrayList<>();
        for (JsonNode gate : pod.object().spec().path("readinessGates")) {
            String type = gate.path("conditionType").asText("");
            ObjectNode condition = find(present, type);
            if (condition == null) {
                closed.add("corresponding condition of pod readiness gate \"" + type + "\" does not exist.");
            } else if (!condition.path("status").asText("").equals("True")) {
                closed.add("the status of pod readiness gate \"" + type + "\" is not \"True\", but "
                        + condition.path("status").asText(""));
            }
        }
        return closed.isEmpty()
                ? new Condition("Ready", true, "", "")
                : new Condition("Ready", false, "ReadinessGatesNotReady", String.join(", ", closed));
    }

    private static List<String> names(Stream<ContainerDefinition> definitions) {
        return definitions.map(ContainerDefinition::name).toList();
    }

    private static String text(List<String> names) {
        return "[" + String.join(" ", names) + "]";
    }

    private void put(ArrayNode list, Condition condition) {
        ObjectNode present = find(list, condition.type());
        ObjectNode node = present == null ? list.addObject().put("type", condition.type()) : present;
        String status = condition.holds() ? "True" : "False";
        if (!node.path("status").asText("").equals(status)) {
            node.put("status", status).put("lastTransitionTime", PodStatus.time(seen.now()));
            node.putNull("lastProbeTime");
        }
        set(node, "reason", condition.reason());
        set(node, "message", condition.message());
    }

    private static void set(ObjectNode node, String field, String value) {
        if (value.isEmpty()) {
            node.remove(field);
        } else {
            node.put(field, value);
        }
    }

    private static @Nullable ObjectNode find(ArrayNode list, String type) {
        for (JsonNode each : list) {
            if (each instanceof ObjectNode node && node.path("type").asText("").equals(type)) {
                return node;
            }
        }
        return null;
    }
}
