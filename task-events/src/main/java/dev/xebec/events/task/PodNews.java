package dev.xebec.events.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pod's object says of its containers, its times and its end. */
final class PodNews {
    private static final String EVICTED = "Evicted";
    private static final Exit NONE = new Exit("", null, "", "", Moments.NEVER, Moments.NEVER);

    private final ObjectNode pod;
    private final JsonNode status;

    /**
     * How a container ended.
     *
     * @param code null where nobody knows
     * @param at when it ended
     * @param restartedAt when it ran again, or else when it had ended
     */
    record Exit(String container, @Nullable Integer code, String reason, String message, long at, long restartedAt) {}

    PodNews(ObjectNode pod) {
        this.pod = pod;
        status = pod.path("status");
    }

    /** The states of those that prepare, then of the others. */
    List<JsonNode> containers() {
        List<JsonNode> all = new ArrayList<>(2);
        status.path("initContainerStatuses").forEach(all::add);
        status.path("containerStatuses").forEach(all::add);
        return all;
    }

    JsonNode readiness() {
        return Told.condition(pod, "Ready");
    }

    boolean started(String phase) {
        return switch (phase) {
            case "Running" -> true;
            case "Pending" -> false;
            default -> startedAt() != Moments.NEVER;
        };
    }

    long created() {
        return Moments.of(pod.path("metadata").path("creationTimestamp"));
    }

    long scheduledAt() {
        JsonNode scheduled = Told.condition(pod, "PodScheduled");
        return Told.isTrue(scheduled) ? Moments.of(scheduled.path("lastTransitionTime")) : Moments.NEVER;
    }

    /** When the first of its own containers ran. */
    long startedAt() {
        long first = Moments.NEVER;
        for (JsonNode container : status.path("containerStatuses")) {
            for (JsonNode state : List.of(container.path("state"), container.path("lastState"))) {
                for (String form : List.of("running", "terminated")) {
                    long at = Moments.of(state.path(form).path("startedAt"));
                    first = at != Moments.NEVER && (first == Moments.NEVER || at < first) ? at : first;
                }
            }
        }
        return first;
    }

    boolean evicted() {
        return status.path("reason").asText("").equals(EVICTED) || Told.isTrue(disruption());
    }

    private JsonNode disruption() {
        return Told.condition(pod, "DisruptionTarget");
    }

    long evictedAt() {
        return Told.isTrue(disruption()) ? Moments.of(disruption().path("lastTransitionTime")) : Moments.NEVER;
    }

    String evictionReason() {
        return Told.isTrue(disruption()) ? disruption().path("reason").asText("") : EVICTED;
    }

    String evictionMessage() {
        return Told.isTrue(disruption())
                ? disruption().path("message").asText("")
                : status.path("message").asText("");
    }

    /** How a container ended before it was last restarted. */
    Exit lastExit(String container) {
        for (JsonNode one : containers()) {
            if (one.path("name").asText("").equals(container)) {
                JsonNode ended = one.path("lastState").path("terminated");
                Exit exit = exit(container, ended);
                long again = Moments.of(one.path("state").path("running").path("startedAt"));
                return new Exit(container, exit.code(), exit.reason(), exit.message(), exit.at(),
                        Moments.or(again, exit.at()));
            }
        }
        return NONE;
    }

    /** The first container that failed, else the last that ended; the pod's own reason and message go first. */
    Exit finalExit() {
        Exit last = NONE;
        long at = Moments.NEVER;
        for (JsonNode one : containers()) {
            JsonNode ended = one.path("state").path("terminated");
            if (ended.isMissingNode()) {
                continue;
            }
            Exit exit = exit(one.path("name").asText(""), ended);
            at = Math.max(at, exit.at());
            boolean failedBefore = last.code() != null && last.code() != 0;
            last = failedBefore ? last : exit;
        }
        String reason = status.path("reason").asText("");
        String message = status.path("message").asText("");
        return new Exit(last.container(), last.code(), reason.isEmpty() ? last.reason() : reason,
                message.isEmpty() ? last.message() : message, at, at);
    }

    private static Exit exit(String container, JsonNode ended) {
        JsonNode code = ended.path("exitCode");
        long at = Moments.of(ended.path("finishedAt"));
        return new Exit(container, code.isIntegralNumber() ? code.asInt() : null, ended.path("reason").asText(""),
                ended.path("message").asText(""), at, at);
    }

    /** The latest moment that the pod tells of. */
    long latest() {
        long latest = Math.max(Moments.latest(pod), Moments.of(status.path("startTime")));
        for (JsonNode container : containers()) {
            for (JsonNode state : List.of(container.path("state"), container.path("lastState"))) {
                latest = Math.max(latest, Moments.of(state.path("running").path("startedAt")));
                latest = Math.max(latest, Moments.of(state.path("terminated").path("finishedAt")));
            }
        }
        return latest;
    }
}
