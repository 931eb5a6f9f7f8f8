package dev.xebec.model.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.schema.Schema.Scalar;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;

/**
 * Leaves, and the small messages that are leaves in JSON, on their way out. A text that does not say what its type says is
 * left out: what is stored was checked when it came.
 */
final class ScalarEncoder {
    private ScalarEncoder() {}

    static void write(WireWriter out, int number, Scalar.Type type, JsonNode value) {
        switch (type) {
            case STRING -> out.textField(number, value.asText());
            case BOOLEAN -> out.varintField(number, value.asBoolean() ? 1 : 0);
            case INT32, INT64 -> out.varintField(number, value.asLong());
            case DOUBLE -> out.fixed64Field(number, value.asDouble());
            case BYTES -> bytes(out, number, value.asText());
            case TIME -> time(out, number, value.asText(), false);
            case MICRO_TIME -> time(out, number, value.asText(), true);
            case DURATION -> {
                int before = out.written();
                out.varintField(1, GoDuration.parse(value.asText()));
                out.lengthSince(number, before);
            }
            case QUANTITY -> {
                int before = out.written();
                out.textField(1, value.asText());
                out.lengthSince(number, before);
            }
            case INT_OR_STRING -> intOrString(out, number, value);
            case ANY -> throw new IllegalStateException("not a leaf");
        }
    }

    private static void bytes(WireWriter out, int number, String base64) {
        try {
            out.bytesField(number, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            out.bytesField(number, new byte[0]);
        }
    }

    /** {@code seconds=1, nanos=2}. A Time has whole seconds, a MicroTime whole microseconds. */
    private static void time(WireWriter out, int number, String text, boolean micros) {
        Instant instant;
        try {
            instant = text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException noTime) {
            return;
        }
        int before = out.written();
        out.varintField(2, micros ? instant.getNano() / 1_000 * 1_000L : 0);
        out.varintField(1, instant.getEpochSecond());
        out.lengthSince(number, before);
    }

    /** {@code type=1} (0 for a number, 1 for text), {@code intVal=2}, {@code strVal=3}; Go writes all three. */
    private static void intOrString(WireWriter out, int number, JsonNode value) {
        int before = out.written();
        out.textField(3, value.isTextual() ? value.textValue() : "");
        out.varintField(2, value.isTextual() ? 0 : value.asLong());
        out.varintField(1, value.isTextual() ? 1 : 0);
        out.lengthSince(number, before);
    }
}
