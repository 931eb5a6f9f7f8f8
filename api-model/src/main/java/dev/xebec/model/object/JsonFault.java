package dev.xebec.model.object;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is wrong with a document that is not JSON, in the words of Go's parser, which Kubernetes repeats to its clients.
 * Only read once a document was refused. Source: Go's {@code encoding/json}, scanner.go.
 */
public final class JsonFault {
    private static final int MAX_DEPTH = 10_000;
    private static final String END = "unexpected end of JSON input";
    private static final String VALUE = "looking for beginning of value";
    private static final String KEY = "looking for beginning of object key string";

    private final byte[] json;
    private final Deque<Integer> open = new ArrayDeque<>();
    private int at;

    /** Carries a message out of the scan. */
    private static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1;

        Found(String message) {
            super(message, null, false, false);
        }
    }

    private JsonFault(byte[] json) {
        this.json = json;
    }

    /** The first fault; empty where there is none. */
    public static String of(byte[] json) {
        try {
            new JsonFault(json).document();
            return "";
        } catch (Found found) {
            return String.valueOf(found.getMessage());
        }
    }

    /** A loop and no recursion: how deep a document is, its sender says. */
    private void document() {
        boolean value = true;
        while (value || !open.isEmpty()) {
            value = value ? begin() : goOn();
        }
        skipSpace();
        if (at < json.length) {
            throw unexpected(json[at] & 0xff, "after top-level value");
        }
    }

    /** What comes after a value within another one. Whether a value comes next. */
    private boolean goOn() {
        int letter = next();
        boolean array = open.getFirst() == '[';
        if (letter == (array ? ']' : '}')) {
            open.removeFirst();
            return false;
        }
        if (letter != ',') {
            throw unexpected(letter, array ? "after array element" : "after object key:value pair");
        }
        if (!array) {
            key(next());
        }
        return true;
    }

    /** The beginning of a value, which is all of it where it holds no others. Whether a value comes next. */
    private boolean begin() {
        int letter = next();
        switch (letter) {
            case '{', '[' -> {
                return open(letter);
            }
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> {
                if (letter != '-' && !digit(letter)) {
                    throw unexpected(letter, VALUE);
                }
                number(letter);
            }
        }
        return false;
    }

    private boolean open(int bracket) {
        push(bracket);
        skipSpace();
        boolean array = bracket == '[';
        if (peek() == (array ? ']' : '}')) {
            at++;
            open.removeFirst();
            return false;
        }
        if (!array) {
            key(next());
        }
        return true;
    }

    private void push(int letter) {
        open.addFirst(letter);
        if (open.size() > MAX_DEPTH) {
            throw new Found("exceeded max depth");
        }
    }

    private void key(int letter) {
        if (letter != '"') {
            throw unexpected(letter, KEY);
        }
        string();
        int colon = next();
        if (colon != ':') {
            throw unexpected(colon, "after object key");
        }
    }

    private void string() {
        for (int letter = raw(); letter != '"'; letter = raw()) {
            if (letter == '\\') {
                int escaped = raw();
                if (escaped == 'u') {
                    for (int digits = 0; digits < 4; digits++) {
                        int hex = raw();
                        if (Character.digit(hex, 16) < 0) {
                            throw unexpected(hex, "in \\u hexadecimal character escape");
                        }
                    }
                } else if ("bfnrt\\/\"".indexOf(escaped) < 0) {
                    throw unexpected(escaped, "in string escape code");
                }
            } else if (letter < ' ') {
                throw unexpected(letter, "in string literal");
            }
        }
    }

    private void literal(String word) {
        for (int letter = 1; letter < word.length(); letter++) {
            int found = raw();
            if (found != word.charAt(letter)) {
                throw unexpected(found, "in literal " + word + " (expecting '" + word.charAt(letter) + "')");
            }
        }
    }

    private void number(int sign) {
        int first = sign == '-' ? raw() : sign;
        if (!digit(first)) {
            throw unexpected(first, "in numeric literal");
        }
        if (first != '0') {
            digits();
        }
        if (peek() == '.') {
            at++;
            required("after decimal point in numeric literal");
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            required("in exponent of numeric literal");
        }
    }

    private void required(String where) {
        int letter = raw();
        if (!digit(letter)) {
            throw unexpected(letter, where);
        }
        digits();
    }

    private void digits() {
        while (digit(peek())) {
            at++;
        }
    }

    private static boolean digit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    private int peek() {
        return at < json.length ? json[at] & 0xff : -1;
    }

    private int next() {
        skipSpace();
        return raw();
    }

    private int raw() {
        if (at == json.length) {
            throw new Found(END);
        }
        return json[at++] & 0xff;
    }

    private void skipSpace() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\t' || json[at] == '\r' || json[at] == '\n')) {
            at++;
        }
    }

    private static Found unexpected(int letter, String where) {
        return new Found("invalid character " + GoString.quoted(letter) + " " + where);
    }
}
