package dev.xebec.model.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.xebec.model.quantity.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/** Quantities such as {@code 1.5Gi}. Source: apiserver {@code pkg/cel/library/quantity.go}. */
final class QuantityLibrary {
    static final CelType TYPE = OpaqueType.create("kubernetes.Quantity");
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);

    static final List<CelFunction> FUNCTIONS = List.of(
            CelFunction.global("quantity", "string_to_quantity", TYPE, List.of(SimpleType.STRING),
                    List.of(String.class), arguments -> Quantity.parse((String) arguments[0])),
            CelFunction.global("isQuantity", "is_quantity_string", SimpleType.BOOL, List.of(SimpleType.STRING),
                    List.of(String.class), arguments -> isQuantity((String) arguments[0])),
            CelFunction.global("sign", "quantity_sign", SimpleType.INT, List.of(TYPE), List.of(Quantity.class),
                    arguments -> (long) ((Quantity) arguments[0]).signum()),
            of("asApproximateFloat", "quantity_get_float", SimpleType.DOUBLE,
                    quantity -> exact(quantity).doubleValue()),
            of("asInteger", "quantity_get_int", SimpleType.INT, QuantityLibrary::integer),
            of("isInteger", "quantity_is_integer", SimpleType.BOOL, QuantityLibrary::isInteger),
            both("isGreaterThan", "quantity_is_greater_than", SimpleType.BOOL,
                    (one, other) -> one.compareTo(other) > 0),
            both("isLessThan", "quantity_is_less_than", SimpleType.BOOL, (one, other) -> one.compareTo(other) < 0),
            both("compareTo", "quantity_compare_to", SimpleType.INT,
                    (one, other) -> (long) Integer.signum(one.compareTo(other))),
            both("add", "quantity_add", TYPE, Quantity::add), both("sub", "quantity_sub", TYPE, Quantity::subtract),
            withNumber("add", "quantity_add_int", Quantity::add),
            withNumber("sub", "quantity_sub_int", Quantity::subtract));

    private QuantityLibrary() {}

    /** What is made of two quantities. */
    private interface OfTwo {
        Object apply(Quantity one, Quantity other);
    }

    private static CelFunction of(String name, String overload, CelType result, Function<Quantity, Object> body) {
        return CelFunction.member(name, overload, result, List.of(TYPE), List.of(Quantity.class),
                arguments -> body.apply((Quantity) arguments[0]));
    }

    private static CelFunction both(String name, String overload, CelType result, OfTwo body) {
        return CelFunction.member(name, overload, result, List.of(TYPE, TYPE),
                List.of(Quantity.class, Quantity.class),
                arguments -> body.apply((Quantity) arguments[0], (Quantity) arguments[1]));
    }

    private static CelFunction withNumber(String name, String overload, OfTwo body) {
        return CelFunction.member(name, overload, TYPE, List.of(TYPE, SimpleType.INT),
                List.of(Quantity.class, Long.class),
                arguments -> body.apply((Quantity) arguments[0], Quantity.of((long) (Long) arguments[1])));
    }

    private static boolean isQuantity(String text) {
        try {
            return Quantity.parse(text) != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static BigDecimal exact(Quantity quantity) {
        return quantity.amount();
    }

    private static boolean isInteger(Quantity quantity) {
        BigDecimal amount = exact(quantity).stripTrailingZeros();
        return amount.scale() <= 0 && amount.compareTo(MAX) <= 0 && amount.compareTo(MIN) >= 0;
    }

    private static Object integer(Quantity quantity) {
        if (!isInteger(quantity)) {
            throw new IllegalArgumentException("cannot convert value to integer");
        }
        return exact(quantity).longValueExact();
    }
}
