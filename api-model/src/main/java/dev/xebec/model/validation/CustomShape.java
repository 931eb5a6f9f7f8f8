package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.structural.Pruning;
import dev.xebec.model.structural.Structural;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The structure of a custom resource. Only its metadata has to be of the right types to be read at all; what is wrong
 * with the rest is said when it is validated.
 */
final class CustomShape {
    private static final String METADATA = "metadata";

    private CustomShape() {}

    static @Nullable String wrongType(ObjectNode object) {
        for (String field : List.of("apiVersion", "kind")) {
            JsonNode value = object.get(field);
            if (value != null && !value.isTextual() && !value.isNull()) {
                return "." + field + " accessor error: " + value + " is of the type " + goType(value)
                        + ", expected string";
            }
        }
        JsonNode metadata = object.get(METADATA);
        return metadata == null ? null : new TypeCheck().wrong(objectMeta(), metadata);
    }

    static List<String> unknownFields(CustomType type, ObjectNode object) {
        List<String> found = new ArrayList<>();
        if (object.get(METADATA) instanceof ObjectNode metadata) {
            UnknownFields.report(objectMeta(), metadata)
                    .forEach(one -> found.add(one.replaceFirst("\"", "\"" + METADATA + ".")));
        }
        for (String path : Pruning.unknown(type.structure(), object, true)) {
            found.add("unknown field \"" + path + "\"");
        }
        return found.size() > Shape.MAX_REPORTED ? List.copyOf(found.subList(0, Shape.MAX_REPORTED)) : found;
    }

    static void prune(CustomType type, ObjectNode object) {
        Pruning.prune(type.structure(), object, true);
        Pruning.pruneNulls(type.structure(), object);
        metadata(object);
        embedded(type.structure(), object);
    }

    /** Metadata has the fields that all metadata has, and no others. */
    private static void metadata(ObjectNode object) {
        JsonNode metadata = object.get(METADATA);
        if (metadata instanceof ObjectNode fields) {
            UnknownFields.prune(objectMeta(), fields);
        } else if (metadata != null && metadata.isNull()) {
            object.remove(METADATA);
        }
    }

    private static void embedded(Structural schema, JsonNode value) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                Structural property = schema.properties().getOrDefault(entry.getKey(), schema.additional());
                if (property != null && entry.getValue().isContainerNode()) {
                    if (property.x().embedded() && entry.getValue() instanceof ObjectNode whole) {
                        metadata(whole);
                    }
                    embedded(property, entry.getValue());
                }
            }
        } else if (value instanceof ArrayNode array && schema.items() != null) {
            for (JsonNode element : array) {
                if (schema.items().x().embedded() && element instanceof ObjectNode whole) {
                    metadata(whole);
                }
                embedded(schema.items(), element);
            }
        }
    }

    static Schema objectMeta() {
        return KindRegistry.builtIn().type("meta.v1.ObjectMeta").orElseThrow();
    }

    private static String goType(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "[]interface {}";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            case OBJECT, POJO -> "map[string]interface {}";
            case STRING, BINARY -> "string";
            case NULL, MISSING -> "<nil>";
        };
    }
}
