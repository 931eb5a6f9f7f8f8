package dev.xebec.model.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.ListOf;
import dev.xebec.model.schema.Schema.MapOf;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import dev.xebec.model.schema.Schema.Untyped;
import org.jspecify.annotations.Nullable;

/** Decodes one body; counts its values, so that a small body cannot become a large tree. */
final class BodyDecoder {
    private final KindRegistry registry;
    private int values;

    BodyDecoder(KindRegistry registry) {
        this.registry = registry;
    }

    ObjectNode envelope(byte[] body, int depth) {
        ProtobufDecoder.Envelope envelope = ProtobufDecoder.Envelope.read(body);
        Struct struct = registry.body(GroupVersion.parse(envelope.apiVersion()).kind(envelope.kind()))
                .orElseThrow(() -> new IllegalArgumentException("no kind \"" + envelope.kind()
                        + "\" is registered for version \"" + envelope.apiVersion() + "\""));
        ObjectNode object = Json.object().put("apiVersion", envelope.apiVersion()).put("kind", envelope.kind());
        message(envelope.raw(), MessageTable.of(struct), object, depth);
        return object;
    }

    private void message(WireReader in, MessageTable table, ObjectNode into, int depth) {
        if (depth > ProtobufDecoder.MAX_DEPTH) {
            throw WireReader.malformed("more than " + ProtobufDecoder.MAX_DEPTH + " messages inside each other");
        }
        while (in.hasMore()) {
            switch (table.get(in.field())) {
                case MessageTable.Entry.Leaf(Field field) -> field(field, in, into, depth);
                case MessageTable.Entry.Embedded(MessageTable inner) -> message(in.message(), inner, into, depth + 1);
                case null -> in.skip();
            }
        }
    }

    private void field(Field field, WireReader in, ObjectNode into, int depth) {
        String name = field.jsonName();
        switch (field.schema()) {
            case ListOf list -> elements(list, in, into.withArrayProperty(name), depth);
            case MapOf map -> entry(map, in.message(), into.withObjectProperty(name), depth);
            case Struct struct -> struct(struct, in, into.withObjectProperty(name), depth);
            case Untyped untyped -> throw new IllegalStateException("no message has a field without a type");
            case Scalar scalar -> {
                JsonNode value = scalar(scalar, in, depth);
                if (value == null || !field.zeroIsValue() && isZero(value)) {
                    into.remove(name);
                } else {
                    into.set(name, value);
                }
            }
        }
    }

    private void elements(ListOf list, WireReader in, ArrayNode into, int depth) {
        if (in.wireType() == WireReader.LENGTH && list.items() instanceof Scalar scalar && isVarint(scalar.type())) {
            WireReader packed = in.message();
            while (packed.hasMore()) {
                count();
                into.add(ScalarDecoder.packed(scalar.type(), packed));
            }
            return;
        }
        into.add(value(list.items(), in, depth));
    }

    /** One entry of a map: {@code key=1, value=2}; a missing one is empty. */
    private void entry(MapOf map, WireReader in, ObjectNode into, int depth) {
        String key = "";
        JsonNode value = null;
        while (in.hasMore()) {
            switch (in.field()) {
                case 1 -> key = in.text();
                case 2 -> value = value(map.values(), in, depth);
                default -> in.skip();
            }
        }
        into.set(key, value == null ? empty(map.values(), depth) : value);
    }

    private JsonNode value(Schema schema, WireReader in, int depth) {
        return switch (schema) {
            case Struct struct -> struct(struct, in, Json.object(), depth);
            case ListOf list -> wrapped(list, in.message(), depth);
            case MapOf map -> throw new IllegalStateException("no message has a map in a list or map");
            case Untyped untyped -> throw new IllegalStateException("no message has a field without a type");
            case Scalar scalar -> {
                JsonNode value = scalar(scalar, in, depth);
                yield value == null ? NullNode.instance : value;
            }
        };
    }

