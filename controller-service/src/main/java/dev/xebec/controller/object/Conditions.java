package dev.xebec.controller.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code conditions} list of a status. */
public final class Conditions {
    private Conditions() {}

    /** The condition of a type; null where there is none. */
    public static @Nullable ObjectNode find(ObjectNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (type.equals(condition.path("type").asText()) && condition instanceof ObjectNode found) {
                return found;
            }
        }
        return null;
    }

    /** {@code True}, {@code False}, {@code Unknown}, or empty where there is no such condition. */
    public static String value(ObjectNode status, String type) {
        ObjectNode condition = find(status, type);
        return condition == null ? "" : condition.path("status").asText("");
    }

    public static boolean isTrue(ObjectNode status, String type) {
        return "True".equals(value(status, type));
    }

    /** When the condition last took its value. */
    public static Optional<Instant> since(ObjectNode status, String type) {
        ObjectNode condition = find(status, type);
        return condition == null ? Optional.empty() : ApiObject.instant(condition.path("lastTransitionTime"));
    }

    /** Sets a condition; its transition time stays where its value does. Nothing changes where all is as it was. */
    public static ObjectNode set(ObjectNode status, String type, String value, String reason, String message,
            Instant now) {
        ObjectNode condition = find(status, type);
        if (condition == null) {
            condition = Trees.list(status, "conditions").addObject().put("type", type);
        }
        if (!value.equals(condition.path("status").asText(""))) {
            condition.put("status", value).put("lastTransitionTime", Timestamps.text(now));
        }
        return condition.put("reason", reason).put("message", message);
    }

    public static void remove(ObjectNode status, String type) {
        if (status.get("conditions") instanceof ArrayNode conditions) {
            for (int i = conditions.size() - 1; i >= 0; i--) {
                if (type.equals(conditions.get(i).path("type").asText())) {
                    conditions.remove(i);
                }
            }
            if (conditions.isEmpty()) {
                status.remove("conditions");
            }
        }
    }
}
