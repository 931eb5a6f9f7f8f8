package dev.xebec.model.quota;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A condition under which a quota is about an object.
 *
 * @param operator Exists, DoesNotExist, In or NotIn; of a plain scope Exists
 */
public record Scope(String name, String operator, List<String> values) {
    static final String TERMINATING = "Terminating";
    static final String NOT_TERMINATING = "NotTerminating";
    static final String BEST_EFFORT = "BestEffort";
    static final String NOT_BEST_EFFORT = "NotBestEffort";
    static final String PRIORITY_CLASS = "PriorityClass";
    static final String CROSS_NAMESPACE = "CrossNamespacePodAffinity";
    static final String VOLUME_ATTRIBUTES_CLASS = "VolumeAttributesClass";

    /** Those of a quota's {@code spec.scopes} and {@code spec.scopeSelector}. */
    public static List<Scope> of(JsonNode quotaSpec) {
        List<Scope> scopes = new ArrayList<>();
        quotaSpec.path("scopes").forEach(scope -> scopes.add(new Scope(scope.asText(), "Exists", List.of())));
        for (JsonNode one : quotaSpec.path("scopeSelector").path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            one.path("values").forEach(value -> values.add(value.asText()));
            scopes.add(new Scope(one.path("scopeName").asText(""), one.path("operator").asText(""),
                    List.copyOf(values)));
        }
        return scopes;
    }

    /** Whether a value that may be empty, for none, is one that the operator wants. */
    boolean matches(String value) {
        return switch (operator) {
            case "Exists" -> !value.isEmpty();
            case "DoesNotExist" -> value.isEmpty();
            case "In" -> !value.isEmpty() && values.contains(value);
            case "NotIn" -> value.isEmpty() || !values.contains(value);
            default -> false;
        };
    }

    boolean matchesAny(Collection<String> candidates) {
        return candidates.stream().anyMatch(this::matches);
    }
}
