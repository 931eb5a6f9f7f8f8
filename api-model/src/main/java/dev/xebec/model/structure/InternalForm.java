package dev.xebec.model.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.GoJson;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value as kube-apiserver's messages show it: its structures have the names and the order of those that Kubernetes holds
 * objects in, with all of their fields.
 */
public final class InternalForm {

    private InternalForm() {}

    /** A value of some type. */
    public static JsonNode of(Schema schema, JsonNode value) {
        return switch (schema) {
            case Schema.Struct struct -> structure(struct, value);
            case Schema.ListOf list -> list(list, value);
            case Schema.MapOf map -> map(map, value);
            case Schema.Scalar scalar -> value.isMissingNode() ? NullNode.instance : value;
            case Schema.Untyped untyped -> value.isMissingNode() ? NullNode.instance : value;
        };
    }

    /** A structure, seen as one of another name which holds some of its fields. */
    public static JsonNode of(String typeName, Schema.Struct struct, JsonNode value) {
        return structure(InternalFields.of(typeName), struct, value);
    }

    /**
     * How one value became the other, in lines of their internal forms; empty where they are the same. Source: apimachinery
     * {@code util/diff/diff.go}.
     */
    public static String difference(JsonNode before, JsonNode now) {
        return Json.same(before, now) ? "" : LineDifference.of(GoJson.indented(before), GoJson.indented(now));
    }

    private static JsonNode structure(Schema.Struct struct, JsonNode value) {
        List<InternalFields.Field> fields = InternalFields.of(struct.typeName());
        return fields.isEmpty() ? published(struct, value) : structure(fields, struct, value);
    }

    private static JsonNode structure(List<InternalFields.Field> fields, Schema.Struct struct, JsonNode value) {
        ObjectNode shown = Json.object();
        for (InternalFields.Field field : fields) {
            Schema.Field described = struct.field(field.jsonName());
            JsonNode own = value.path(field.jsonName());
            switch (field.showing()) {
                case INLINED -> {
                    if (described != null && of(described.schema(), own) instanceof ObjectNode inlined) {
                        shown.setAll(inlined);
                    }
                }
                case SAYING -> {
                    if (described != null && !empty(own)) {
                        shown.set(field.name(), of(described.schema(), own));
                    }
                }
                case ALWAYS -> shown.set(field.name(), always(field, described, own));
            }
        }
        return shown;
    }

    private static JsonNode always(InternalFields.Field field, Schema.@Nullable Field described, JsonNode own) {
        if (described == null || field.optional() && nothing(own)) {
            return NullNode.instance;
        }
        return nothing(own) ? zero(described.schema()) : of(described.schema(), own);
    }

    /** A structure that has the same names inside: what says nothing is left out. */
    private static JsonNode published(Schema.Struct struct, JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            return nothing(value) ? Json.object() : value;
        }
        ObjectNode shown = Json.object();
        for (Schema.Field field : struct.fields().values()) {
            JsonNode own = object.path(field.jsonName());
            if (!nothing(own)) {
                shown.set(field.jsonName(), of(field.schema(), own));
            }
        }
        object.properties().forEach(member -> {
            if (struct.field(member.getKey()) == null) {
                shown.set(member.getKey(), member.getValue());
            }
        });
        return shown;
    }

    private static JsonNode list(Schema.ListOf list, JsonNode value) {
        if (!(value instanceof ArrayNode array) || array.isEmpty()) {
            return NullNode.instance;
        }
        ArrayNode shown = Json.object().arrayNode();
        array.forEach(item -> shown.add(of(list.items(), item)));
        return shown;
    }

    private static JsonNode map(Schema.MapOf map, JsonNode value) {
        if (!(value instanceof ObjectNode object) || object.isEmpty()) {
            return NullNode.instance;
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(member -> sorted.put(member.getKey(), of(map.values(), member.getValue())));
        return Json.object().setAll(sorted);
    }

    private static boolean nothing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static boolean empty(JsonNode value) {
        return nothing(value) || value.isContainerNode() && value.isEmpty()
                || value.isTextual() && value.textValue().isEmpty();
    }

    private static JsonNode zero(Schema schema) {
        return schema instanceof Schema.Scalar scalar
                ? GoZero.of(scalar.type())
                : of(schema, MissingNode.getInstance());
    }
}
