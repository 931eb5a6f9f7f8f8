package dev.xebec.model.protobuf;

import java.math.BigDecimal;

/** A duration as Go writes it: {@code 1h30m0s}, {@code 1.5s}, {@code 250ms}, {@code 0s}. Source: Go's {@code time.Duration}. */
final class GoDuration {
    private static final long SECOND = 1_000_000_000L;

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
