package dev.xebec.node.environment;

import java.util.Map;

/**
 * Fills {@code $(NAME)} in; {@code $$} is one dollar sign, and a name that nobody knows stays as it is.
 *
 * <p>Source: Kubernetes {@code third_party/forked/golang/expansion}.
 */
public final class Expansion {
    private Expansion() {}

    public static String expand(String text, Map<String, String> variables) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char each = text.charAt(at);
            if (each != '$' || at + 1 == text.length()) {
                out.append(each);
                at++;
            } else if (text.charAt(at + 1) == '$') {
                out.append('$');
                at += 2;
            } else if (text.charAt(at + 1) == '(' && text.indexOf(')', at) > 0) {
                int end = text.indexOf(')', at);
                String name = text.substring(at + 2, end);
                out.append(variables.getOrDefault(name, text.substring(at, end + 1)));
                at = end + 1;
            } else {
                out.append(each);
                at++;
            }
        }
        return out.toString();
    }
}
