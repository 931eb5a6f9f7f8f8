package dev.xebec.model.structural;

import dev.xebec.model.status.FieldError;

/**
 * Where a value stands, and what is found wrong with it there.
 *
 * @param prefix the path that fields begin with, and messages leave out
 * @param path below the prefix, as messages name it
 */
record Place(String prefix, String path, Judgement judgement) {

    String field() {
        return prefix.isEmpty()
                ? path
                : path.isEmpty()
                        ? prefix
                        : path.startsWith("[")
                                ? prefix + path
                                : prefix + "." + path;
    }

    void add(FieldError.Type type, String message) {
        judgement.add(new FieldError(type, field(), message));
    }

    /** @param wrong what should be so instead, as it follows {@code in body} */
    void invalid(Object value, String wrong) {
        judgement.add(FieldError.invalid(field(), value, path + " in body " + wrong));
    }

    void wrongType(String found, String wanted) {
        add(FieldError.Type.TYPE_INVALID, "Invalid value: \"" + found + "\": " + path + " in body must be of type "
                + wanted + ": \"" + found + "\"");
    }

    void tooMany(long found, long most) {
        add(FieldError.Type.TOO_MANY,
                "Too many: " + found + ": must have at most " + most + (most == 1 ? " item" : " items"));
    }

    /** What concerns a value's alternatives names no field of its own. */
    void composite(String wrong) {
        judgement.add(FieldError.invalid(prefix.isEmpty() ? "<nil>" : prefix, "", "\"" + path + "\" " + wrong));
    }
}
