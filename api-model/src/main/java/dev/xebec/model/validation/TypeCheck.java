package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.schema.Schema.Scalar.Type;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an object that stops at the first value of a wrong type.
 *
 * <p>Messages are those of Go's encoding/json, which names the structure, the path without indexes and the Go type.
 */
final class TypeCheck {
    private final Deque<String> path = new ArrayDeque<>();
    private String struct = "";

    /** Null where all is well. */
    @Nullable
    String wrong(Schema schema, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return switch (schema) {
            case Schema.Scalar scalar -> wrongScalar(scalar.type(), value);
            case Schema.Untyped untyped -> null;
            case Schema.ListOf list -> value instanceof ArrayNode array
                    ? wrongElement(list, array)
                    : mismatch(value, schema);
            case Schema.MapOf map -> value instanceof ObjectNode object
                    ? wrongEntry(map, object)
                    : mismatch(value, schema);
            case Schema.Struct structure -> value instanceof ObjectNode object
                    ? wrongField(structure, object)
                    : mismatch(value, schema);
        };
    }

    private @Nullable String wrongElement(Schema.ListOf list, ArrayNode array) {
        for (JsonNode element : array) {
            String wrong = wrong(list.items(), element);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private @Nullable String wrongEntry(Schema.MapOf map, ObjectNode object) {
        for (JsonNode value : object) {
            String wrong = wrong(map.values(), value);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private @Nullable String wrongField(Schema.Struct structure, ObjectNode object) {
        String outer = struct;
        Map<String, Schema.Field> fields = structure.fields();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Schema.Field field = fields.get(entry.getKey());
            if (field != null) {
                struct = simple(structure.typeName());
                path.addLast(entry.getKey());
                String wrong = wrong(field.schema(), entry.getValue());
                if (wrong != null) {
                    return wrong;
                }
                path.removeLast();
            }
        }
        struct = outer;
        return null;
    }

    private @Nullable String wrongScalar(Type type, JsonNode value) {
        return switch (type) {
            case ANY -> null;
            case STRING -> value.isTextual() ? null : mismatch(value, new Schema.Scalar(type));
            case BOOLEAN -> value.isBoolean() ? null : mismatch(value, new Schema.Scalar(type));
            case DOUBLE -> value.isNumber() ? null : mismatch(value, new Schema.Scalar(type));
            case INT32 -> value.isIntegralNumber() && value.canConvertToInt() ? null : number(value, "int32");
            case INT64 -> value.isIntegralNumber() && value.canConvertToLong() ? null : number(value, "int64");
            case INT_OR_STRING -> value.isTextual() || (value.isIntegralNumber() && value.canConvertToInt())
                    ? null
                    : number(value, "int32");
            case BYTES -> value.isTextual() ? badBase64(value.asText()) : mismatch(value, new Schema.Scalar(type));
            case QUANTITY -> badQuantity(value);
            case TIME, MICRO_TIME -> value.isTextual()
                    ? badTime(value.asText(), type)
                    : mismatch(value, new Schema.Scalar(Type.STRING));
            case DURATION -> value.isTextual()
                    ? badDuration(value.asText())
                    : mismatch(value, new Schema.Scalar(Type.STRING));
        };
    }

    private String number(JsonNode value, String goType) {
        return message(value.isNumber() ? "number " + value.asText() : jsonType(value), goType);
    }

    private static @Nullable String badBase64(String text) {
        try {
            Base64.getDecoder().decode(text.replace("\n", "").replace("\r", ""));
            return null;
        } catch (IllegalArgumentException malformed) {
            int at = 0;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at))
                    || "+/".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            return "illegal base64 data at input byte " + at;
        }
    }

    private static @Nullable String badQuantity(JsonNode value) {
        try {
            Quantity.parse(value.isTextual() || value.isNumber() ? value.asText().strip() : value.toString());
            return null;
        } catch (IllegalArgumentException malformed) {
            return malformed.getMessage();
        }
    }

    private static @Nullable String badTime(String text, Type type) {
        try {
            OffsetDateTime.parse(text);
            return null;
        } catch (DateTimeException malformed) {
            String layout = type == Type.TIME ? "2006-01-02T15:04:05Z07:00" : "2006-01-02T15:04:05.000000Z07:00";
            return "parsing time \"" + text + "\" as \"" + layout + "\": cannot parse \"" + text + "\" as \"2006\"";
        }
    }

    private static @Nullable String badDuration(String text) {
        return text.matches("[-+]?(0|([0-9]*\\.?[0-9]+(ns|us|µs|ms|s|m|h))+)")
                ? null
                : "time: invalid duration \"" + text + "\"";
    }

    private String mismatch(JsonNode value, Schema wanted) {
        return message(jsonType(value), goType(wanted));
    }

    private String message(String found, String wanted) {
        String where = path.isEmpty() ? "Go value" : "Go struct field " + struct + "." + String.join(".", inOrder());
        return "json: cannot unmarshal " + found + " into " + where + " of type " + wanted;
    }

    private Iterable<String> inOrder() {
        Iterator<String> keys = path.iterator();
        return () -> keys;
    }

    private static String jsonType(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case STRING, BINARY -> "string";
            case OBJECT, POJO -> "object";
            case MISSING, NULL -> "null";
        };
    }

    private static String goType(Schema schema) {
        return switch (schema) {
            case Schema.Scalar scalar -> switch (scalar.type()) {
                case STRING, QUANTITY -> "string";
                case BOOLEAN -> "bool";
                case INT32 -> "int32";
                case INT64 -> "int64";
                case DOUBLE -> "float64";
                case BYTES -> "[]uint8";
                case TIME -> "v1.Time";
                case MICRO_TIME -> "v1.MicroTime";
                case DURATION -> "v1.Duration";
                case INT_OR_STRING -> "intstr.IntOrString";
                case ANY -> "interface {}";
            };
            case Schema.Untyped untyped -> "interface {}";
            case Schema.ListOf list -> "[]" + goType(list.items());
            case Schema.MapOf map -> "map[string]" + goType(map.values());
            case Schema.Struct structure -> structure.typeName().substring(
                    structure.typeName().indexOf('.') + 1);
        };
    }

    private static String simple(String typeName) {
        return typeName.substring(typeName.lastIndexOf('.') + 1);
    }
}
