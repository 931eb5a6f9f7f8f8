package dev.xebec.model.cel;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * How CEL says the names of fields that are no identifiers: {@code a-b} as {@code a__dash__b}, reserved words between
 * double underscores.
 *
 * <p>Source: apiserver {@code pkg/cel/escaping.go}.
 */
final class FieldNames {
    private static final Set<String> RESERVED = Set.of("true", "false", "null", "in", "as", "break", "const",
            "continue",
            "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void",
            "while");
    private static final Pattern SAYABLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_./-]*");

    private FieldNames() {}

    /** Whether CEL has a way to say the name. */
    static boolean isSayable(String name) {
        return SAYABLE.matcher(name).matches();
    }

    static String escape(String name) {
        return RESERVED.contains(name)
                ? "__" + name + "__"
                : name.replace("__", "__underscores__").replace(".", "__dot__").replace("-", "__dash__").replace("/",
                        "__slash__");
    }

    static String unescape(String name) {
        if (!name.contains("__")) {
            return name;
        }
        if (name.length() > 4 && name.startsWith("__") && name.endsWith("__")
                && RESERVED.contains(name.substring(2, name.length() - 2))) {
            return name.substring(2, name.length() - 2);
        }
        return name.replace("__dot__", ".").replace("__dash__", "-").replace("__slash__", "/")
                .replace("__underscores__", "__");
    }
}
