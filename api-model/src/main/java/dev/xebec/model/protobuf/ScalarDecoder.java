package dev.xebec.model.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.xebec.model.schema.Schema.Scalar;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Leaves, and the small messages that are leaves in JSON: quantities, times, int-or-strings. Null where the value says
 * the same as no value.
 */
final class ScalarDecoder {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long YEAR_1 = -62_135_596_800L;
    private static final long YEAR_9999 = 253_402_300_799L;

    private ScalarDecoder() {}

    static @Nullable JsonNode decode(Scalar.Type type, WireReader in) {
        return switch (type) {
            case STRING -> JSON.textNode(in.text());
            case BOOLEAN -> JSON.booleanNode(in.varint() != 0);
            case INT32 -> JSON.numberNode((int) in.varint());
            case INT64 -> JSON.numberNode(in.varint());
            case DOUBLE -> number(in.fixed64());
            case BYTES -> JSON.textNode(java.util.Base64.getEncoder().encodeToString(in.bytes()));
            case TIME -> time(in.message(), false);
            case MICRO_TIME -> time(in.message(), true);
            case DURATION -> JSON.textNode(GoDuration.format(firstVarint(in.message())));
            case QUANTITY -> quantity(in.message());
            case INT_OR_STRING -> intOrString(in.message());
            case ANY -> throw new IllegalStateException("not a leaf");
        };
    }

    /** A number of a list that is written packed; null for a type that cannot be. */
    static @Nullable JsonNode packed(Scalar.Type type, WireReader in) {
        return switch (type) {
            case BOOLEAN -> JSON.booleanNode(in.packedVarint() != 0);
            case INT32 -> JSON.numberNode((int) in.packedVarint());
            case INT64 -> JSON.numberNode(in.packedVarint());
            case STRING, DOUBLE, BYTES, TIME, MICRO_TIME, DURATION, QUANTITY, INT_OR_STRING, ANY -> null;
        };
    }

    private static JsonNode number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw WireReader.malformed("a number that JSON does not have");
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return whole ? JSON.numberNode((long) value) : JSON.numberNode(value);
    }

    /** {@code seconds=1, nanos=2}; the zero time is no time. Fractions of a second count in a MicroTime alone. */
    private static @Nullable JsonNode time(WireReader in, boolean micros) {
        long seconds = 0;
        long nanos = 0;
        while (in.hasMore()) {
            switch (in.field()) {
                case 1 -> seconds = in.varint();
                case 2 -> nanos = in.varint();
                default -> in.skip();
            }
        }
        if (seconds == 0 && nanos == 0) {
            return null;
        }
        if (seconds < YEAR_1 || seconds > YEAR_9999 || nanos < 0 || nanos > 999_999_999) {
            throw WireReader.malformed("a time outside of the years 1 to 9999");
        }
        String text = Instant.ofEpochSecond(seconds).toString();
        return JSON.textNode(micros
                ? text.substring(0, text.length() - 1) + String.format(Locale.ROOT, ".%06dZ", nanos / 1000)
                : text);
    }

    private static JsonNode quantity(WireReader in) {
        String text = "";
        while (in.hasMore()) {
            if (in.field() == 1) {
                text = in.text();
            } else {
                in.skip();
            }
        }
        return JSON.textNode(text.isEmpty() ? "0" : text);
    }

    /** {@code type=1} (0 for a number, 1 for text), {@code intVal=2}, {@code strVal=3}. */
    private static JsonNode intOrString(WireReader in) {
        long type = 0;
        int number = 0;
        String text = "";
        while (in.hasMore()) {
            switch (in.field()) {
                case 1 -> type = in.varint();
                case 2 -> number = (int) in.varint();
                case 3 -> text = in.text();
                default -> in.skip();
            }
        }
        if (type != 0 && type != 1) {
            throw WireReader.malformed("an int-or-string of type " + type);
        }
        return type == 0 ? JSON.numberNode(number) : JSON.textNode(text);
    }

    private static long firstVarint(WireReader in) {
        long value = 0;
        while (in.hasMore()) {
            if (in.field() == 1) {
                value = in.varint();
            } else {
                in.skip();
            }
        }
        return value;
    }
}
