package dev.xebec.model.structural;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path to a field of a schema, as rules and selectable fields name one: {@code .a.b['c d']}.
 *
 * @param normalized as errors name it: {@code a.b.c d}; keys of maps in brackets
 * @param schema what the field is; null where the path is wrong
 * @param error what is wrong with the path; empty for nothing
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/schema/cel/validation.go}, ValidFieldPath.
 */
public record FieldPath(String normalized, @Nullable Structural schema, String error) {

    /** @param brackets whether {@code ['name']} may be used */
    public static FieldPath resolve(String path, Structural root, boolean brackets) {
        StringBuilder normalized = new StringBuilder();
        Structural at = root;
        List<String> tokens = tokens(path);
        for (int next = 0; next < tokens.size(); next++) {
            String token = tokens.get(next);
            String name;
            if (token.equals(".")) {
                if (++next == tokens.size()) {
                    return wrong("unexpected end of JSON path");
                }
                name = tokens.get(next);
            } else if (token.equals("[")) {
                if (!brackets) {
                    return wrong("array notation is not allowed");
                }
                if (++next == tokens.size()) {
                    return wrong("unexpected end of JSON path");
                }
                String quoted = tokens.get(next);
                if (quoted.length() < 2 || !quoted.startsWith("'") || !quoted.endsWith("'")) {
                    return wrong("expected single quoted string but got " + quoted);
                }
                name = quoted.substring(1, quoted.length() - 1).replace("\\'", "'").replace("\\\\", "\\");
                if (++next == tokens.size()) {
                    return wrong("unexpected end of JSON path");
                }
                if (!tokens.get(next).equals("]")) {
                    return wrong("expected ] but got " + tokens.get(next));
                }
            } else {
                return wrong("expected [ or . but got: " + token);
            }
            boolean map = at.properties().isEmpty() && at.additional() != null;
            Structural below = map ? at.additional() : at.properties().get(name);
            if (below == null) {
                return wrong("does not refer to a valid field");
            }
            normalized.append(map ? "[" + name + "]" : normalized.isEmpty() ? name : "." + name);
            at = below;
        }
        return new FieldPath(normalized.toString(), at, "");
    }

    private static FieldPath wrong(String error) {
        return new FieldPath("", null, error);
    }

    private static List<String> tokens(String path) {
        List<String> tokens = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            int end = at + 1;
            if (path.charAt(at) == '\'') {
                while (end < path.length() && (path.charAt(end) != '\'' || path.charAt(end - 1) == '\\')) {
                    end++;
                }
                end = Math.min(end + 1, path.length());
            } else if (".[]".indexOf(path.charAt(at)) < 0) {
                while (end < path.length() && ".[]".indexOf(path.charAt(end)) < 0) {
                    end++;
                }
            }
            tokens.add(path.substring(at, end));
            at = end;
        }
        return tokens;
    }
}
