package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pod's containers say in sum: the words that kubectl's users know.
 *
 * <p>Source: {@code pkg/printers/internalversion/printers.go} of Kubernetes, printPod.
 */
final class PodCells {
    private final JsonNode pod;
    private final JsonNode status;
    private final Set<String> sidecars = new HashSet<>();
    private String reason;
    private int ready;
    private int restarts;
    private @Nullable Instant lastRestart;

    private PodCells(ApiObject object) {
        pod = object.tree();
        status = object.status();
        for (JsonNode container : pod.path("spec").path("initContainers")) {
            if (text(container, "restartPolicy").equals("Always")) {
                sidecars.add(text(container, "name"));
            }
        }
        reason = text(status, "reason").isEmpty() ? text(status, "phase") : text(status, "reason");
        if (text(condition("PodScheduled"), "reason").equals("SchedulingGated")) {
            reason = "SchedulingGated";
        }
        boolean initializing = initContainers();
        if (!initializing || text(condition("Initialized"), "status").equals("True")) {
            containers();
        }
        boolean finished = text(status, "phase").equals("Succeeded") || text(status, "phase").equals("Failed");
        if (object.deleting() && text(status, "reason").equals("NodeLost")) {
            reason = "Unknown";
        } else if (object.deleting() && !finished) {
            reason = "Terminating";
        }
    }

    static String status(ApiObject pod, Instant now) {
        return new PodCells(pod).reason;
    }

    static String ready(ApiObject pod, Instant now) {
        PodCells cells = new PodCells(pod);
        return cells.ready + "/" + (pod.spec().path("containers").size() + cells.sidecars.size());
    }

    static String restarts(ApiObject pod, Instant now) {
        PodCells cells = new PodCells(pod);
        return cells.restarts == 0 || cells.lastRestart == null
                ? String.valueOf(cells.restarts)
                : cells.restarts + " (" + Durations.human(Duration.between(cells.lastRestart, now)) + " ago)";
    }

    static String readinessGates(ApiObject pod, Instant now) {
        JsonNode gates = pod.spec().path("readinessGates");
        int open = 0;
        for (JsonNode gate : gates) {
            for (JsonNode condition : pod.status().path("conditions")) {
                boolean same = text(condition, "type").equals(text(gate, "conditionType"));
                open += same && text(condition, "status").equals("True") ? 1 : 0;
            }
        }
        return gates.isEmpty() ? "<none>" : open + "/" + gates.size();
    }

    /** Whether the pod is still at its init containers. */
    private boolean initContainers() {
        JsonNode statuses = status.path("initContainerStatuses");
        boolean initializing = false;
        int sidecarRestarts = 0;
        Instant lastSidecarRestart = null;
        for (int at = 0; at < statuses.size() && !initializing; at++) {
            JsonNode container = statuses.get(at);
            boolean sidecar = sidecars.contains(text(container, "name"));
            count(container);
            if (sidecar) {
                sidecarRestarts += container.path("restartCount").asInt();
                lastSidecarRestart = later(lastSidecarRestart, container);
            }
            initializing = initializes(container, sidecar, at);
        }
        if (!initializing || text(condition("Initialized"), "status").equals("True")) {
            restarts = sidecarRestarts;
            lastRestart = lastSidecarRestart;
        }
        return initializing;
    }

    private boolean initializes(JsonNode container, boolean sidecar, int index) {
        JsonNode terminated = container.path("state").path("terminated");
        String waiting = text(container.path("state").path("waiting"), "reason");
        if (terminated.isObject() && terminated.path("exitCode").asInt() == 0) {
            return false;
        }
        if (sidecar && container.path("started").asBoolean()) {
            ready += container.path("ready").asBoolean() ? 1 : 0;
            return false;
        }
        if (terminated.isObject()) {
            reason = "Init:" + ending(terminated);
        } else if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
            reason = "Init:" + waiting;
        } else {
            reason = "Init:" + index + "/" + pod.path("spec").path("initContainers").size();
        }
        return true;
    }

    private void containers() {
        boolean running = false;
        JsonNode statuses = status.path("containerStatuses");
        for (int at = statuses.size() - 1; at >= 0; at--) {
            JsonNode container = statuses.get(at);
            JsonNode state = container.path("state");
            String waiting = text(state.path("waiting"), "reason");
            count(container);
            if (!waiting.isEmpty()) {
                reason = waiting;
            } else if (state.path("terminated").isObject()) {
                reason = ending(state.path("terminated"));
            } else if (container.path("ready").asBoolean() && state.path("running").isObject()) {
                running = true;
                ready++;
            }
        }
        if (reason.equals("Completed") && running) {
            reason = text(condition("Ready"), "status").equals("True") ? "Running" : "NotReady";
        }
    }

    private static String ending(JsonNode terminated) {
        if (!text(terminated, "reason").isEmpty()) {
            return text(terminated, "reason");
        }
        int signal = terminated.path("signal").asInt();
        return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.path("exitCode").asInt();
    }

    private void count(JsonNode container) {
        restarts += container.path("restartCount").asInt();
        lastRestart = later(lastRestart, container);
    }

    private static @Nullable Instant later(@Nullable Instant known, JsonNode container) {
        Instant ended = ApiObject.instant(container.path("lastState").path("terminated").path("finishedAt"))
                .orElse(known);
        return known == null || (ended != null && ended.isAfter(known)) ? ended : known;
    }

    private JsonNode condition(String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (text(condition, "type").equals(type)) {
                return condition;
            }
        }
        return status.path("conditions").path("absent");
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
