package dev.xebec.model.object;

/** Text as Go's {@code %q} shows it, which the messages of Kubernetes are made of. Source: Go's {@code strconv}. */
public final class GoString {
    private static final String NAMED = "\u0007\b\f\n\r\t\u000b";
    private static final String LETTERS = "abfnrtv";

    private GoString() {}

    /** A string literal. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(letter -> append(letter, '"', quoted));
        return quoted.append('"').toString();
    }

    /** A byte as the JSON scanner names it: the letter of that number in single quotes. */
    static String quoted(int letter) {
        StringBuilder quoted = new StringBuilder("'");
        append(letter, '\'', quoted);
        return quoted.append('\'').toString();
    }

    private static void append(int letter, char quote, StringBuilder out) {
        int named = NAMED.indexOf(letter);
        if (letter == quote || letter == '\\') {
            out.append('\\').append((char) letter);
        } else if (named >= 0) {
            out.append('\\').append(LETTERS.charAt(named));
        } else if (letter < ' ' || letter == 0x7f) {
            out.append(String.format("\\x%02x", letter));
        } else if (printed(letter)) {
            out.appendCodePoint(letter);
        } else {
            out.append(String.format(letter < 0x10000 ? "\\u%04x" : "\\U%08x", letter));
        }
    }

    private static boolean printed(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            case Character.SPACE_SEPARATOR -> letter == ' ';
            default -> true;
        };
    }
}
