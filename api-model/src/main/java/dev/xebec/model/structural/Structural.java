package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One node of a structural schema: what may stand at one place of a custom resource. The same form serves the nodes
 * below {@code allOf}, {@code anyOf}, {@code oneOf} and {@code not}, which only judge values. Immutable.
 *
 * @param type {@code object}, {@code array}, {@code string}, {@code integer}, {@code number}, {@code boolean}, or empty
 * @param additional what the values of a map have to be; null where the node is not a map
 * @param items of an array; null where nothing is said of them
 * @param defaultValue null for none; read-only
 * @param x the {@code x-kubernetes-} extensions
 * @param rules the CEL rules of this node
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/schema/structural.go}.
 */
public record Structural(String type, boolean nullable, Map<String, Structural> properties,
        @Nullable Structural additional, @Nullable Structural items, @Nullable JsonNode defaultValue, Extensions x,
        Limits limits, Junctions logic, List<CelRule> rules) {

    /** A schema that says nothing. */
    public static final Structural EMPTY = new Structural("", false, Map.of(), null, null, null, Extensions.NONE,
            Limits.NONE, Junctions.NONE, List.of());

    /**
     * The extensions of OpenAPI by which Kubernetes says what a schema cannot.
     *
     * @param listType {@code atomic}, {@code set}, {@code map}, or empty
     * @param mapKeys of a list of type map
     * @param mapType {@code granular}, {@code atomic}, or empty
     */
    public record Extensions(boolean preserveUnknown, boolean embedded, boolean intOrString, String listType,
            List<String> mapKeys, String mapType) {
        static final Extensions NONE = new Extensions(false, false, false, "", List.of(), "");
    }

    /** How schemas are combined; all of them judge values and add no structure. */
    public record Junctions(List<Structural> allOf, List<Structural> anyOf, List<Structural> oneOf,
            @Nullable Structural not) {
        static final Junctions NONE = new Junctions(List.of(), List.of(), List.of(), null);
    }

    /**
     * A rule in CEL.
     *
     * @param message empty for none
     * @param messageExpression empty for none
     * @param reason of the refusal; empty for the usual one
     * @param fieldPath a path below the node that the refusal names; empty for the node itself
     * @param optionalOldSelf null where the rule does not say
     */
    public record CelRule(String rule, String message, String messageExpression, String reason, String fieldPath,
            @Nullable Boolean optionalOldSelf) {}

    public boolean isObject() {
        return type.equals("object");
    }

    public boolean isArray() {
        return type.equals("array");
    }

    public boolean isMapList() {
        return x.listType().equals("map");
    }

    /** A schema of the given type and properties that says nothing else. */
    public static Structural of(String type, Map<String, Structural> properties) {
        return new Structural(type, false, properties, null, null, null, Extensions.NONE, Limits.NONE, Junctions.NONE,
                List.of());
    }

    public Structural withProperties(Map<String, Structural> others) {
        return new Structural(type, nullable, others, additional, items, defaultValue, x, limits, logic, rules);
    }

    /** Whether there is a whole object at the node or below. */
    public boolean embeds() {
        return x.embedded() || (additional != null && additional.embeds()) || (items != null && items.embeds())
                || properties.values().stream().anyMatch(Structural::embeds);
    }

    /** Whether there is a CEL rule at the node or below. */
    public boolean hasRules() {
        return !rules.isEmpty() || (additional != null && additional.hasRules()) || (items != null && items.hasRules())
                || properties.values().stream().anyMatch(Structural::hasRules);
    }
}
