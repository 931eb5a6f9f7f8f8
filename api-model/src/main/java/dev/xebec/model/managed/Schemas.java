package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.schema.Schema;
import org.jspecify.annotations.Nullable;

/** A schema as server-side apply sees it: leaves, maps and lists, owned as a whole or part by part. */
final class Schemas {
    /** What is below an untyped list: owned with it. */
    static final Schema OPAQUE = new Schema.Scalar(Schema.Scalar.Type.ANY);

    private Schemas() {}

    /** How a value is to be walked. */
    enum Form {
        LEAF, MAP, LIST
    }

    static Form form(Schema schema, @Nullable JsonNode value) {
        return switch (schema) {
            case Schema.Scalar scalar -> Form.LEAF;
            case Schema.Struct struct -> Form.MAP;
            case Schema.MapOf map -> Form.MAP;
            case Schema.ListOf list -> Form.LIST;
            case Schema.Untyped untyped -> value == null || value.isNull() || value.isObject()
                    ? Form.MAP
                    : value.isArray() ? Form.LIST : Form.LEAF;
        };
    }

    /** Whether an untyped value's form is open: null may stand for any. */
    static boolean open(Schema schema, JsonNode value) {
        return schema instanceof Schema.Untyped && value.isNull();
    }

    static boolean atomic(Schema schema, Form form) {
        return switch (schema) {
            case Schema.Scalar scalar -> true;
            case Schema.Struct struct -> struct.atomic();
            case Schema.MapOf map -> map.atomic();
            case Schema.ListOf list -> list.listType() == Schema.ListType.ATOMIC;
            case Schema.Untyped untyped -> form != Form.MAP;
        };
    }

    /** The schema of a field; null where it is not declared. */
    static @Nullable Schema field(Schema schema, String name) {
        return switch (schema) {
            case Schema.Struct struct -> {
                Schema.Field field = struct.field(name);
                yield field == null ? struct.unknown() : field.schema();
            }
            case Schema.MapOf map -> map.values();
            case Schema.Untyped untyped -> untyped;
            case Schema.Scalar scalar -> null;
            case Schema.ListOf list -> null;
        };
    }

    static Schema items(Schema schema) {
        return schema instanceof Schema.ListOf list ? list.items() : OPAQUE;
    }

    /** Whether the schema names the field itself. */
    static boolean declares(Schema schema, String name) {
        return schema instanceof Schema.Struct struct && struct.field(name) != null;
    }

    static @Nullable Schema below(@Nullable Schema schema, PathElement element) {
        if (schema == null) {
            return null;
        }
        return switch (element) {
            case PathElement.Field field -> field(schema, field.name());
            case PathElement.Key key -> schema instanceof Schema.ListOf list ? list.items() : null;
            case PathElement.Value value -> null;
            case PathElement.Index index -> null;
        };
    }
}
