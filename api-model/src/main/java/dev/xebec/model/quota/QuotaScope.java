package dev.xebec.model.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whether a quota is about an object at all. Source: k/k {@code apiserver/pkg/quota/v1/generic/evaluator.go}, Matches. */
public final class QuotaScope {
    private QuotaScope() {}

    /** The names that a resource list has. */
    public static Collection<String> names(JsonNode list) {
        List<String> names = new ArrayList<>(list.size());
        list.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** @param hard the names that the quota limits, of its status or its spec */
    public static boolean covers(ObjectNode quota, Collection<String> hard, Evaluator evaluator, ObjectNode object) {
        if (evaluator.uses(hard).isEmpty()) {
            return false;
        }
        for (Scope scope : Scope.of(quota.path("spec"))) {
            if (!evaluator.inScope(scope, object)) {
                return false;
            }
        }
        return true;
    }
}
