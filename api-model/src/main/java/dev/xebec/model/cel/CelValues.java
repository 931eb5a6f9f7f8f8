package dev.xebec.model.cel;

import dev.xebec.model.quantity.GoDuration;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.xebec.model.structural.Structural;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

/** JSON as CEL sees it. Objects and lists are views, so what an expression does not touch costs nothing. */
final class CelValues {

    private CelValues() {}

    /** A value of which nothing is known. */
    static Object untyped(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> NullValue.NULL_VALUE;
            case BOOLEAN -> node.asBoolean();
            case STRING, BINARY -> node.asText();
            case NUMBER -> number(node);
            case ARRAY -> new ListView((ArrayNode) node, CelValues::untyped);
            case OBJECT, POJO -> new MapView((ObjectNode) node, CelValues::untyped);
        };
    }

    /** A value as its schema has it. */
    static Object typed(JsonNode node, Structural schema) {
        if (node.isNull() || schema.x().intOrString()) {
            return untyped(node);
        }
        return switch (schema.type()) {
            case "array" -> node instanceof ArrayNode array
                    ? new ListView(array, element -> typed(element, orEmpty(schema.items())))
                    : untyped(node);
            case "object" -> node instanceof ObjectNode object ? object(object, schema) : untyped(node);
            case "string" -> node.isTextual() ? text(node.asText(), schema.limits().format()) : untyped(node);
            case "number" -> node.isNumber() ? (Object) node.asDouble() : untyped(node);
            case "integer" -> node.isNumber() ? (Object) node.asLong() : untyped(node);
            default -> untyped(node);
        };
    }

    private static Object object(ObjectNode object, Structural schema) {
        Structural values = schema.additional();
        return schema.properties().isEmpty() && values != null
                ? new MapView(object, value -> typed(value, values))
                : new StructView(object, schema);
    }

    private static Structural orEmpty(@org.jspecify.annotations.Nullable Structural schema) {
        return schema == null ? Structural.EMPTY : schema;
    }

    private static Object number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.asLong() : node.asDouble();
    }

    /** Malformed text stays text; the expression then fails where it uses it as what it is not. */
    private static Object text(String text, String format) {
        try {
            return switch (format) {
                case "date" -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
                case "date-time", "datetime" -> (Instant) OffsetDateTime.parse(text).toInstant();
                case "duration" -> GoDuration.parse(text);
                case "byte" -> CelByteString.of(Base64.getDecoder().decode(text));
                default -> text;
            };
        } catch (DateTimeException | IllegalArgumentException malformed) {
            return text;
        }
    }
}
