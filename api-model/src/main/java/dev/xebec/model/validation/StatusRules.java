package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a status may say. */
final class StatusRules {

    private static final Map<String, UpdateRule> OWN = Map.of("core.v1.Pod", StatusRules::pod,
            "resource.v1.ResourceClaim", DeviceStatusRules::claim, "resource.v1beta2.ResourceClaim",
            DeviceStatusRules::claim, "flowcontrol.v1.FlowSchema", StatusRules::typedOnce,
            "flowcontrol.v1.PriorityLevelConfiguration", StatusRules::typedOnce, "core.v1.ResourceQuota",
            QuotaScopeRules::status, "core.v1.Namespace", StatusRules::namespace, CertificateRequestRules.TYPE,
            CertificateRequestRules::status);

    private StatusRules() {}

    /** Conditions of which each type may be told once. */
    private static void typedOnce(ObjectNode now, ObjectNode before, Findings findings) {
        JsonNode conditions = now.path("status").path("conditions");
        Set<String> types = new HashSet<>();
        for (int at = 0; at < conditions.size(); at++) {
            String type = Findings.text(conditions.get(at), "type");
            String where = "status.conditions[" + at + "].type";
            if (!types.add(type)) {
                findings.duplicate(where, type);
            }
            if (type.isEmpty()) {
                findings.required(where, "");
            }
        }
    }

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
        UpdateRule own = OWN.get(typeName);
        if (own != null) {
            own.check(now, before, findings);
        }
    }

    private static void namespace(ObjectNode now, ObjectNode before, Findings findings) {
        String phase = Findings.text(now.path("status"), "phase");
        boolean ends = now.path("metadata").path("deletionTimestamp").isTextual();
        String meant = ends ? "Terminating" : "Active";
        if (!phase.equals(meant)) {
            findings.invalid("status.Phase", phase,
                    "may only be '" + meant + "' if `deletionTimestamp` is " + (ends ? "not empty" : "empty"));
        }
    }

    private static void pod(ObjectNode now, ObjectNode old, Findings findings) {
        JsonNode status = now.path("status");
        JsonNode before = old.path("status");
        String nominated = Findings.text(status, "nominatedNodeName");
        if (!nominated.isEmpty()) {
            findings.invalid("status.nominatedNodeName", nominated, dev.xebec.model.names.Names.subdomain(nominated));
        }
        String phase = Findings.text(before, "phase");
        if ((phase.equals("Succeeded") || phase.equals("Failed")) && !Findings.text(status, "phase").equals(phase)) {
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
