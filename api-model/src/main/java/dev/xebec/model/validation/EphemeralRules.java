package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Rules of containers that are added to running pods: they look, and serve nothing. */
final class EphemeralRules {
    private static final String CANNOT = "cannot be set for an Ephemeral Container";
    private static final List<String> UNWANTED = List.of("ports", "resources", "resizePolicy", "restartPolicy",
            "restartPolicyRules", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle");

    private EphemeralRules() {}

    static void check(JsonNode container, String path, ObjectNode spec, Findings findings) {
        for (String field : UNWANTED) {
            if (!Findings.absent(container.path(field))) {
                findings.forbidden(path + "." + field, CANNOT);
            }
        }
        String target = Findings.text(container, "targetContainerName");
        if (!target.isEmpty() && !named(spec.path("containers"), target)
                && !named(spec.path("initContainers"), target)) {
            findings.notFound(path + ".targetContainerName", target);
        }
        JsonNode mounts = container.path("volumeMounts");
        for (int at = 0; at < mounts.size(); at++) {
            for (String field : List.of("subPath", "subPathExpr")) {
                if (!Findings.text(mounts.get(at), field).isEmpty()) {
                    findings.forbidden(path + ".volumeMounts[" + at + "]." + field, CANNOT);
                }
            }
        }
    }

    private static boolean named(JsonNode containers, String name) {
        for (JsonNode container : containers) {
            if (Findings.text(container, "name").equals(name)) {
                return true;
            }
        }
        return false;
    }
}
