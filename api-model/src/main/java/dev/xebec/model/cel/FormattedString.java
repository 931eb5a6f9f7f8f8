package dev.xebec.model.cel;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code 'text %s %d'.format([…])}. Source: cel-go {@code ext/formatting.go}. */
final class FormattedString {
    private static final int DEFAULT_PRECISION = 6;
    private static final int MAX_PRECISION = 100;

    private FormattedString() {}

    static String of(String format, List<?> arguments) {
        StringBuilder result = new StringBuilder();
        int next = 0;
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%') {
                result.append(c);
                continue;
            }
            if (at == format.length()) {
                throw new IllegalArgumentException("unexpected end of string");
            }
            if (format.charAt(at) == '%') {
                result.append('%');
                at++;
                continue;
            }
            int precision = -1;
            if (format.charAt(at) == '.') {
                int end = at + 1;
                while (end < format.length() && Character.isDigit(format.charAt(end))) {
                    end++;
                }
                precision = Integer.parseInt("0" + format.substring(at + 1, Math.min(end, at + 6)));
                at = end;
            }
            if (at == format.length()) {
                throw new IllegalArgumentException("unexpected end of string");
            }
            if (next == arguments.size()) {
                throw new IllegalArgumentException("index " + next + " out of range");
            }
            StringLibrary.append(result, clause(format.charAt(at++), precision, arguments.get(next++)));
        }
        return result.toString();
    }

    private static String clause(char verb, int precision, @Nullable Object value) {
        if (precision > MAX_PRECISION) {
            throw new IllegalArgumentException("precision " + precision + " is too large");
        }
        int digits = precision < 0 ? DEFAULT_PRECISION : precision;
        return switch (verb) {
            case 's' -> text(value);
            case 'd' -> value instanceof Number number && !(value instanceof Double)
                    ? number.toString()
                    : special(value, "decimal clause can only be used on integers");
            case 'f' -> value instanceof Number number
                    ? fixed(number, digits)
                    : special(value, "fixed-point clause can only be used on doubles");
            case 'e' -> value instanceof Number number
                    ? scientific(number, digits)
                    : special(value, "scientific clause can only be used on doubles");
            case 'b' -> value instanceof Boolean truth
                    ? truth ? "1" : "0"
                    : value instanceof Long number
                            ? Long.toString(number, 2)
                            : special(value, "only integers and bools can be formatted as binary");
            case 'o' -> value instanceof Long number
                    ? Long.toString(number, 8)
                    : special(value, "octal clause can only be used on integers");
            case 'x' -> hexadecimal(value);
            case 'X' -> hexadecimal(value).toUpperCase(Locale.ROOT);
            default -> throw new IllegalArgumentException(
                    "could not parse formatting clause: unrecognized formatting clause \"" + verb + "\"");
        };
    }

    private static String special(@Nullable Object value, String wrong) {
        if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            return number(number);
        }
        throw new IllegalArgumentException("error during formatting: " + wrong);
    }

    private static String fixed(Number value, int digits) {
        double number = value.doubleValue();
        return Double.isNaN(number) || Double.isInfinite(number)
                ? number(number)
                : new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(Number value, int digits) {
        double number = value.doubleValue();
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return number(number);
        }
        BigDecimal exact = new BigDecimal(number).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        return String.format(Locale.ROOT, "%." + digits + "e", exact);
    }

    private static String hexadecimal(@Nullable Object value) {
        return switch (value) {
            case Long number -> Long.toString(number, 16);
            case String text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
            case CelByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
            case null, default -> special(value, "only integers, byte buffers, and strings can be formatted as hex");
        };
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        BigDecimal plain = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        return plain.scale() < -20 ? Double.toString(number) : plain.toPlainString();
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case NullValue none -> "null";
            case String text -> text;
            case Double number -> number(number);
            case CelByteString bytes -> bytes.toStringUtf8();
            case Duration duration -> BigDecimal.valueOf(duration.getSeconds())
                    .add(BigDecimal.valueOf(duration.getNano(), 9)).stripTrailingZeros().toPlainString() + "s";
            case Instant instant -> instant.toString();
            case List<?> list -> list.stream().map(FormattedString::text)
                    .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                map.forEach((key, one) -> sorted.put(text(key), text(one)));
                yield sorted.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue())
                        .collect(Collectors.joining(", ", "{", "}"));
            }
            default -> value.toString();
        };
    }
}
