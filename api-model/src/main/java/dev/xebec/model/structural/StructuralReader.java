package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.structural.Structural.CelRule;
import dev.xebec.model.structural.Structural.Extensions;
import dev.xebec.model.structural.Structural.Junctions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code openAPIV3Schema}, keyword by keyword. Never fails: what has another type than it should is read as absent,
 * because definitions are judged before they are stored.
 */
public final class StructuralReader {
    /** Levels of schemas within schemas that are read; what is below says nothing. */
    static final int MAX_DEPTH = 200;

    private final int depth;
    private String type = "";
    private boolean nullable;
    private Map<String, Structural> properties = Map.of();
    private @Nullable Structural additional;
    private @Nullable Structural items;
    private @Nullable JsonNode defaultValue;
    private List<CelRule> rules = List.of();
    private @Nullable JsonNode extended;
    private @Nullable JsonNode limited;
    private List<Structural> allOf = List.of();
    private List<Structural> anyOf = List.of();
    private List<Structural> oneOf = List.of();
    private @Nullable Structural not;

    private StructuralReader(int depth) {
        this.depth = depth;
    }

    public static Structural read(JsonNode schema) {
        return read(schema, 0);
    }

    private static Structural read(JsonNode schema, int depth) {
        return !schema.isObject() || schema.isEmpty() || depth > MAX_DEPTH
                ? Structural.EMPTY
                : new StructuralReader(depth).node(schema);
    }

    private Structural node(JsonNode schema) {
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            keyword(keyword.getKey(), keyword.getValue(), schema);
        }
        Junctions logic = allOf.isEmpty() && anyOf.isEmpty() && oneOf.isEmpty() && not == null
                ? Junctions.NONE
                : new Junctions(allOf, anyOf, oneOf, not);
        return new Structural(type, nullable, properties, additional, items, defaultValue,
                extended == null ? Extensions.NONE : extensions(extended),
                limited == null ? Limits.NONE : limits(limited), logic, rules);
    }

    private void keyword(String name, JsonNode value, JsonNode schema) {
        switch (name) {
            case "type" -> type = value.asText("");
            case "nullable" -> nullable = value.asBoolean();
            case "properties" -> properties = properties(value);
            // "true" allows values and says nothing of them.
            case "additionalProperties" -> additional = value.isBoolean() && value.asBoolean()
                    ? Structural.EMPTY
                    : optional(value);
            case "items" -> items = optional(value);
            // A default of null is none.
            case "default" -> defaultValue = value.isNull() ? null : value;
            case "x-kubernetes-validations" -> rules = rules(value);
            case "allOf" -> allOf = list(value);
            case "anyOf" -> anyOf = list(value);
            case "oneOf" -> oneOf = list(value);
            case "not" -> not = optional(value);
            case "format", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "multipleOf", "maxLength",
                    "minLength", "pattern", "maxItems", "minItems", "maxProperties", "minProperties", "enum",
                    "required" ->
                limited = schema;
            default -> extended = name.startsWith("x-kubernetes-") ? schema : extended;
        }
    }

    private Map<String, Structural> properties(JsonNode value) {
        if (value.isEmpty()) {
            return Map.of();
        }
        Map<String, Structural> read = LinkedHashMap.newLinkedHashMap(value.size());
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            read.put(property.getKey(), read(property.getValue(), depth + 1));
        }
        return Collections.unmodifiableMap(read);
    }

    private @Nullable Structural optional(JsonNode schema) {
        return schema.isObject() ? read(schema, depth + 1) : null;
    }

    private List<Structural> list(JsonNode schemas) {
        List<Structural> read = new ArrayList<>(schemas.size());
        schemas.forEach(schema -> read.add(read(schema, depth + 1)));
        return List.copyOf(read);
    }

    private static Extensions extensions(JsonNode schema) {
        return new Extensions(schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(),
                schema.path("x-kubernetes-embedded-resource").asBoolean(),
                schema.path("x-kubernetes-int-or-string").asBoolean(),
                schema.path("x-kubernetes-list-type").asText(""), strings(schema.path("x-kubernetes-list-map-keys")),
                schema.path("x-kubernetes-map-type").asText(""));
    }

    private static Limits limits(JsonNode schema) {
        JsonNode values = schema.get("enum");
        List<JsonNode> enumeration = null;
        if (values != null && values.isArray() && !values.isEmpty()) {
            enumeration = new ArrayList<>(values.size());
            values.forEach(enumeration::add);
        }
        String pattern = schema.path("pattern").asText("");
        return new Limits(schema.path("format").asText(""), decimal(schema, "maximum"),
                schema.path("exclusiveMaximum").asBoolean(), decimal(schema, "minimum"),
                schema.path("exclusiveMinimum").asBoolean(), decimal(schema, "multipleOf"), count(schema, "maxLength"),
                count(schema, "minLength"), pattern.isEmpty() ? null : new RegularExpression(pattern),
                count(schema, "maxItems"), count(schema, "minItems"), count(schema, "maxProperties"),
                count(schema, "minProperties"), enumeration, strings(schema.path("required")));
    }

    private static List<CelRule> rules(JsonNode rules) {
        List<CelRule> read = new ArrayList<>(rules.size());
        rules.forEach(rule -> read.add(new CelRule(rule.path("rule").asText(""), rule.path("message").asText(""),
                rule.path("messageExpression").asText(""), rule.path("reason").asText(""),
                rule.path("fieldPath").asText(""),
                rule.path("optionalOldSelf").isBoolean() ? rule.path("optionalOldSelf").asBoolean() : null)));
        return List.copyOf(read);
    }

    private static List<String> strings(JsonNode list) {
        if (list.isEmpty()) {
            return List.of();
        }
        List<String> strings = new ArrayList<>(list.size());
        list.forEach(one -> strings.add(one.asText()));
        return List.copyOf(strings);
    }

    private static @Nullable BigDecimal decimal(JsonNode schema, String keyword) {
        JsonNode value = schema.get(keyword);
        return value != null && value.isNumber() ? value.decimalValue() : null;
    }

    private static @Nullable Long count(JsonNode schema, String keyword) {
        JsonNode value = schema.get(keyword);
        return value != null && value.isNumber() ? value.asLong() : null;
    }
}
