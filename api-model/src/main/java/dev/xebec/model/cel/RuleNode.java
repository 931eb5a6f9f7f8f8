package dev.xebec.model.cel;

import dev.cel.common.types.CelType;
import dev.xebec.model.structural.Structural;
import dev.xebec.model.structural.Structural.CelRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one node of a schema, and the nodes below it that have rules.
 *
 * @param schema with the type and metadata of a whole object, where the node is one
 */
record RuleNode(Structural schema, List<CompiledRule> rules, Map<String, RuleNode> properties,
        @Nullable RuleNode additional, @Nullable RuleNode items) {

    /** Null where there is no rule at the node or below. */
    static @Nullable RuleNode of(Structural schema, boolean wholeObject) {
        if (!schema.hasRules()) {
            return null;
        }
        Structural seen = wholeObject || schema.x().embedded() ? WholeObject.with(schema) : schema;
        Map<String, RuleNode> properties = new LinkedHashMap<>();
        schema.properties().forEach((name, property) -> {
            RuleNode node = of(property, false);
            if (node != null) {
                properties.put(name, node);
            }
        });
        return new RuleNode(seen, compile(seen), properties,
                schema.additional() == null ? null : of(schema.additional(), false),
                schema.items() == null ? null : of(schema.items(), false));
    }

    /** The rules of a node, compiled; empty where nothing is known of its values. */
    static List<CompiledRule> compile(Structural schema) {
        if (schema.rules().isEmpty()) {
            return List.of();
        }
        Map<String, CelType> types = new HashMap<>();
        DeclaredType place = DeclaredType.of(schema, "selfType", types);
        if (place == null) {
            return List.of();
        }
        CompiledRule.Compilers compilers = new CompiledRule.Compilers(place, types);
        List<CompiledRule> compiled = new ArrayList<>(schema.rules().size());
        for (CelRule rule : schema.rules()) {
            compiled.add(compilers.compile(rule));
        }
        return List.copyOf(compiled);
    }
}
