package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What holds for new objects only. */
final class CreateRules {

    private CreateRules() {}

    static void check(String typeName, ObjectNode object, Findings findings) {
        if (typeName.equals("core.v1.Pod")) {
            JsonNode spec = object.path("spec");
            if (!Findings.absent(spec.path("ephemeralContainers"))) {
                findings.forbidden("spec.ephemeralContainers", "cannot be set on create");
            }
            if (!Findings.absent(spec.path("schedulingGates")) && !Findings.absent(spec.path("nodeName"))) {
                findings.forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared");
            }
        }
    }
}
