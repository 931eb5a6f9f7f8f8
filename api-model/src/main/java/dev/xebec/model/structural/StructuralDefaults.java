package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the defaults of a structural schema, outer ones before inner ones, so that a default is itself completed. A
 * null where nothing may be null counts as absent. Idempotent.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/schema/defaulting/algorithm.go}.
 */
public final class StructuralDefaults {

    private StructuralDefaults() {}

    /** Changes the value in place. */
    public static void apply(@Nullable Structural schema, JsonNode value) {
        if (schema == null) {
            return;
        }
        if (value instanceof ObjectNode object) {
            properties(schema, object);
        } else if (value instanceof ArrayNode array && schema.items() != null) {
            for (int at = 0; at < array.size(); at++) {
                if (isReplaced(array.get(at), schema.items())) {
                    array.set(at, copy(schema.items().defaultValue()));
                }
                apply(schema.items(), array.get(at));
            }
        }
    }

    private static void properties(Structural schema, ObjectNode object) {
        for (Map.Entry<String, Structural> property : schema.properties().entrySet()) {
            JsonNode present = object.get(property.getKey());
            JsonNode byDefault = property.getValue().defaultValue();
            if (byDefault != null && (present == null || isReplaced(present, property.getValue()))) {
                object.set(property.getKey(), byDefault.deepCopy());
            }
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Structural property = schema.properties().get(entry.getKey());
            if (property == null && schema.additional() != null) {
                property = schema.additional();
                if (isReplaced(entry.getValue(), property)) {
                    entry.setValue(copy(property.defaultValue()));
                }
            }
            if (entry.getValue().isContainerNode()) {
                apply(property, entry.getValue());
            }
        }
    }

    private static boolean isReplaced(JsonNode value, Structural schema) {
        return value.isNull() && !schema.nullable();
    }

    private static JsonNode copy(@Nullable JsonNode value) {
        return value == null ? NullNode.instance : value.deepCopy();
    }
}