    private JsonNode empty(Schema schema, int depth) {
        count();
        return switch (schema) {
            case Struct struct -> Json.object();
            case MapOf map -> Json.object();
            case ListOf list -> JsonNodeFactory.instance.arrayNode();
            case Untyped untyped -> throw new IllegalStateException("no message has a field without a type");
            case Scalar scalar -> switch (scalar.type()) {
                case STRING, BYTES -> JsonNodeFactory.instance.textNode("");
                case BOOLEAN -> JsonNodeFactory.instance.booleanNode(false);
                case INT32, INT64, DOUBLE, INT_OR_STRING -> JsonNodeFactory.instance.numberNode(0);
                case QUANTITY -> JsonNodeFactory.instance.textNode("0");
                case DURATION -> JsonNodeFactory.instance.textNode("0s");
                case TIME, MICRO_TIME, ANY -> NullNode.instance;
            };
        };
    }

    /** A list inside of a map or list is a message whose field 1 is the list. */
    private ArrayNode wrapped(ListOf list, WireReader in, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        count();
        while (in.hasMore()) {
            if (in.field() == 1) {
                elements(list, in, array, depth + 1);
            } else {
                in.skip();
            }
        }
        return array;
    }

    private ObjectNode struct(Struct struct, WireReader in, ObjectNode into, int depth) {
        count();
        message(in.message(), MessageTable.of(struct), into, depth + 1);
        return into;
    }

    private @Nullable JsonNode scalar(Scalar scalar, WireReader in, int depth) {
        count();
        return scalar.type() == Scalar.Type.ANY
                ? any(scalar.typeName(), in.message(), depth + 1)
                : ScalarDecoder.decode(scalar.type(), in);
    }

    private @Nullable JsonNode any(String typeName, WireReader in, int depth) {
        return switch (typeName) {
            case "apiextensions.v1.JSONSchemaPropsOrBool", "apiextensions.v1.JSONSchemaPropsOrArray",
                    "apiextensions.v1.JSONSchemaPropsOrStringArray" ->
                schemaOr(typeName, in, depth);
            default -> raw(in, depth);
        };
    }

    /** {@code raw=1}: JSON text, or another envelope. */
    private @Nullable JsonNode raw(WireReader in, int depth) {
        byte[] raw = {};
        while (in.hasMore()) {
            if (in.field() == 1) {
                raw = in.bytes();
            } else {
                in.skip();
            }
        }
        if (raw.length == 0) {
            return null;
        }
        if (depth > ProtobufDecoder.MAX_DEPTH) {
            throw WireReader.malformed("more than " + ProtobufDecoder.MAX_DEPTH + " messages inside each other");
        }
        return ProtobufDecoder.isEnvelope(raw) ? envelope(raw, depth + 1) : Json.parse(raw);
    }

    /**
     * A schema, or something simpler in its place: {@code allows=1, schema=2}, {@code schema=1, schemas=2}, or
     * {@code schema=1, strings=2}. What is simpler counts where there is no schema.
     */
    private @Nullable JsonNode schemaOr(String typeName, WireReader in, int depth) {
        boolean orBool = typeName.endsWith("OrBool");
        Struct schema = registry.type("apiextensions.v1.JSONSchemaProps").orElseThrow();
        JsonNode single = null;
        boolean allows = false;
        ArrayNode several = JsonNodeFactory.instance.arrayNode();
        while (in.hasMore()) {
            int number = in.field();
            if (number == (orBool ? 2 : 1)) {
                single = struct(schema, in, Json.object(), depth);
            } else if (orBool && number == 1) {
                allows = in.varint() != 0;
            } else if (number == 2) {
                count();
                several.add(typeName.endsWith("StringArray")
                        ? JsonNodeFactory.instance.textNode(in.text())
                        : struct(schema, in, Json.object(), depth));
            } else {
                in.skip();
            }
        }
        if (orBool) {
            return single != null ? single : JsonNodeFactory.instance.booleanNode(allows);
        }
        return several.isEmpty() ? single : several;
    }

    private void count() {
        if (++values > ProtobufDecoder.MAX_VALUES) {
            throw WireReader.malformed("more than " + ProtobufDecoder.MAX_VALUES + " values");
        }
    }

    private static boolean isZero(JsonNode value) {
        return value.isTextual()
                ? value.textValue().isEmpty()
                : value.isBoolean() ? !value.booleanValue() : value.isNumber() && value.doubleValue() == 0;
    }

    private static boolean isVarint(Scalar.Type type) {
        return switch (type) {
            case BOOLEAN, INT32, INT64 -> true;
            case STRING, DOUBLE, BYTES, TIME, MICRO_TIME, DURATION, QUANTITY, INT_OR_STRING, ANY -> false;
        };
    }
}
