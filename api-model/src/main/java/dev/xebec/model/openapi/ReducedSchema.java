package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.Map;
import java.util.Set;

/**
 * A custom kind's schema as far as OpenAPI v2 has words for it. What may be null says nothing of its type, what keeps unknown
 * fields says nothing of known ones, and alternatives and defaults are left out; else old clients would refuse what the server accepts.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/controller/openapi/v2/conversion.go}.
 */
final class ReducedSchema {
    /** Alternatives, and defaults, of which v2 documents say nothing for custom kinds. */
    private static final Set<String> UNSAID = Set.of("anyOf", "oneOf", "not", "nullable", "default");
    private static final Set<String> OF_NULLABLE = Set.of("type", "items", "properties");

    private ReducedSchema() {}

    /** What keeps unknown fields at its root has no properties at all: kubectl would refuse all that are not named. */
    static ObjectNode ofObject(ObjectNode schema) {
        return preserves(schema)
                ? schema.deepCopy().retain("x-kubernetes-group-version-kind", "x-kubernetes-selectable-fields").put(
                        "type",
                        "object")
                : of(schema);
    }

    private static boolean preserves(JsonNode schema) {
        return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    }

    static ObjectNode of(JsonNode schema) {
        boolean preserve = preserves(schema);
        boolean nullable = schema.path("nullable").asBoolean();
        ObjectNode reduced = Json.object();
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            String name = keyword.getKey();
            JsonNode value = keyword.getValue();
            boolean dropped = UNSAID.contains(name) || (nullable && OF_NULLABLE.contains(name))
                    || (preserve && (name.equals("items") || name.equals("properties")));
            if (dropped) {
                continue;
            }
            switch (name) {
                case "type" -> {
                    if (!untyped(value.asText(), schema, preserve)) {
                        reduced.set(name, value);
                    }
                }
                // A reference that has a description beside it.
                case "allOf" -> {
                    if (value.path(0).has("$ref")) {
                        reduced.set(name, value);
                    }
                }
                case "items" -> reduced.set(name, of(value));
                case "additionalProperties" -> {
                    if (value.isObject()) {
                        reduced.set(name, of(value));
                    }
                }
                case "properties" -> {
                    ObjectNode properties = reduced.putObject(name);
                    value.properties().forEach(field -> properties.set(field.getKey(), of(field.getValue())));
                }
                case "required" -> required(value, schema.path("properties"), reduced);
                default -> reduced.set(name, value);
            }
        }
        return reduced;
    }

    /** kubectl knows no array whose items are not described, and no object that may have more than it names. */
    private static boolean untyped(String type, JsonNode schema, boolean preserve) {
        return switch (type) {
            case "array" -> preserve || !schema.has("items");
            case "object" -> preserve;
            default -> false;
        };
    }

    /** What may be null may be left out. */
    private static void required(JsonNode names, JsonNode properties, ObjectNode reduced) {
        ArrayNode kept = Json.object().arrayNode();
        names.forEach(name -> {
            if (!properties.path(name.asText()).path("nullable").asBoolean()) {
                kept.add(name);
            }
        });
        if (!kept.isEmpty()) {
            reduced.set("required", kept);
        }
    }
}
