package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Pods run as a service account: {@code default} where they name none. Source: Kubernetes' ServiceAccount admission plugin.
 */
final class PodServiceAccount implements AdmissionStep {
    private static final String DEFAULT = "default";

    @Override
    public Set<String> resources() {
        return Set.of("/pods");
    }

    @Override
    public void mutate(Subject subject) {
        if (!subject.created() || !(subject.tree().get("spec") instanceof ObjectNode spec)) {
            return;
        }
        String named = spec.path("serviceAccountName").asText("");
        String older = spec.path("serviceAccount").asText("");
        String name = !named.isEmpty() ? named : !older.isEmpty() ? older : DEFAULT;
        spec.put("serviceAccountName", name).put("serviceAccount", name);
    }
}
