package dev.xebec.model.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The conditions in the status of a CustomResourceDefinition. Source: apiextensions-apiserver {@code pkg/apihelpers}. */
public final class DefinitionConditions {
    public static final String NAMES_ACCEPTED = "NamesAccepted";
    public static final String ESTABLISHED = "Established";
    public static final String TERMINATING = "Terminating";

    private DefinitionConditions() {}

    public static boolean isTrue(ObjectNode definition, String type) {
        for (JsonNode condition : definition.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    /** Sets a condition in place; its time is that of the last change of its status. */
    public static void set(ObjectNode definition, String type, boolean holds, String reason, String message,
            Instant now) {
        ObjectNode status = definition.get("status") instanceof ObjectNode there
                ? there
                : definition.putObject("status");
        ArrayNode conditions = status.get("conditions") instanceof ArrayNode there
                ? there
                : status.putArray("conditions");
        String wanted = holds ? "True" : "False";
        ObjectNode found = null;
        for (JsonNode condition : conditions) {
            if (condition instanceof ObjectNode one && one.path("type").asText().equals(type)) {
                found = one;
            }
        }
        if (found == null) {
            found = conditions.addObject();
        }
        if (!found.path("status").asText("").equals(wanted)) {
            found.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        found.put("message", message).put("reason", reason).put("status", wanted).put("type", type);
    }
}
