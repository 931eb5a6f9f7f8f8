package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * Pods stay for five minutes on a node that is not ready or not reached, unless they say otherwise. Source: Kubernetes'
 * DefaultTolerationSeconds admission plugin.
 */
final class DefaultTolerations implements AdmissionStep {
    private static final List<String> TAINTS = List.of("node.kubernetes.io/not-ready",
            "node.kubernetes.io/unreachable");
    private static final String NO_EXECUTE = "NoExecute";
    private static final int SECONDS = 300;

    @Override
    public Set<String> resources() {
        return Set.of("/pods");
    }

    @Override
    public void mutate(Subject subject) {
        if (!subject.created() || !(subject.tree().get("spec") instanceof ObjectNode spec)) {
            return;
        }
        for (String taint : TAINTS) {
            if (!tolerated(spec.path("tolerations"), taint)) {
                spec.withArray("tolerations").addObject().put("key", taint).put("operator", "Exists")
                        .put("effect", NO_EXECUTE).put("tolerationSeconds", SECONDS);
            }
        }
    }

    /** Whether the pod says anything about the taint; an empty key or effect means all of them. */
    private static boolean tolerated(JsonNode tolerations, String taint) {
        for (JsonNode toleration : tolerations) {
            String key = toleration.path("key").asText("");
            String effect = toleration.path("effect").asText("");
            if ((key.isEmpty() || key.equals(taint)) && (effect.isEmpty() || effect.equals(NO_EXECUTE))) {
                return true;
            }
        }
        return false;
    }
}
