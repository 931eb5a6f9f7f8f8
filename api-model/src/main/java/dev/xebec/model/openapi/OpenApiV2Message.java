package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A protobuf message of an OpenAPI v2 document, as far as ours has parts. Values of any type, such as defaults and
 * extensions, travel as YAML, which JSON is.
 *
 * <p>Source: the numbers of gnostic's {@code OpenAPIv2.proto}.
 */
final class OpenApiV2Message {
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int ANY_YAML = 2;
    private static final String EXTENSION = "x-";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    OpenApiV2Message() {}

    /**
     * @param paths each is made when it is written, and not kept; likewise definitions
     * @param definitions asked for once the paths are written, as the parameters are
     */
    static byte[] of(String title, String version, Map<String, Supplier<ObjectNode>> paths,
            Supplier<Map<String, Supplier<ObjectNode>>> definitions, Supplier<ObjectNode> parameters) {
        OpenApiV2Message items = new OpenApiV2Message();
        paths.forEach((path, item) -> items.part(2,
                new OpenApiV2Message().text(1, path).part(2, OpenApiV2Operations.item(item.get()))));
        OpenApiV2Message named = new OpenApiV2Message();
        definitions.get().forEach((name, definition) -> named.part(1, named(name, definition.get())));
        OpenApiV2Message shared = new OpenApiV2Message();
        parameters.get().properties().forEach(one -> shared.part(1,
                new OpenApiV2Message().text(1, one.getKey()).part(2, OpenApiV2Operations.parameter(one.getValue()))));
        return new OpenApiV2Message().text(1, "2.0")
                .part(2, new OpenApiV2Message().text(1, title).text(2, version))
                .part(8, items).part(9, named).part(10, shared).bytes();
    }

    private static OpenApiV2Message named(JsonNode schemas) {
        OpenApiV2Message list = new OpenApiV2Message();
        schemas.properties().forEach(each -> list.part(1, named(each.getKey(), each.getValue())));
        return list;
    }

    private static OpenApiV2Message named(String name, JsonNode schema) {
        return new OpenApiV2Message().text(1, name).part(2, schema(schema));
    }

    static OpenApiV2Message schema(JsonNode schema) {
        OpenApiV2Message message = new OpenApiV2Message();
        schema.properties().forEach(each -> {
            JsonNode value = each.getValue();
            switch (each.getKey()) {
                case "$ref" -> message.text(1, value.asText());
                case "format" -> message.text(2, value.asText());
                case "title" -> message.text(3, value.asText());
                case "description" -> message.text(4, value.asText());
                case "default" -> message.part(5, any(value));
                case "multipleOf" -> message.number(6, value);
                case "maximum" -> message.number(7, value);
                case "exclusiveMaximum" -> message.count(8, value);
                case "minimum" -> message.number(9, value);
                case "exclusiveMinimum" -> message.count(10, value);
                case "maxLength" -> message.count(11, value);
                case "minLength" -> message.count(12, value);
                case "pattern" -> message.text(13, value.asText());
                case "maxItems" -> message.count(14, value);
                case "minItems" -> message.count(15, value);
                case "uniqueItems" -> message.count(16, value);
                case "maxProperties" -> message.count(17, value);
                case "minProperties" -> message.count(18, value);
                case "externalDocs" -> message.part(29, new OpenApiV2Message()
                        .text(1, value.path("description").asText("")).text(2, value.path("url").asText("")));
                case "example" -> message.part(30, any(value));
                case "required" -> value.forEach(name -> message.text(19, name.asText()));
                case "enum" -> value.forEach(one -> message.part(20, any(one)));
                case "additionalProperties" -> message.part(21, new OpenApiV2Message().part(1, schema(value)));
                case "type" -> message.part(22, new OpenApiV2Message().text(1, value.asText()));
                case "items" -> message.part(23, new OpenApiV2Message().part(1, schema(value)));
                case "properties" -> message.part(25, named(value));
                default -> {
                    if (!each.getKey().startsWith(EXTENSION)) {
                        throw new IllegalStateException("a schema has an unknown part: " + each.getKey());
                    }
                    message.part(31, extension(each.getKey(), value));
                }
            }
        });
        return message;
    }

    static OpenApiV2Message extension(String name, JsonNode value) {
        return new OpenApiV2Message().text(1, name).part(2, any(value));
    }

    private static OpenApiV2Message any(JsonNode value) {
        return new OpenApiV2Message().text(ANY_YAML, value.toString());
    }

    OpenApiV2Message text(int field, String text) {
        return raw(field, text.getBytes(StandardCharsets.UTF_8));
    }

    OpenApiV2Message part(int field, OpenApiV2Message part) {
        return raw(field, part.bytes());
    }

    private OpenApiV2Message raw(int field, byte[] content) {
        varint(field << 3 | LENGTH_DELIMITED);
        varint(content.length);
        bytes.writeBytes(content);
        return this;
    }

    private void number(int field, JsonNode value) {
        varint(field << 3 | FIXED_64);
        long bits = Double.doubleToRawLongBits(value.asDouble());
        for (int at = 0; at < Long.BYTES; at++) {
            bytes.write((int) (bits >>> at * 8));
        }
    }

    /** A whole number, or a truth as 1. */
    void count(int field, JsonNode value) {
        varint(field << 3);
        varint(value.isBoolean() ? value.asBoolean() ? 1 : 0 : value.asLong());
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private byte[] bytes() {
        return bytes.toByteArray();
    }
}
