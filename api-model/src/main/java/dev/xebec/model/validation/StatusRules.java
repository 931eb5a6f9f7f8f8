package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** What a status may say. */
final class StatusRules {

    private StatusRules() {}

    static void check(String typeName, ObjectNode now, ObjectNode before, Findings findings) {
        JsonNode status = now.path("status");
        if (!status.isMissingNode() && !status.isNull() && !status.isObject()) {
            findings.invalid("status", status, "must be an object");
        }
        for (String field : new String[]{"replicas", "readyReplicas", "availableReplicas", "updatedReplicas", "active",
                "succeeded", "failed", "observedGeneration", "currentNumberScheduled", "desiredNumberScheduled",
                "numberReady"}) {
            findings.notNegative("status." + field, status.path(field));
        }
        ReplicaCounts.check(typeName, status, findings);
        if (typeName.equals("core.v1.Pod")) {
            pod(status, before.path("status"), findings);
        }
    }

    private static void pod(JsonNode status, JsonNode before, Findings findings) {
        String nominated = Findings.text(status, "nominatedNodeName");
        if (!nominated.isEmpty()) {
            findings.invalid("status.nominatedNodeName", nominated, dev.xebec.model.names.Names.subdomain(nominated));
        }
        String old = Findings.text(before, "phase");
        if ((old.equals("Succeeded") || old.equals("Failed")) && !Findings.text(status, "phase").equals(old)) {
            findings.forbidden("status.phase", "may not be changed once the pod has finished");
        }
        Set<String> types = new HashSet<>();
        JsonNode conditions = status.path("conditions");
        for (int at = 0; at < conditions.size(); at++) {
            String type = Findings.text(conditions.get(at), "type");
            if (!types.add(type)) {
                findings.duplicate("status.conditions[" + at + "].type", type);
            }
        }
    }
}
