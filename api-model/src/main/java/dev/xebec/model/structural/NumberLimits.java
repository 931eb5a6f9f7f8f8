package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.status.FieldError;
import java.math.BigDecimal;
import java.math.BigInteger;

/** What a schema says of a number. Exact: values and limits are compared as decimals. */
final class NumberLimits {
    private static final BigDecimal MAX_INT32 = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal MIN_INT32 = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal MAX_INT64 = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal MIN_INT64 = BigDecimal.valueOf(Long.MIN_VALUE);
    /** From here on Go shows a number with an exponent. */
    private static final BigDecimal EXPONENT_FROM = new BigDecimal(BigInteger.TEN.pow(21));
    /** Digits beyond which a number is taken as not a multiple rather than divided. */
    private static final int MAX_SCALE = 400;

    private NumberLimits() {}

    static void check(Structural schema, JsonNode value, Place place) {
        place.judgement().checked();
        Limits limits = schema.limits();
        BigDecimal number = value.decimalValue();
        range(schema, number, place);
        if (limits.multipleOf() != null && !isMultiple(number, limits.multipleOf())) {
            place.invalid(value, "should be a multiple of " + shown(limits.multipleOf()));
        }
        if (limits.maximum() != null) {
            int beyond = number.compareTo(limits.maximum());
            if (beyond > 0 || (beyond == 0 && limits.exclusiveMaximum())) {
                place.invalid(value, "should be less than " + (limits.exclusiveMaximum() ? "" : "or equal to ")
                        + shown(limits.maximum()));
            }
        }
        if (limits.minimum() != null) {
            int beyond = number.compareTo(limits.minimum());
            if (beyond < 0 || (beyond == 0 && limits.exclusiveMinimum())) {
                place.invalid(value, "should be greater than " + (limits.exclusiveMinimum() ? "" : "or equal to ")
                        + shown(limits.minimum()));
            }
        }
    }

    private static void range(Structural schema, BigDecimal number, Place place) {
        if (!schema.type().equals("integer")) {
            return;
        }
        String format = TypeOfValue.numberFormat(schema);
        boolean small = format.equals("int32");
        if (number.compareTo(small ? MAX_INT32 : MAX_INT64) > 0
                || number.compareTo(small ? MIN_INT32 : MIN_INT64) < 0) {
            place.judgement().add(FieldError.invalid(place.prefix().isEmpty() ? "<nil>" : place.prefix(), "",
                    "Checked value must be of type integer " + (format.isEmpty()
                            ? "(default format)"
                            : "with format " + format) + " in " + place.path()));
        }
    }

    private static boolean isMultiple(BigDecimal number, BigDecimal factor) {
        if (factor.signum() <= 0 || Math.abs(number.scale()) > MAX_SCALE || Math.abs(factor.scale()) > MAX_SCALE) {
            return false;
        }
        return number.remainder(factor).signum() == 0;
    }

    /** As Go shows a float64: no trailing zeros, no exponent where none is needed. */
    static String shown(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.abs().compareTo(EXPONENT_FROM) < 0 && plain.scale() < 21
                ? plain.toPlainString()
                : Double.toString(plain.doubleValue()).replace("E", "e");
    }
}
