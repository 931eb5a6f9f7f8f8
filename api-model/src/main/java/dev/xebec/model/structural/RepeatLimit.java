package dev.xebec.model.structural;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a pattern becomes when it is compiled: repeats within repeats may multiply to 1,000. Go refuses more; without
 * it, a short pattern would fill the memory.
 *
 * <p>Source: Go {@code regexp/syntax}, repeatIsValid.
 */
final class RepeatLimit {
    private static final long MAX = 1_000;
    private static final int MAX_GROUPS = 1_000;

    private RepeatLimit() {}

    /** What is wrong with the pattern, in the words of Go's regexp; null where nothing is. */
    static @Nullable String wrong(String pattern) {
        Deque<Long> groups = new ArrayDeque<>();
        groups.push(1L);
        long atom = 1;
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            switch (c) {
                case '\\' -> {
                    atom = 1;
                    at = pattern.startsWith("\\Q", at) ? quoteEnd(pattern, at) : at + 2;
                }
                case '[' -> {
                    atom = 1;
                    at = classEnd(pattern, at);
                }
                case '(' -> {
                    groups.push(1L);
                    atom = 1;
                    if (groups.size() > MAX_GROUPS) {
                        return "error parsing regexp: expression nests too deeply: `" + pattern + "`";
                    }
                    at++;
                }
                case ')' -> {
                    atom = groups.size() > 1 ? groups.pop() : 1;
                    groups.push(Math.max(groups.pop(), atom));
                    at++;
                }
                case '{' -> {
                    int end = pattern.indexOf('}', at);
                    String counts = end < 0 ? "" : pattern.substring(at + 1, end);
                    if (counts.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
                        String[] bounds = counts.split(",");
                        atom *= Math.max(1, Long.parseLong(bounds[bounds.length - 1]));
                        if (atom > MAX) {
                            return "error parsing regexp: invalid repeat count: `" + pattern.substring(at, end + 1)
                                    + "`";
                        }
                        groups.push(Math.max(groups.pop(), atom));
                        at = end + 1;
                    } else {
                        atom = 1;
                        at++;
                    }
                }
                case '*', '+', '?' -> at++;
                default -> {
                    atom = 1;
                    at++;
                }
            }
        }
        return null;
    }

    private static int quoteEnd(String pattern, int start) {
        int end = pattern.indexOf("\\E", start);
        return end < 0 ? pattern.length() : end + 2;
    }

    /** A class ends at the first bracket that neither begins it nor belongs to a named class. */
    private static int classEnd(String pattern, int start) {
        int at = pattern.startsWith("[^", start) ? start + 2 : start + 1;
        if (at < pattern.length() && pattern.charAt(at) == ']') {
            at++;
        }
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
                at = pattern.indexOf(":]", at) + 2;
            } else {
                at += pattern.charAt(at) == '\\' ? 2 : 1;
            }
        }
        return Math.min(at + 1, pattern.length());
    }
}
