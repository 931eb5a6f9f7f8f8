package dev.xebec.model.cel;

import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.List;

/**
 * Functions of strings that the extension library lacks, or does not bound.
 *
 * <p>Source: cel-go {@code ext/strings.go}, version 2.
 */
final class StringLibrary {
    /** Characters of a string that a function makes. */
    static final int MAX_RESULT = 10 * 1024 * 1024;

    static final List<CelFunction> FUNCTIONS = List.of(
            CelFunction.member("format", "string_format", SimpleType.STRING,
                    List.of(SimpleType.STRING, ListType.create(SimpleType.DYN)), List.of(String.class, List.class),
                    arguments -> FormattedString.of((String) arguments[0], (List<?>) arguments[1])),
            CelFunction.member("replace", "string_replace_string_string", SimpleType.STRING,
                    List.of(SimpleType.STRING, SimpleType.STRING, SimpleType.STRING),
                    List.of(String.class, String.class, String.class),
                    arguments -> replace((String) arguments[0], (String) arguments[1], (String) arguments[2], -1)),
            CelFunction.member("replace", "string_replace_string_string_int", SimpleType.STRING,
                    List.of(SimpleType.STRING, SimpleType.STRING, SimpleType.STRING, SimpleType.INT),
                    List.of(String.class, String.class, String.class, Long.class),
                    arguments -> replace((String) arguments[0], (String) arguments[1], (String) arguments[2],
                            (Long) arguments[3])));

    private StringLibrary() {}

    private static String replace(String text, String old, String with, long limit) {
        StringBuilder result = new StringBuilder();
        long left = limit < 0 ? Long.MAX_VALUE : limit;
        int at = 0;
        if (old.isEmpty()) {
            while (left-- > 0 && at <= text.length()) {
                append(result, with);
                int next = at < text.length() ? text.offsetByCodePoints(at, 1) : at + 1;
                append(result, text.substring(at, Math.min(next, text.length())));
                at = next;
            }
            return at < text.length() ? append(result, text.substring(at)).toString() : result.toString();
        }
        for (int found = text.indexOf(old); found >= 0 && left-- > 0; found = text.indexOf(old, at)) {
            append(append(result, text.substring(at, found)), with);
            at = found + old.length();
        }
        return append(result, text.substring(at)).toString();
    }

    static StringBuilder append(StringBuilder result, String part) {
        if (result.length() + part.length() > MAX_RESULT) {
            throw new IllegalArgumentException("the resulting string is too long");
        }
        return result.append(part);
    }
}
