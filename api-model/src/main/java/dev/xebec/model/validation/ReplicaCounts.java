package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** How many pods a status may tell of: none of its counts is above that of all. Source: the validation packages of Kubernetes. */
final class ReplicaCounts {
    private static final String ALL = "cannot be greater than status.replicas";
    private static final String READY = "readyReplicas";
    private static final String AVAILABLE = "availableReplicas";
    private static final List<String> LABELED = List.of("fullyLabeledReplicas", READY, AVAILABLE);

    /** What is part of {@code replicas}, in the order in which it is looked at. */
    private static final Map<String, List<String>> PARTS = Map.of("apps.v1.Deployment",
            List.of("updatedReplicas", READY, AVAILABLE), "apps.v1.StatefulSet",
            List.of(READY, "currentReplicas", "updatedReplicas", AVAILABLE), "apps.v1.ReplicaSet", LABELED,
            "core.v1.ReplicationController", LABELED);
    private static final List<String> MORE = List.of("collisionCount", "currentReplicas", "fullyLabeledReplicas",
            "terminatingReplicas", "unavailableReplicas");

    private ReplicaCounts() {}

    static void check(String typeName, JsonNode status, Findings findings) {
        List<String> parts = PARTS.get(typeName);
        if (parts == null) {
            return;
        }
        MORE.forEach(field -> findings.notNegative("status." + field, status.path(field)));
        for (String part : parts) {
            above(status, part, "replicas", ALL, findings);
        }
        above(status, AVAILABLE, READY, typeName.equals("apps.v1.StatefulSet")
                ? "cannot be greater than status.readyReplicas"
                : "cannot be greater than readyReplicas", findings);
    }

    private static void above(JsonNode status, String part, String all, String detail, Findings findings) {
        if (status.path(part).asLong(0) > status.path(all).asLong(0)) {
            findings.invalid("status." + part, status.path(part), detail);
        }
    }
}
