package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.schema.Schema.Scalar.Type;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The one way in which a value is written back, whatever way it came: quantities with the largest suffix that loses
 * nothing, times in UTC. What is malformed stays as it is; the type check refuses it.
 */
final class CanonicalForm {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private CanonicalForm() {}

    static JsonNode of(Type type, JsonNode value) {
        return switch (type) {
            case QUANTITY -> value.isTextual() || value.isNumber() ? quantity(value) : value;
            case TIME -> value.isTextual() ? time(value, SECONDS) : value;
            case MICRO_TIME -> value.isTextual() ? time(value, MICROS) : value;
            case STRING, BOOLEAN, INT32, INT64, DOUBLE, BYTES, DURATION, INT_OR_STRING, ANY -> value;
        };
    }

    private static JsonNode quantity(JsonNode value) {
        try {
            return text(Quantity.parse(value.asText().strip()).toString(), value);
        } catch (IllegalArgumentException malformed) {
            return value;
        }
    }

    private static JsonNode time(JsonNode value, DateTimeFormatter form) {
        try {
            return text(OffsetDateTime.parse(value.asText()).withOffsetSameInstant(ZoneOffset.UTC).format(form), value);
        } catch (DateTimeException malformed) {
            return value;
        }
    }

    private static JsonNode text(String canonical, JsonNode value) {
        return value.isTextual() && value.asText().equals(canonical) ? value : TextNode.valueOf(canonical);
    }
}
