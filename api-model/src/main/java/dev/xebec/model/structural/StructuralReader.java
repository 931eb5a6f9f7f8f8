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
 * Reads {@code openAPIV3Schema}. Never fails: what has another type than it should is read as absent, because
 * definitions are judged before they are stored.
 */
public final class StructuralReader {
    /** Levels of schemas within schemas that are read; what is below says nothing. */
    static final int MAX_DEPTH = 200;

    private StructuralReader() {}

    public static Structural read(JsonNode schema) {
        return read(schema, 0);
    }

    private static Structural read(JsonNode schema, int depth) {
        if (!schema.isObject() || schema.isEmpty() || depth > MAX_DEPTH) {
            return Structural.EMPTY;
        }
        return new Structural(schema.path("type").asText(""), schema.path("nullable").asBoolean(),
                properties(schema.path("properties"), depth), additional(schema.get("additionalProperties"), depth),
                optional(schema.get("items"), depth), schema.get("default"), extensions(schema), limits(schema),
                junctions(schema, depth), rules(schema.path("x-kubernetes-validations")));
    }

    private static Map<String, Structural> properties(JsonNode properties, int depth) {
        if (properties.isEmpty()) {
            return Map.of();
        }
        Map<String, Structural> read = LinkedHashMap.newLinkedHashMap(properties.size());
        properties.properties().forEach(property -> read.put(property.getKey(), read(property.getValue(), depth + 1)));
        return Collections.unmodifiableMap(read);
    }

    /** {@code true} allows values and says nothing of them. */
    private static @Nullable Structural additional(@Nullable JsonNode schema, int depth) {
        return schema != null && schema.isBoolean() && schema.asBoolean()
                ? Structural.EMPTY
                : optional(schema, depth);
    }

    private static @Nullable Structural optional(@Nullable JsonNode schema, int depth) {
        return schema != null && schema.isObject() ? read(schema, depth + 1) : null;
    }

    private static Extensions extensions(JsonNode schema) {
        boolean preserve = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        boolean embedded = schema.path("x-kubernetes-embedded-resource").asBoolean();
        boolean intOrString = schema.path("x-kubernetes-int-or-string").asBoolean();
        String listType = schema.path("x-kubernetes-list-type").asText("");
        String mapType = schema.path("x-kubernetes-map-type").asText("");
        List<String> keys = strings(schema.path("x-kubernetes-list-map-keys"));
        return !preserve && !embedded && !intOrString && listType.isEmpty() && mapType.isEmpty() && keys.isEmpty()
                ? Extensions.NONE
                : new Extensions(preserve, embedded, intOrString, listType, keys, mapType);
    }

    private static Limits limits(JsonNode schema) {
        JsonNode values = schema.get("enum");
        List<JsonNode> enumeration = null;
        if (values != null && values.isArray() && !values.isEmpty()) {
            enumeration = new ArrayList<>(values.size());
            values.forEach(enumeration::add);
        }
        return new Limits(schema.path("format").asText(""), decimal(schema, "maximum"),
                schema.path("exclusiveMaximum").asBoolean(), decimal(schema, "minimum"),
                schema.path("exclusiveMinimum").asBoolean(), decimal(schema, "multipleOf"), count(schema, "maxLength"),
                count(schema, "minLength"), pattern(schema), count(schema, "maxItems"),
                count(schema, "minItems"), count(schema, "maxProperties"), count(schema, "minProperties"), enumeration,
                strings(schema.path("required")));
    }

    private static @Nullable RegularExpression pattern(JsonNode schema) {
        String text = schema.path("pattern").asText("");
        return text.isEmpty() ? null : new RegularExpression(text);
    }

    private static Junctions junctions(JsonNode schema, int depth) {
        List<Structural> allOf = list(schema.path("allOf"), depth);
        List<Structural> anyOf = list(schema.path("anyOf"), depth);
        List<Structural> oneOf = list(schema.path("oneOf"), depth);
        Structural not = optional(schema.get("not"), depth);
        return allOf.isEmpty() && anyOf.isEmpty() && oneOf.isEmpty() && not == null
                ? Junctions.NONE
                : new Junctions(allOf, anyOf, oneOf, not);
    }

    private static List<Structural> list(JsonNode schemas, int depth) {
        if (schemas.isEmpty()) {
            return List.of();
        }
        List<Structural> read = new ArrayList<>(schemas.size());
        schemas.forEach(schema -> read.add(read(schema, depth + 1)));
        return List.copyOf(read);
    }

    private static List<CelRule> rules(JsonNode rules) {
        if (rules.isEmpty()) {
            return List.of();
        }
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
