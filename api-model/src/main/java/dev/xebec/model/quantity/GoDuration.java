package dev.xebec.model.quantity;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A length of time as Go writes it, {@code 1h2m3.5s}, and what Go says of what is none. Source: Go's {@code time.ParseDuration}.
 */
public final class GoDuration {
    private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
    /** Digits that are read of one number; more are more than any duration has. */
    private static final int MAX_DIGITS = 100;

    private final String text;
    private final String rest;
    private int at;

    private GoDuration(String text, String rest) {
        this.text = text;
        this.rest = rest;
    }

    /** Throws {@link IllegalArgumentException} with Go's words for what is no duration. */
    public static Duration parse(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        GoDuration reading = new GoDuration(text, signed ? text.substring(1) : text);
        Duration duration = Duration.ofNanos(reading.nanos().longValue());
        return text.startsWith("-") ? duration.negated() : duration;
    }

    private BigDecimal nanos() {
        if (rest.equals("0")) {
            return BigDecimal.ZERO;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        do {
            nanos = nanos.add(part());
            if (nanos.compareTo(MAX_NANOS) > 0) {
                throw invalid();
            }
        } while (at < rest.length());
        return nanos;
    }

    private BigDecimal part() {
        String whole = digits();
        String fraction = "";
        boolean point = at < rest.length() && rest.charAt(at) == '.';
        if (point) {
            at++;
            fraction = digits();
        }
        if (whole.isEmpty() && fraction.isEmpty() || whole.length() > MAX_DIGITS) {
            throw invalid();
        }
        BigDecimal number = new BigDecimal("0" + whole + "." + cut(fraction) + "0");
        return number.multiply(BigDecimal.valueOf(unit()));
    }

    private static String cut(String fraction) {
        return fraction.length() > MAX_DIGITS ? fraction.substring(0, MAX_DIGITS) : fraction;
    }

    private String digits() {
        int from = at;
        while (at < rest.length() && rest.charAt(at) >= '0' && rest.charAt(at) <= '9') {
            at++;
        }
        return rest.substring(from, at);
    }

    private long unit() {
        int from = at;
        while (at < rest.length() && rest.charAt(at) != '.' && (rest.charAt(at) < '0' || rest.charAt(at) > '9')) {
            at++;
        }
        String unit = rest.substring(from, at);
        return switch (unit) {
            case "" -> throw new IllegalArgumentException("time: missing unit in duration " + quoted(text));
            case "ns" -> 1L;
            case "us", "\u00b5s", "\u03bcs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> throw new IllegalArgumentException(
                    "time: unknown unit " + quoted(unit) + " in duration " + quoted(text));
        };
    }

    private IllegalArgumentException invalid() {
        return new IllegalArgumentException("time: invalid duration " + quoted(text));
    }

    /** Bytes that are no plain text by their number. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            if (one < ' ') {
                quoted.append(String.format("\\x%02x", one & 0xff));
            } else {
                quoted.append(one == '"' || one == '\\' ? "\\" : "").append((char) one);
            }
        }
        return quoted.append('"').toString();
    }
}
