package dev.xebec.controller.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Timestamps;
import java.time.Instant;

/** Conditions that also tell when they were last looked at anew. Source: k/k {@code deployment_util.go}. */
final class DeploymentConditions {
    static final String PROGRESSING = "Progressing";
    static final String AVAILABLE = "Available";
    static final String REPLICA_FAILURE = "ReplicaFailure";

    private DeploymentConditions() {}

    /** Sets a condition unless it says the same for the same reason already. */
    static void set(ObjectNode status, String type, String value, String reason, String message, Instant now) {
        ObjectNode present = Conditions.find(status, type);
        if (present != null && value.equals(present.path("status").asText())
                && reason.equals(present.path("reason").asText())) {
            return;
        }
        renew(status, type, value, reason, message, now);
    }

    /** Sets a condition and notes that there was progress just now. */
    static void renew(ObjectNode status, String type, String value, String reason, String message, Instant now) {
        Conditions.set(status, type, value, reason, message, now).put("lastUpdateTime", Timestamps.text(now));
    }

    static String reason(ObjectNode status, String type) {
        ObjectNode condition = Conditions.find(status, type);
        return condition == null ? "" : condition.path("reason").asText("");
    }
}
