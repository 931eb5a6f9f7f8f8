package dev.xebec.model.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.values.CelByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@code isSorted}, {@code sum}, {@code min}, {@code max}, {@code indexOf} and {@code lastIndexOf}.
 * Overloads differ in what the checker knows of elements only: what they do depends on the elements themselves.
 *
 * <p>Source: apiserver {@code pkg/cel/library/lists.go}.
 */
final class ListLibrary {
    private static final List<CelType> COMPARABLE = List.of(SimpleType.INT, SimpleType.UINT, SimpleType.DOUBLE,
            SimpleType.BOOL, SimpleType.DURATION, SimpleType.TIMESTAMP, SimpleType.STRING, SimpleType.BYTES);
    private static final List<CelType> SUMMABLE = List.of(SimpleType.INT, SimpleType.UINT, SimpleType.DOUBLE,
            SimpleType.DURATION);
    private static final CelType PARAMETER = TypeParamType.create("T");

    static final List<CelFunction> FUNCTIONS = functions();

    private ListLibrary() {}

    /** Whether an overload is one of several that do the same. */
    static boolean isInterchangeable(String overload) {
        return overload.startsWith("list_") && !overload.startsWith("list_a_");
    }

    private static List<CelFunction> functions() {
        List<CelFunction> functions = new ArrayList<>();
        for (CelType type : COMPARABLE) {
            String name = type.name().replace('.', '_');
            functions.add(member("isSorted", "list_" + name + "_is_sorted_bool", SimpleType.BOOL, type,
                    ListLibrary::isSorted));
            functions.add(member("min", "list_" + name + "_min_" + name, type, type, list -> extreme(list, -1, "min")));
            functions.add(member("max", "list_" + name + "_max_" + name, type, type, list -> extreme(list, 1, "max")));
        }
        for (CelType type : SUMMABLE) {
            String name = type.name().replace('.', '_');
            functions.add(member("sum", "list_" + name + "_sum_" + name, type, type, list -> sum(list, type)));
        }
        functions.add(CelFunction.member("indexOf", "list_a_index_of_int", SimpleType.INT,
                List.of(ListType.create(PARAMETER), PARAMETER), List.of(List.class, Object.class),
                arguments -> index((List<?>) arguments[0], arguments[1], false)));
        functions.add(CelFunction.member("lastIndexOf", "list_a_last_index_of_int", SimpleType.INT,
                List.of(ListType.create(PARAMETER), PARAMETER), List.of(List.class, Object.class),
                arguments -> index((List<?>) arguments[0], arguments[1], true)));
        return functions;
    }

    /** What a function makes of a list. */
    private interface OfList {
        Object apply(List<?> list);
    }

    private static CelFunction member(String name, String overload, CelType result, CelType element, OfList body) {
        return CelFunction.member(name, overload, result, List.of(ListType.create(element)), List.of(List.class),
                arguments -> body.apply((List<?>) arguments[0]));
    }

    private static Object isSorted(List<?> list) {
        for (int at = 1; at < list.size(); at++) {
            if (compare(list.get(at - 1), list.get(at)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object extreme(List<?> list, int sign, String name) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException(name + " called on empty list");
        }
        Object best = Objects.requireNonNull(list.get(0));
        for (Object one : list) {
            best = compare(one, best) * sign > 0 ? one : best;
        }
        return best;
    }

    /** By what the elements are; the sum of nothing is the zero of the type that was declared. */
    private static Object sum(List<?> list, CelType type) {
        Object first = list.isEmpty() ? zero(type) : list.get(0);
        return switch (first) {
            case Duration duration -> list.stream().map(Duration.class::cast).reduce(Duration.ZERO, Duration::plus);
            case Double number -> list.stream().mapToDouble(one -> ((Number) one).doubleValue()).sum();
            case UnsignedLong number -> list.stream().map(UnsignedLong.class::cast).reduce(UnsignedLong.ZERO,
                    UnsignedLong::plus);
            case Long number -> {
                long sum = 0;
                for (Object one : list) {
                    sum = Math.addExact(sum, ((Number) one).longValue());
                }
                yield sum;
            }
            default -> mismatch();
        };
    }

    private static Object zero(CelType type) {
        return type.equals(SimpleType.DURATION)
                ? Duration.ZERO
                : type.equals(SimpleType.DOUBLE) ? 0.0 : type.equals(SimpleType.UINT) ? UnsignedLong.ZERO : (Object) 0L;
    }

    private static Object index(List<?> list, Object wanted, boolean fromEnd) {
        for (int step = 0; step < list.size(); step++) {
            int at = fromEnd ? list.size() - 1 - step : step;
            if (wanted.equals(list.get(at))) {
                return (long) at;
            }
        }
        return -1L;
    }

    private static int compare(Object one, Object other) {
        return switch (one) {
            case Long number -> other instanceof Number that
                    ? Double.compare(number, that.doubleValue()) == 0
                            ? Long.compare(number, that.longValue())
                            : Double.compare(number, that.doubleValue())
                    : mismatch();
            case Double number -> other instanceof Number that
                    ? Double.compare(number, that.doubleValue())
                    : mismatch();
            case UnsignedLong number ->
                other instanceof UnsignedLong that ? number.compareTo(that) : mismatch();
            case String text -> other instanceof String that ? compareText(text, that) : mismatch();
            case Boolean truth -> other instanceof Boolean that ? truth.compareTo(that) : mismatch();
            case Duration duration -> other instanceof Duration that ? duration.compareTo(that) : mismatch();
            case Instant instant -> other instanceof Instant that ? instant.compareTo(that) : mismatch();
            case CelByteString bytes -> other instanceof CelByteString that
                    ? java.util.Arrays.compareUnsigned(bytes.toByteArray(), that.toByteArray())
                    : mismatch();
            default -> mismatch();
        };
    }

    /** By code points, as UTF-8 sorts. */
    private static int compareText(String one, String other) {
        return java.util.Arrays.compareUnsigned(one.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                other.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static int mismatch() {
        throw new IllegalArgumentException("no such overload");
    }
}
