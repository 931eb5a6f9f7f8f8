package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * Upstream's StorageObjectInUseProtection: volumes, claims and attribute classes hold a finalizer from the start, which a
 * controller takes off once they are to go and nobody uses them.
 *
 * <p>Source: k/k {@code plugin/pkg/admission/storage/storageobjectinuseprotection}.
 */
final class ProtectedWhileUsed implements AdmissionStep {
    private static final Map<String, String> FINALIZERS = Map.of("/persistentvolumes", "kubernetes.io/pv-protection",
            "/persistentvolumeclaims", "kubernetes.io/pvc-protection", "storage.k8s.io/volumeattributesclasses",
            "kubernetes.io/vac-protection");

    @Override
    public Set<String> resources() {
        return FINALIZERS.keySet();
    }

    @Override
    public void mutate(Subject subject) {
        String finalizer = FINALIZERS.get(subject.resource());
        if (!subject.created() || finalizer == null) {
            return;
        }
        ObjectNode metadata = subject.metadata();
        ArrayNode finalizers = metadata.get("finalizers") instanceof ArrayNode given
                ? given
                : metadata.putArray("finalizers");
        for (JsonNode one : finalizers) {
            if (one.asText().equals(finalizer)) {
                return;
            }
        }
        finalizers.add(finalizer);
    }
}
