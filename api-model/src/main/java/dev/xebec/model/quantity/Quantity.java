package dev.xebec.model.quantity;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount of a resource with the family of suffixes it was written in: {@code 100m}, {@code 1536Mi},
 * {@code 1e3}.
 *
 * <p>Immutable. Equal amounts are equal however they are written. Nothing smaller than a nano exists (rounded away from
 * zero) and nothing beyond 2^63-1 (cut off there). Source: apimachinery {@code api/resource/quantity.go}.
 */
public final class Quantity implements Comparable<Quantity> {
    private static final String SYNTAX = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private static final String BAD_SUFFIX = "unable to parse quantity's suffix";
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final int NANO = 9;
    /** Characters of a quantity; nothing sensible is longer. */
    private static final int MAX_LENGTH = 128;
    private static final String BINARY = "KMGTPE";
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};

    private enum Family {
        DECIMAL_SI, BINARY_SI, EXPONENT
    }

    private static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Family.DECIMAL_SI);

    private final BigDecimal amount;
    private final Family family;

    private Quantity(BigDecimal amount, Family family) {
        BigDecimal rounded = amount.scale() > NANO ? amount.setScale(NANO, RoundingMode.UP) : amount;
        this.amount = rounded.compareTo(MAX) > 0 ? MAX : rounded.compareTo(MAX.negate()) < 0 ? MAX.negate() : rounded;
        this.family = family;
    }

    public static Quantity zero() {
        return ZERO;
    }

    public static Quantity of(long value) {
        return new Quantity(BigDecimal.valueOf(value), Family.DECIMAL_SI);
    }

    public static Quantity ofMillis(long millis) {
        return new Quantity(BigDecimal.valueOf(millis, 3), Family.DECIMAL_SI);
    }

    /** An amount of bytes: written with Ki, Mi, … */
    public static Quantity ofBytes(long bytes) {
        return new Quantity(BigDecimal.valueOf(bytes), Family.BINARY_SI);
    }

    /** Throws {@link IllegalArgumentException} in Kubernetes' words where the text is no quantity. */
    public static Quantity parse(String text) {
        int digits = 0;
        int end = text.length();
        if (end == 0 || end > MAX_LENGTH) {
            throw new IllegalArgumentException(SYNTAX);
        }
        int at = text.charAt(0) == '+' || text.charAt(0) == '-' ? 1 : 0;
        boolean point = false;
        for (; at < end && (isDigit(text.charAt(at)) || text.charAt(at) == '.'); at++) {
            if (text.charAt(at) != '.') {
                digits++;
            } else if (point) {
                throw new IllegalArgumentException(SYNTAX);
            } else {
                point = true;
            }
        }
        if (digits == 0) {
            throw new IllegalArgumentException(SYNTAX);
        }
        return scaled(new BigDecimal(number(text.substring(0, at))), text.substring(at));
    }

    /** Reads a JSON quantity, a string or a number; absent is zero. Throws as {@link #parse(String)}. */
    public static Quantity of(@Nullable JsonNode node) {
        return node == null || node.isMissingNode() || node.isNull() ? ZERO : parse(node.asText());
    }

    /** BigDecimal wants digits on one side of the point at least, and reads "5." and ".5". */
    private static String number(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Quantity scaled(BigDecimal number, String suffix) {
        if (suffix.length() == 2 && suffix.charAt(1) == 'i' && BINARY.indexOf(suffix.charAt(0)) >= 0) {
            return new Quantity(number.multiply(KIBI.pow(BINARY.indexOf(suffix.charAt(0)) + 1)), Family.BINARY_SI);
        }
        for (int power = 0; power < DECIMAL.length; power++) {
            if (DECIMAL[power].equals(suffix)) {
                return new Quantity(number.scaleByPowerOfTen(3 * power - NANO), Family.DECIMAL_SI);
            }
        }
        if (suffix.matches("[eE][+-]?[0-9]{1,4}")) {
            int power = Integer.parseInt(suffix.substring(suffix.charAt(1) == '+' ? 2 : 1));
            return new Quantity(number.scaleByPowerOfTen(power), Family.EXPONENT);
        }
        throw new IllegalArgumentException(suffix.matches("[eEinumkKMGTP]*[-+]?[0-9]*") ? BAD_SUFFIX : SYNTAX);
    }

    public Quantity add(Quantity other) {
        return new Quantity(amount.add(other.amount), isZero() ? other.family : family);
    }

    public Quantity subtract(Quantity other) {
        return new Quantity(amount.subtract(other.amount), isZero() ? other.family : family);
    }

    public Quantity multiply(long factor) {
        return new Quantity(amount.multiply(BigDecimal.valueOf(factor)), family);
    }

    /** The exact amount, without its suffix. */
    public BigDecimal amount() {
        return amount;
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    /** -1, 0 or 1. */
    public int signum() {
        return amount.signum();
    }

    /** The amount, rounded away from zero to a whole number. */
    public long value() {
        return saturated(amount);
    }

    /** A thousand times the amount, rounded away from zero; the ends of the range where it does not fit. */
    public long milliValue() {
        return saturated(amount.scaleByPowerOfTen(3));
    }

    private static long saturated(BigDecimal number) {
        BigDecimal whole = number.setScale(0, RoundingMode.UP);
        if (whole.compareTo(MAX) > 0) {
            return Long.MAX_VALUE;
        }
        return whole.compareTo(MAX.negate()) < 0 ? Long.MIN_VALUE : whole.longValueExact();
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity that && amount.compareTo(that.amount) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }

    /** The canonical form: no fraction, the largest suffix of its family that loses nothing. */
    @Override
    public String toString() {
        if (isZero()) {
            return "0";
        }
        boolean whole = amount.stripTrailingZeros().scale() <= 0;
        boolean large = amount.abs().compareTo(KIBI) >= 0;
        return family == Family.BINARY_SI && whole && large ? binary() : decimal();
    }

    private String binary() {
        BigInteger number = amount.toBigIntegerExact();
        BigInteger step = KIBI.toBigInteger();
        int power = 0;
        while (power < BINARY.length() && number.mod(step).signum() == 0) {
            number = number.divide(step);
            power++;
        }
        return power == 0 ? number.toString() : number + BINARY.substring(power - 1, power) + "i";
    }

    private String decimal() {
        int power = Math.floorDiv(-amount.stripTrailingZeros().scale(), 3) * 3;
        if (family != Family.EXPONENT) {
            power = Math.min(power, 3 * (DECIMAL.length - 1) - NANO);
        }
        String number = amount.scaleByPowerOfTen(-power).toBigIntegerExact().toString();
        if (family == Family.EXPONENT) {
            return power == 0 ? number : number + "e" + power;
        }
        return number + DECIMAL[(power + NANO) / 3];
    }
}
