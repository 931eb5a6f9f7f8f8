package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionResource;

/**
 * Pods run as a service account: {@code default} where they name none. Source: Kubernetes' ServiceAccount admission plugin.
 */
final class PodServiceAccount {
    private static final String DEFAULT = "default";

    private PodServiceAccount() {}

    static void apply(Kind kind, ObjectNode pod) {
        if (!kind.resource().equals(GroupVersionResource.PODS) || !(pod.get("spec") instanceof ObjectNode spec)) {
            return;
        }
        String named = spec.path("serviceAccountName").asText("");
        String older = spec.path("serviceAccount").asText("");
        String name = !named.isEmpty() ? named : !older.isEmpty() ? older : DEFAULT;
        spec.put("serviceAccountName", name).put("serviceAccount", name);
    }
}
