package dev.xebec.model.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a built-in kind as kube-apiserver writes it, having held it as a Go structure: a field that says nothing
 * ({@code null}, and where it makes no difference {@code ""}, 0, false and what is empty) is left out, unless Go
 * writes it in any case ({@code status: {}}, {@code rules: null}).
 */
public final class WrittenForm {

    private WrittenForm() {}

    /** A copy of what somebody has put together, to be compared with what the server shows. */
    public static ObjectNode of(Schema.Struct struct, ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        empty(struct, copy);
        fill(struct, copy);
        return copy;
    }

    /**
     * Leaves out what says nothing, and makes the structures that are always there. Before defaults, which are for what is
     * left out, and belong to structures. An empty list that is always written
     * stays: whoever sent it owns it.
     */
    public static void strip(Schema.Struct struct, ObjectNode object) {
        strip(struct, object, Way.READ);
    }

    /**
     * The same, but what is sent though its gate is closed stays, for whoever sent it owns it.
     *
     * @return whether there is any, to be dropped by {@link #shut}
     */
    public static boolean stripOpen(Schema.Struct struct, ObjectNode object) {
        return strip(struct, object, Way.SENT);
    }

    /** Drops what belongs to features that are off, and structures that would hold nothing else. */
    public static void shut(Schema.Struct struct, ObjectNode object) {
        StandingFields standing = StandingFields.of(struct);
        Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            Schema.Field field = struct.field(entry.getKey());
            boolean held = entry.getValue().isContainerNode();
            if (standing.isOff(entry.getKey())) {
                entries.remove();
            } else if (field != null && held && shut(field.schema(), entry.getValue())) {
                entries.remove();
            }
        }
    }

    /** @return whether a structure has gone with what was in it */
    private static boolean shut(Schema schema, JsonNode value) {
        if (schema instanceof Schema.Struct struct && value instanceof ObjectNode object) {
            boolean held = !object.isEmpty();
            shut(struct, object);
            return held && object.isEmpty() && StandingFields.of(struct).goesWithItsFields();
        }
        if (inner(schema) instanceof Schema.Struct struct) {
            for (JsonNode element : value) {
                if (element instanceof ObjectNode object) {
                    shut(struct, object);
                }
            }
        }
        return false;
    }

    /** What an object that is stripped comes from. */
    private enum Way {
        /** From the store, or from who has sent nothing to a closed gate: an empty list stays, for it may have an owner. */
        READ,
        /** From a client: what is behind a closed gate stays, too. */
        SENT,
        /** It goes to the store: an empty list is none. */
        SETTLED
    }

    /** The same of an object that goes to the store, where an empty list is none. */
    public static void empty(Schema.Struct struct, ObjectNode object) {
        strip(struct, object, Way.SETTLED);
    }

    private static boolean strip(Schema.Struct struct, ObjectNode object, Way way) {
        boolean shut = false;
        StandingFields standing = StandingFields.of(struct);
        Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            Schema.Field field = struct.field(entry.getKey());
            if (field == null) {
                continue;
            }
            JsonNode value = entry.getValue();
            boolean kept = way != Way.SETTLED && !value.isNull() && standing.contains(entry.getKey());
            boolean off = standing.isOff(entry.getKey());
            if (off && way != Way.SENT || !kept && isNothing(field, value)) {
                entries.remove();
                continue;
            }
            shut |= off;
            if (value.isContainerNode()) {
                shut |= strip(field.schema(), value, way);
            }
        }
        for (String name : standing.structures()) {
            if (!object.has(name)) {
                Schema.Field field = struct.field(name);
                ObjectNode below = object.putObject(name);
                if (field != null) {
                    strip(field.schema(), below, way);
                }
            }
        }
        return shut;
    }

    private static boolean strip(Schema schema, JsonNode value, Way way) {
        boolean shut = false;
        if (schema instanceof Schema.Struct struct && value instanceof ObjectNode object) {
            shut = strip(struct, object, way);
        } else if (inner(schema) instanceof Schema.Struct struct) {
            for (JsonNode element : value) {
                if (element instanceof ObjectNode object) {
                    shut |= strip(struct, object, way);
                }
            }
        }
        return shut;
    }

    private static boolean isNothing(Schema.Field field, JsonNode value) {
        if (value.isNull()) {
            return true;
        }
        return switch (field.schema()) {
            case Schema.ListOf list -> value.isEmpty() && value.isArray();
            case Schema.MapOf map -> value.isEmpty() && value.isObject();
            // What may be any JSON is a pointer or raw text there: false says something.
            case Schema.Scalar scalar when scalar.type() == Schema.Scalar.Type.ANY -> false;
            case Schema.Scalar scalar -> !field.required() && !field.zeroIsValue() && isZero(value);
            case Schema.Struct struct -> false;
            case Schema.Untyped untyped -> false;
        };
    }

    private static boolean isZero(JsonNode value) {
        return value.isTextual()
                ? value.textValue().isEmpty()
                : value.isBoolean() ? !value.booleanValue() : value.isNumber() && value.decimalValue().signum() == 0;
    }

    /** Adds what is written in any case. After defaults. */
    public static void fill(Schema.Struct struct, ObjectNode object) {
        StandingFields standing = StandingFields.of(struct);
        for (String name : standing.names()) {
            JsonNode value = object.get(name);
            if (value == null || value.isNull()) {
                JsonNode zero = standing.zero(name);
                object.set(name, zero == null ? NullNode.instance : zero.isObject() ? Json.object() : zero);
            }
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getValue().isContainerNode()) {
                Schema.Field field = struct.field(entry.getKey());
                if (field != null) {
                    fill(field.schema(), entry.getValue());
                }
            }
        }
    }

    private static void fill(Schema schema, JsonNode value) {
        if (schema instanceof Schema.Struct struct && value instanceof ObjectNode object) {
            fill(struct, object);
        } else if (inner(schema) instanceof Schema.Struct struct) {
            for (JsonNode element : value) {
                if (element instanceof ObjectNode object) {
                    fill(struct, object);
                }
            }
        }
    }

    private static @Nullable Schema inner(Schema schema) {
        return switch (schema) {
            case Schema.ListOf list -> list.items();
            case Schema.MapOf map -> map.values();
            case Schema.Struct struct -> null;
            case Schema.Scalar scalar -> null;
            case Schema.Untyped untyped -> null;
        };
    }
}
