package dev.xebec.model.protobuf;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration as Go writes it: {@code 1h30m0s}, {@code 1.5s}, {@code 250ms}, {@code 0s}. Source: Go's {@code time.Duration}. */
final class GoDuration {
    private static final long SECOND = 1_000_000_000L;
    private static final Pattern PART = Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,19})?)(h|ms|m|s|us|µs|ns)");

    private GoDuration() {}

    static String format(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        BigDecimal left = BigDecimal.valueOf(nanos).abs();
        String sign = nanos < 0 ? "-" : "";
        if (left.compareTo(BigDecimal.valueOf(SECOND)) < 0) {
            return sign + fraction(left.longValueExact());
        }
        BigDecimal[] minutes = left.divideAndRemainder(BigDecimal.valueOf(60 * SECOND));
        String seconds = plain(minutes[1].movePointLeft(9)) + "s";
        long whole = minutes[0].longValueExact();
        if (whole == 0) {
            return sign + seconds;
        }
        return sign + (whole >= 60 ? whole / 60 + "h" : "") + whole % 60 + "m" + seconds;
    }

    /** Nanoseconds of what {@link #format} writes; 0 for what is no duration. */
    static long parse(String text) {
        Matcher part = PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        while (part.find()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanos(part.group(2)))));
        }
        return text.startsWith("-") ? -nanos.longValue() : nanos.longValue();
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "h" -> 3_600 * SECOND;
            case "m" -> 60 * SECOND;
            case "s" -> SECOND;
            case "ms" -> 1_000_000;
            case "us", "µs" -> 1_000;
            default -> 1;
        };
    }

    private static String fraction(long nanos) {
        if (nanos >= 1_000_000) {
            return plain(BigDecimal.valueOf(nanos, 6)) + "ms";
        }
        return nanos >= 1_000 ? plain(BigDecimal.valueOf(nanos, 3)) + "µs" : nanos + "ns";
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
