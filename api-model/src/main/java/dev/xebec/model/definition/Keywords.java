package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.cel.RuleCompilation;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structural.Structural;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keywords of a schema, node by node, and its rules in CEL. Rules are compiled only where nothing else is wrong at
 * their node or below.
 *
 * <p>Source: apiextensions-apiserver {@code validation.go}, ValidateCustomResourceDefinitionOpenAPISchema.
 */
final class Keywords {
    private static final Set<String> META = Set.of("metadata", "kind", "apiVersion");
    private static final List<String> TYPES = List.of("array", "boolean", "integer", "number", "object", "string");

    private final boolean unchanged;
    private final TotalCost total;

    /** @param unchanged whether the whole schema was accepted before, which excuses its rules' cost */
    Keywords(boolean unchanged, TotalCost total) {
        this.unchanged = unchanged;
        this.total = total;
    }

    /**
     * What is known of a node from above it.
     *
     * @param noDefaults why defaults are not allowed; empty where they are
     * @param uncorrelatable the outermost place above that has no past; empty for none
     * @param occurrences how often the node can occur in an object
     * @param rules whether rules are compiled
     */
    private record Context(boolean root, String noDefaults, boolean insideMeta, String uncorrelatable, long occurrences,
            boolean rules) {
        Context child() {
            return new Context(false, noDefaults, insideMeta, uncorrelatable, occurrences, rules);
        }

        Context judged() {
            return new Context(false, noDefaults, insideMeta, uncorrelatable, occurrences, false);
        }

        Context repeated(@Nullable Long most) {
            long times = most == null || occurrences == RuleCompilation.UNBOUNDED
                    ? RuleCompilation.UNBOUNDED
                    : occurrences > Long.MAX_VALUE / Math.max(1, most)
                            ? Long.MAX_VALUE
                            : occurrences * Math.max(0, most);
            return new Context(false, noDefaults, insideMeta, uncorrelatable, times, rules);
        }

        Context uncorrelatable(String path) {
            return uncorrelatable.isEmpty()
                    ? new Context(root, noDefaults, insideMeta, path, occurrences, rules)
                    : this;
        }

        Context meta(String reason) {
            return new Context(false, reason.isEmpty() ? noDefaults : reason, true, uncorrelatable, occurrences, rules);
        }
    }

    /** What is wrong with schemas, and with rules, which is told after it. */
    private record Found(List<FieldError> schema, List<FieldError> rules) {
        void add(Found more) {
            schema.addAll(more.schema);
            rules.addAll(more.rules);
        }
    }

    /** @param sound whether the schema is structural, so that rules can be compiled */
    List<FieldError> check(JsonNode schema, Structural structure, String path, boolean sound) {
        Found found = node(schema, structure, path, new Context(true, "", false, "", 1, sound));
        List<FieldError> all = new ArrayList<>(found.schema());
        all.addAll(found.rules());
        return all;
    }

    private Found node(JsonNode schema, Structural structure, String path, Context context) {
        Found found = new Found(new ArrayList<>(), new ArrayList<>());
        if (!schema.isObject()) {
            return found;
        }
        Problems problems = new Problems();
        standard(schema, path, context, problems);
        if (schema.path("uniqueItems").asBoolean()) {
            problems.forbidden(path + ".uniqueItems",
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }
        JsonNode additional = schema.get("additionalProperties");
        if (additional != null && !schema.path("properties").isEmpty()
                && (additional.isObject() || !additional.asBoolean())) {
            problems.forbidden(path + ".additionalProperties",
                    "additionalProperties and properties are mutual exclusive");
        }
        found.schema().addAll(problems.list());
        children(schema, structure, path, context, found);
        Problems own = new Problems();
        ListKeywords.check(schema, path, own);
        RuleTexts.check(structure, path, own);
        found.schema().addAll(own.list());
        if (context.rules() && found.schema().isEmpty() && !structure.rules().isEmpty()) {
            Problems rules = new Problems();
            compile(structure, path, context, rules);
            found.rules().addAll(rules.list());
        }
        return found;
    }

    private static void standard(JsonNode schema, String path, Context context, Problems problems) {
        String type = DefinitionRules.text(schema, "type");
        if (!type.isEmpty() && !TYPES.contains(type)) {
            problems.notSupported(path + ".type", type, TYPES);
        }
        if (schema.hasNonNull("default") && !context.noDefaults().isEmpty()) {
            problems.forbidden(path + ".default", "must not be set " + context.noDefaults());
        }
        for (String keyword : List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies",
                "$ref")) {
            JsonNode value = schema.path(keyword);
            if (value.isTextual() ? !value.asText().isEmpty() || keyword.equals("$ref") : schema.hasNonNull(keyword)) {
                problems.forbidden(path + "." + keyword, keyword + " is not supported");
            }
        }
        if (type.equals("null")) {
            problems.forbidden(path + ".type", "type cannot be set to null, use nullable as an alternative");
        }
        if (schema.path("items").isArray() && !schema.path("items").isEmpty()) {
            problems.forbidden(path + ".items", "items must be a schema object and not an array");
        }
        if (context.insideMeta() && schema.path("x-kubernetes-embedded-resource").asBoolean()) {
            problems.forbidden(path + ".x-kubernetes-embedded-resource", "must not be used inside of resource meta");
        }
    }

    private void children(JsonNode schema, Structural structure, String path, Context context, Found found) {
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isObject()) {
            Context below = context.insideMeta()
                    ? context.meta("inside additionalProperties applying to object metadata")
                    : context;
            found.add(node(additional, or(structure.additional()), path + ".additionalProperties",
                    below.repeated(structure.limits().maxProperties())));
        }
        boolean whole = context.root() || structure.x().embedded();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = property.getKey();
            Context below = structure.x().mapType().equals("atomic") ? context.uncorrelatable(path) : context;
            if (whole && META.contains(name)) {
                below = below.meta(context.root() ? "in top-level " + name : "");
            }
            found.add(node(property.getValue(), or(structure.properties().get(name)),
                    path + ".properties[" + name + "]", below.child()));
        }
        found.add(node(schema.path("not"), or(structure.logic().not()), path + ".not", context.judged()));
        alternatives(schema, "allOf", structure.logic().allOf(), path, context, found);
        alternatives(schema, "oneOf", structure.logic().oneOf(), path, context, found);
        alternatives(schema, "anyOf", structure.logic().anyOf(), path, context, found);
        Context items = structure.isMapList() ? context : context.uncorrelatable(path);
        found.add(node(schema.path("items"), or(structure.items()), path + ".items",
                items.repeated(structure.limits().maxItems())));
    }

    private void alternatives(JsonNode schema, String junctor, List<Structural> structures, String path,
            Context context, Found found) {
        JsonNode schemas = schema.path(junctor);
        for (int at = 0; at < schemas.size(); at++) {
            found.add(node(schemas.get(at), at < structures.size() ? structures.get(at) : Structural.EMPTY,
                    path + "." + junctor + "[" + at + "]", context.judged()));
        }
    }

    private static Structural or(@Nullable Structural structure) {
        return structure == null ? Structural.EMPTY : structure;
    }

    private void compile(Structural structure, String path, Context context, Problems problems) {
        List<RuleCompilation> compilations = RuleCompilation.of(structure, context.root(), context.occurrences());
        for (int at = 0; at < compilations.size(); at++) {
            RuleTexts.compiled(compilations.get(at), path + ".x-kubernetes-validations[" + at + "]",
                    context.uncorrelatable(), unchanged, total, problems);
        }
    }
}
