package dev.xebec.model.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The most that one call can cost beside its operands, and how large its result can be.
 *
 * @param resultSize null where nothing is known of it
 */
record CallCost(long cost, @Nullable Long resultSize) {
    private static final double TRAVERSAL = 0.1;
    private static final double REGEX = 0.25;
    /** What it costs to make a list at all. */
    private static final int LIST = 10;
    /** Characters of the longest pattern behind a named format. */
    private static final int FORMAT_PATTERN = 128;

    /**
     * @param sizes of the operands, the target first
     * @param elementSize how large an element of the first operand is; 0 for others than texts
     * @param text whether the first operand is a text
     */
    static CallCost of(String function, List<Long> sizes, long elementSize, boolean text) {
        long first = sizes.isEmpty() ? 0 : sizes.get(0);
        long second = sizes.size() < 2 ? 0 : sizes.get(1);
        return switch (function) {
            case "_&&_", "_||_" -> fixed(0);
            case "_==_", "_!=_" -> fixed(StaticCost.scaled(Math.min(first, second), TRAVERSAL));
            case "_<_", "_<=_", "_>_", "_>=_" ->
                fixed(text ? StaticCost.scaled(Math.min(first, second), TRAVERSAL) : 1);
            case "_+_" -> new CallCost(
                    text ? StaticCost.scaled(StaticCost.plus(first, second), TRAVERSAL) : 1,
                    StaticCost.plus(first, second));
            case "startsWith", "endsWith" -> fixed(StaticCost.scaled(second, TRAVERSAL));
            case "@in", "_in_", "in" -> fixed(second);
            case "contains" -> fixed(StaticCost.times(StaticCost.scaled(first, TRAVERSAL),
                    StaticCost.scaled(second, TRAVERSAL)));
            case "matches" -> fixed(regex(first, second));
            case "find", "findAll" -> new CallCost(regex(first, second), first);
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> fixed(text
                    ? StaticCost.scaled(first, TRAVERSAL)
                    : StaticCost.times(first, StaticCost.plus(1, StaticCost.scaled(elementSize, TRAVERSAL))));
            case "url", "lowerAscii", "upperAscii", "substring", "trim" ->
                new CallCost(StaticCost.scaled(first, TRAVERSAL), first);
            case "string", "bytes" -> new CallCost(text ? StaticCost.scaled(first, TRAVERSAL) : 1,
                    text ? StaticCost.times(first, function.equals("bytes") ? 4 : 1) : null);
            case "strings.quote" -> new CallCost(StaticCost.scaled(first, TRAVERSAL),
                    StaticCost.plus(StaticCost.times(first, 2), 2));
            case "replace" -> new CallCost(StaticCost.scaled(first, 2 * TRAVERSAL), replaced(sizes));
            case "split" -> new CallCost(StaticCost.scaled(first, 2 * TRAVERSAL), first);
            case "join" -> join(first, second, elementSize);
            case "format" -> new CallCost(StaticCost.scaled(first, TRAVERSAL), null);
            case "validate" -> fixed(StaticCost.scaled(second, TRAVERSAL * FORMAT_PATTERN * REGEX));
            case "slice", "lists.range", "reverse", "flatten" -> list(1, first);
            case "distinct" -> list(2, StaticCost.times(first, first));
            case "sort" -> list(2 + (elementSize > 0 ? TRAVERSAL : 0), StaticCost.times(first, first));
            case "@sortByAssociatedKeys" -> list(2, StaticCost.times(second, second));
            case "check" -> fixed(350_000);
            case "containsIP" -> fixed(StaticCost.plus(4, StaticCost.scaled(second, TRAVERSAL)));
            case "containsCIDR" -> fixed(StaticCost.plus(7, StaticCost.scaled(second, TRAVERSAL)));
            default -> fixed(1);
        };
    }

    private static CallCost fixed(long cost) {
        return new CallCost(cost, null);
    }

    /** A function that makes a list. Source: cel-go {@code ext/lists.go}. */
    private static CallCost list(double factor, long size) {
        return new CallCost(StaticCost.plus(StaticCost.plus(StaticCost.scaled(size, factor), 1), LIST), size);
    }

    private static long regex(long text, long pattern) {
        return StaticCost.times(StaticCost.scaled(StaticCost.plus(text, 1), TRAVERSAL),
                StaticCost.scaled(pattern, REGEX));
    }

    /** An empty text to replace stands between all characters. */
    private static long replaced(List<Long> sizes) {
        long with = sizes.size() < 3 ? 0 : sizes.get(2);
        return StaticCost.plus(sizes.get(0), StaticCost.times(StaticCost.plus(sizes.get(0), 1), with));
    }

    private static CallCost join(long count, long separator, long elementSize) {
        long size = StaticCost.plus(StaticCost.times(count, elementSize),
                StaticCost.times(separator, Math.max(0, count - 1)));
        return new CallCost(StaticCost.scaled(size, TRAVERSAL), size);
    }
}
