package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Upstream's TaintNodesByCondition: nothing is scheduled to a new node until its lifecycle controller has seen it ready.
 *
 * <p>Source: k/k {@code plugin/pkg/admission/nodetaint}.
 */
final class NewNodeTaint implements AdmissionStep {
    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String EFFECT = "NoSchedule";

    @Override
    public Set<String> resources() {
        return Set.of("/nodes");
    }

    @Override
    public void mutate(Subject subject) {
        if (!subject.created()) {
            return;
        }
        ObjectNode spec = subject.spec();
        ArrayNode taints = spec.get("taints") instanceof ArrayNode given ? given : spec.putArray("taints");
        for (JsonNode taint : taints) {
            if (taint.path("key").asText().equals(NOT_READY) && taint.path("effect").asText().equals(EFFECT)) {
                return;
            }
        }
        taints.addObject().put("key", NOT_READY).put("effect", EFFECT);
    }
}
