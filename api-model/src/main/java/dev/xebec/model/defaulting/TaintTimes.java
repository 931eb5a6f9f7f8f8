package dev.xebec.model.defaulting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Since when devices are tainted: where nobody says, since their object was made. Source: SetDefaults_DeviceTaint of
 * {@code pkg/apis/resource/v1/defaults.go}.
 */
final class TaintTimes {
    private static final String SINCE = "timeAdded";

    private TaintTimes() {}

    static void set(ObjectNode object) {
        JsonNode made = object.path("metadata").path("creationTimestamp");
        if (!made.isTextual()) {
            return;
        }
        JsonNode spec = object.path("spec");
        set(spec.path("taint"), made);
        for (JsonNode device : spec.path("devices")) {
            device.path("taints").forEach(taint -> set(taint, made));
            device.path("basic").path("taints").forEach(taint -> set(taint, made));
        }
    }

    private static void set(JsonNode taint, JsonNode made) {
        if (taint instanceof ObjectNode object && !object.hasNonNull(SINCE)) {
            object.set(SINCE, made);
        }
    }
}
