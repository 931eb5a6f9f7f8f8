package dev.xebec.gateway.admission;

import dev.xebec.model.status.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names under which fields are owned.
 *
 * <p>Source: apiserver {@code endpoints/handlers/create.go}, apimachinery {@code apis/meta/v1/validation}.
 */
public final class FieldManagers {
    /** Bytes of a name. */
    static final int MAX_BYTES = 128;
    private static final String FIELD = "fieldManager";
    private static final String NOBODY = "unknown";

    private FieldManagers() {}

    /** What is wrong with a name that a request gives. */
    public static List<FieldError> check(String name) {
        List<FieldError> errors = new ArrayList<>();
        if (bytes(name) > MAX_BYTES) {
            errors.add(FieldError.tooLong(FIELD, MAX_BYTES));
        }
        int position = 0;
        for (int letter : name.codePoints().toArray()) {
            if (!isPrintable(letter)) {
                errors.add(FieldError.invalid(FIELD, name, "invalid character U+"
                        + String.format(Locale.ROOT, "%04X", letter) + " (at position " + position + ")"));
            }
            position += bytes(Character.toString(letter));
        }
        return errors;
    }

    /** What a user agent says before its version, as far as it can be a name. */
    static String byUserAgent(String userAgent) {
        int slash = userAgent.indexOf('/');
        StringBuilder name = new StringBuilder();
        int size = 0;
        for (int letter : userAgent.substring(0, slash < 0 ? userAgent.length() : slash).codePoints().toArray()) {
            int more = bytes(Character.toString(letter));
            if (isPrintable(letter) && size + more <= MAX_BYTES) {
                name.appendCodePoint(letter);
                size += more;
            }
        }
        return name.isEmpty() ? NOBODY : name.toString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isPrintable(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            case Character.SPACE_SEPARATOR -> letter == ' ';
            default -> true;
        };
    }
}
