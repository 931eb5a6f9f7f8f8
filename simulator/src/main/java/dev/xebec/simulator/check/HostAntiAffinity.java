package dev.xebec.simulator.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.selector.LabelSelector;

/**
 * Where a pod is bound, neither it nor a pod on the node refuses the other by required anti-affinity over the host name. Terms
 * over wider topologies are true of a scheduler's picture only. A pod whose labels have changed since the decision can have
 * been made is let be.
 */
final class HostAntiAffinity implements PlacementRule {
    private static final String NAME = "host-anti-affinity";
    private static final String HOSTNAME = "kubernetes.io/hostname";

    @Override
    public void check(Placement placement) {
        boolean named = !placement.states().isEmpty()
                && placement.states().stream().allMatch(node -> node.labels().containsKey(HOSTNAME));
        if (!named) {
            return;
        }
        for (BoundPod pod : placement.fresh()) {
            for (BoundPod other : placement.all()) {
                boolean known = other.labelsSince() <= placement.seenSince()
                        || other.labelsSince() == other.seenSince();
                if (known && !other.key().equals(pod.key())) {
                    check(placement, pod.pod(), other.pod());
                    check(placement, other.pod(), pod.pod());
                }
            }
        }
    }

    private static void check(Placement placement, ApiObject who, ApiObject whom) {
        JsonNode terms = who.spec().path("affinity").path("podAntiAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution");
        for (JsonNode term : terms) {
            if (term.path("topologyKey").asText().equals(HOSTNAME) && concerns(term, who, whom)) {
                throw new Violation(NAME, placement.revision(), who.key() + " is not on " + placement.node()
                        + " with a pod that matches " + term, whom.key() + " with labels " + whom.labels());
            }
        }
    }

    private static boolean concerns(JsonNode term, ApiObject who, ApiObject whom) {
        JsonNode selected = term.path("namespaceSelector");
        boolean listed = term.path("namespaces").isEmpty()
                ? !selected.isObject() && who.namespace().equals(whom.namespace())
                : term.path("namespaces").valueStream().anyMatch(one -> one.asText().equals(whom.namespace()));
        // A selector with content needs the namespaces' labels, which change by themselves.
        boolean everywhere = selected.isObject() && selected.isEmpty();
        return (listed || everywhere) && LabelSelector.of(term.path("labelSelector")).matches(whom.labels());
    }
}
