package dev.xebec.model.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.ListOf;
import dev.xebec.model.schema.Schema.MapOf;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import dev.xebec.model.schema.Schema.Untyped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes one object's message, from its last field to its first. What the tree has and the message has no place for is
 * left out, as is what protobuf cannot tell from nothing: null, empty lists and empty maps.
 */
final class MessageWriter {
    private static final String SCHEMA = "apiextensions.v1.JSONSchemaProps";

    private final WireWriter out;

    MessageWriter(WireWriter out) {
        this.out = out;
    }

    void message(MessageTable table, ObjectNode object) {
        for (MessageTable.Numbered numbered : table.lastToFirst()) {
            switch (numbered.entry()) {
                case MessageTable.Entry.Leaf(Field field) -> {
                    JsonNode value = object.get(field.jsonName());
                    if (value != null && !value.isNull()) {
                        field(numbered.number(), field.schema(), value);
                    }
                }
                case MessageTable.Entry.Embedded(MessageTable inner) -> {
                    int before = out.written();
                    message(inner, object);
                    if (out.written() > before) {
                        out.lengthSince(numbered.number(), before);
                    }
                }
            }
        }
    }

    private void field(int number, Schema schema, JsonNode value) {
        switch (schema) {
            case ListOf list -> {
                for (int index = value.size() - 1; index >= 0; index--) {
                    value(number, list.items(), value.get(index));
                }
            }
            case MapOf map -> entries(number, map, value);
            case Struct struct -> value(number, struct, value);
            case Scalar scalar -> value(number, scalar, value);
            case Untyped untyped -> throw new IllegalStateException("no message has a field without a type");
        }
    }

    /** Entries {@code key=1, value=2}, by their keys as Go writes them. */
    private void entries(int number, MapOf map, JsonNode value) {
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(value.properties());
        entries.sort(Map.Entry.comparingByKey(Comparator.reverseOrder()));
        for (Map.Entry<String, JsonNode> entry : entries) {
            int before = out.written();
            value(2, map.values(), entry.getValue());
            out.textField(1, entry.getKey());
            out.lengthSince(number, before);
        }
    }

    /** One value; a null is written as the empty message or not at all. */
    private void value(int number, Schema schema, JsonNode value) {
        switch (schema) {
            case Struct struct -> {
                int before = out.written();
                if (value instanceof ObjectNode object) {
                    message(MessageTable.of(struct), object);
                }
                out.lengthSince(number, before);
            }
            case ListOf list -> {
                int before = out.written();
                field(1, list, value);
                out.lengthSince(number, before);
            }
            case Scalar scalar -> {
                if (!value.isNull()) {
                    scalar(number, scalar, value);
                }
            }
            case MapOf map -> throw new IllegalStateException("no message has a map in a list or map");
            case Untyped untyped -> throw new IllegalStateException("no message has a field without a type");
        }
    }

    private void scalar(int number, Scalar scalar, JsonNode value) {
        if (scalar.type() != Scalar.Type.ANY) {
            ScalarEncoder.write(out, number, scalar.type(), value);
            return;
        }
        int before = out.written();
        switch (scalar.typeName()) {
            case "apiextensions.v1.JSONSchemaPropsOrBool" -> {
                if (value.isObject()) {
                    schema(2, value);
                }
                out.varintField(1, value.isObject() || value.asBoolean() ? 1 : 0);
            }
            case "apiextensions.v1.JSONSchemaPropsOrArray" -> schemas(value);
            case "apiextensions.v1.JSONSchemaPropsOrStringArray" -> {
                if (value.isObject()) {
                    schema(1, value);
                } else {
                    field(2, new ListOf(new Scalar(Scalar.Type.STRING), Schema.ListType.ATOMIC, List.of(), "", ""),
                            value);
                }
            }
            default -> out.bytesField(1, Json.bytes(value));
        }
        out.lengthSince(number, before);
    }

    private void schemas(JsonNode value) {
        if (value.isObject()) {
            schema(1, value);
            return;
        }
        for (int index = value.size() - 1; index >= 0; index--) {
            schema(2, value.get(index));
        }
    }

    private void schema(int number, JsonNode value) {
        value(number, KindRegistry.builtIn().type(SCHEMA).orElseThrow(), value);
    }
}
