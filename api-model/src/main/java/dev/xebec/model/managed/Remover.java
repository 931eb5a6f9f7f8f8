package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import java.util.Map;

/**
 * Takes fields and items out of an object. A map or list of which nothing is left becomes null.
 *
 * <p>Source: structured-merge-diff v6 {@code typed/remove.go}.
 */
final class Remover {
    private Remover() {}

    /** The input is not changed, but the result may share parts with it. */
    static ObjectNode without(Schema schema, ObjectNode object, FieldSet removed) {
        return removed.isEmpty() || !(of(schema, object, removed) instanceof ObjectNode left) ? object : left;
    }

    private static JsonNode of(Schema schema, JsonNode value, FieldSet removed) {
        Schemas.Form form = Schemas.form(schema, value);
        return switch (form) {
            case LEAF -> value;
            case LIST -> schema instanceof Schema.ListOf list && value instanceof ArrayNode array
                    && !Schemas.atomic(schema, form) ? items(list, array, removed) : NullNode.instance;
            case MAP -> value instanceof ObjectNode object && !Schemas.atomic(schema, form)
                    ? fields(schema, object, removed)
                    : NullNode.instance;
        };
    }

    private static JsonNode items(Schema.ListOf list, ArrayNode items, FieldSet removed) {
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : items) {
            PathElement element;
            try {
                element = ListItems.element(list, item, GoView.AS_IT_IS);
            } catch (ListItems.Unidentified unidentified) {
                left.add(item);
                continue;
            }
            if (!removed.hasMember(element)) {
                FieldSet below = removed.below(element);
                left.add(below.isEmpty() ? item : of(list.items(), item, below));
            }
        }
        return left.isEmpty() ? NullNode.instance : left;
    }

    private static JsonNode fields(Schema schema, ObjectNode object, FieldSet removed) {
        ObjectNode left = Json.object();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            PathElement element = PathElement.field(field.getKey());
            if (removed.hasMember(element)) {
                continue;
            }
            FieldSet below = removed.below(element);
            Schema type = Schemas.field(schema, field.getKey());
            left.set(field.getKey(), below.isEmpty() || type == null
                    ? field.getValue()
                    : of(type, field.getValue(), below));
        }
        return left.isEmpty() ? NullNode.instance : left;
    }
}
