package dev.xebec.scheduler.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A pod (anti-)affinity term.
 *
 * @param namespaces where matching pods live; empty with {@code allNamespaces} unset means the pod's own
 * @param weight of a preferred term; 0 for a required one
 */
record PodTerm(LabelSelector selector, Set<String> namespaces, boolean allNamespaces, String topologyKey, int weight) {

    /** {@code requiredDuringSchedulingIgnoredDuringExecution}. */
    static List<PodTerm> required(JsonNode affinity, String ownNamespace) {
        List<PodTerm> terms = new ArrayList<>();
        affinity.path("requiredDuringSchedulingIgnoredDuringExecution")
                .forEach(term -> terms.add(of(term, ownNamespace, 0)));
        return terms;
    }

    /** {@code preferredDuringSchedulingIgnoredDuringExecution}. */
    static List<PodTerm> preferred(JsonNode affinity, String ownNamespace) {
        List<PodTerm> terms = new ArrayList<>();
        affinity.path("preferredDuringSchedulingIgnoredDuringExecution").forEach(
                term -> terms.add(of(term.path("podAffinityTerm"), ownNamespace, term.path("weight").asInt(1))));
        return terms;
    }

    private static PodTerm of(JsonNode term, String ownNamespace, int weight) {
        java.util.HashSet<String> namespaces = new java.util.HashSet<>();
        term.path("namespaces").forEach(namespace -> namespaces.add(namespace.asText()));
        JsonNode namespaceSelector = term.path("namespaceSelector");
        // An empty namespaceSelector means every namespace; one with content would need the namespaces' labels.
        boolean all = namespaceSelector.isObject() && namespaceSelector.isEmpty();
        if (namespaces.isEmpty() && !namespaceSelector.isObject()) {
            namespaces.add(ownNamespace);
        }
        return new PodTerm(LabelSelector.of(term.path("labelSelector")), namespaces, all,
                term.path("topologyKey").asText(""), weight);
    }

    boolean matches(PodInfo other) {
        return (allNamespaces || namespaces.contains(other.key().namespace())) && selector.matches(other.labels());
    }
}
