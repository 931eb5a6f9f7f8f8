package dev.xebec.events.trigger.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The status of an EventTrigger. */
public final class TriggerStatus {
    private static final int MAX_MESSAGE_CHARS = 1_024;

    private TriggerStatus() {}

    /** Jobs of a trigger that are there. */
    public record Jobs(long active, long succeeded, long failed) {}

    /**
     * What the status is to be, to be merged into the one that is there.
     *
     * @param shown as it is now: a condition's time stays while its value does
     */
    public static ObjectNode of(ApiObject shown, Trigger trigger, Health health, Progress progress, Jobs jobs,
            Instant now) {
        ObjectNode status = of(shown, trigger.object().generation(), health, now).put("topic", trigger.topic())
                .put("consumerGroup", trigger.group())
                .put("deadLetterTopic", trigger.deadLetterTopic()).put("active", jobs.active())
                .put("succeeded", jobs.succeeded()).put("failed", jobs.failed());
        progress.write(status);
        return status;
    }

    /** The same for a trigger that cannot be understood. */
    public static ObjectNode of(ApiObject shown, long generation, Health health, Instant now) {
        ObjectNode status = Json.object().put("observedGeneration", generation);
        String value = health.ready() ? "True" : "False";
        String since = now.truncatedTo(ChronoUnit.SECONDS).toString();
        for (JsonNode condition : shown.status().path("conditions")) {
            if (condition.path("type").asText().equals("Ready") && condition.path("status").asText().equals(value)) {
                since = condition.path("lastTransitionTime").asText();
            }
        }
        String message = health.message();
        status.putArray("conditions").addObject().put("type", "Ready").put("status", value)
                .put("observedGeneration", generation).put("lastTransitionTime", since)
                .put("reason", health.reason()).put("message", message.length() <= MAX_MESSAGE_CHARS
                        ? message
                        : message.substring(0, MAX_MESSAGE_CHARS - 3) + "...");
        return status;
    }

    /** Whether merging would change anything. */
    public static boolean changes(ApiObject shown, ObjectNode status) {
        return status.properties().stream()
                .anyMatch(field -> !Json.same(field.getValue(), shown.status().path(field.getKey())));
    }
}
