package dev.xebec.model.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.quantity.Quantity;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts objects, of whatever kind: {@code count/<resource>.<group>}, and by their plain name those that always could be. */
record CountEvaluator(String group, String resource) implements Evaluator {
    private static final Set<String> BY_PLAIN_NAME = Set.of("configmaps", "resourcequotas", "replicationcontrollers",
            "secrets");
    static final String COUNT = "count/";

    private Set<String> names() {
        if (!group.isEmpty()) {
            return Set.of(COUNT + resource + "." + group);
        }
        return BY_PLAIN_NAME.contains(resource) ? Set.of(COUNT + resource, resource) : Set.of(COUNT + resource);
    }

    @Override
    public boolean chargesUpdate(String subresource) {
        return false;
    }

    @Override
    public Set<String> uses(Collection<String> names) {
        Set<String> used = new HashSet<>(names());
        used.retainAll(names);
        return used;
    }

    @Override
    public Map<String, Quantity> usage(ObjectNode object, Instant now) {
        Map<String, Quantity> usage = new TreeMap<>();
        names().forEach(name -> usage.put(name, Quantity.of(1)));
        return usage;
    }
}
