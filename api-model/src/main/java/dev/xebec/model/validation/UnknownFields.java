package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.xebec.model.schema.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds and drops the fields that a schema does not have. A structure without any field holds whatever it is given. */
final class UnknownFields {
    /** Of every object, whether or not its description repeats them. */
    private static final Set<String> TYPE_META = Set.of("apiVersion", "kind");

    private UnknownFields() {}

    static List<String> report(Schema schema, ObjectNode object) {
        List<String> found = new ArrayList<>();
        report(schema, object, "", found);
        return found;
    }

    private static void report(Schema schema, @Nullable JsonNode value, String path, List<String> found) {
        if (value == null || found.size() >= Shape.MAX_REPORTED) {
            return;
        }
        switch (schema) {
            case Schema.Scalar scalar -> {
            }
            case Schema.Untyped untyped -> {
            }
            case Schema.ListOf list -> {
                if (value instanceof ArrayNode array && !(list.items() instanceof Schema.Scalar)) {
                    for (int at = 0; at < array.size(); at++) {
                        report(list.items(), array.get(at), path + "[" + at + "]", found);
                    }
                }
            }
            case Schema.MapOf map -> {
                if (value instanceof ObjectNode object && !(map.values() instanceof Schema.Scalar)) {
                    object.properties().forEach(
                            entry -> report(map.values(), entry.getValue(), child(path, entry.getKey()), found));
                }
            }
            case Schema.Struct struct -> reportStruct(struct, value, path, found);
        }
    }

    private static void reportStruct(Schema.Struct struct, JsonNode value, String path, List<String> found) {
        if (!(value instanceof ObjectNode object) || struct.fields().isEmpty()) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Schema.Field field = struct.field(entry.getKey());
            String at = child(path, entry.getKey());
            if (field != null) {
                report(field.schema(), entry.getValue(), at, found);
            } else if (struct.unknown() != null) {
                report(struct.unknown(), entry.getValue(), at, found);
            } else if (!isTypeMeta(path, entry.getKey()) && found.size() < Shape.MAX_REPORTED) {
                found.add("unknown field \"" + at + "\"");
            }
        }
    }

    static void prune(Schema schema, ObjectNode object) {
        prune(schema, object, true);
    }

    private static void prune(Schema schema, JsonNode value, boolean root) {
        if (schema instanceof Schema.Struct struct && value instanceof ObjectNode object) {
            pruneStruct(struct, object, root);
        } else if (schema instanceof Schema.MapOf map && value instanceof ObjectNode object) {
            pruneMap(map, object);
        } else if (schema instanceof Schema.ListOf list && value instanceof ArrayNode array
                && !(list.items() instanceof Schema.Scalar)) {
            array.forEach(element -> prune(list.items(), element, false));
        }
    }

    private static void pruneStruct(Schema.Struct struct, ObjectNode object, boolean root) {
        Map<String, Schema.Field> fields = struct.fields();
        Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            Schema.Field field = fields.get(entry.getKey());
            boolean known = field != null || fields.isEmpty() || struct.unknown() != null
                    || (root && TYPE_META.contains(entry.getKey()));
            if (!known || entry.getValue().isNull()) {
                entries.remove();
            } else if (field != null && field.schema() instanceof Schema.Scalar scalar) {
                entry.setValue(CanonicalForm.of(scalar.type(), entry.getValue()));
            } else if (field != null && entry.getValue().isContainerNode()) {
                prune(field.schema(), entry.getValue(), false);
            }
        }
    }

    /** Go reads a null among strings as the empty string. */
    private static void pruneMap(Schema.MapOf map, ObjectNode object) {
        boolean strings = map.values() instanceof Schema.Scalar scalar && scalar.type() == Schema.Scalar.Type.STRING;
        boolean quantities = map.values() instanceof Schema.Scalar scalar
                && scalar.type() == Schema.Scalar.Type.QUANTITY;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getValue().isNull() && strings) {
                entry.setValue(TextNode.valueOf(""));
            } else if (quantities) {
                entry.setValue(CanonicalForm.of(Schema.Scalar.Type.QUANTITY, entry.getValue()));
            } else if (entry.getValue().isContainerNode()) {
                prune(map.values(), entry.getValue(), false);
            }
        }
    }

    static boolean isTypeMeta(String parentPath, String field) {
        return parentPath.isEmpty() && TYPE_META.contains(field);
    }

    static String child(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
