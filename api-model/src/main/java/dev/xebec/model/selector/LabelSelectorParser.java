package dev.xebec.model.selector;

import dev.xebec.model.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the query form of a label selector.
 *
 * <p>Source: apimachinery {@code labels/selector.go}; its messages are what clients print.
 */
final class LabelSelectorParser {
    private static final String SYMBOLS = "=!(),><";

    /** A token: its text, and whether it is an identifier. The end of the string is an empty symbol. */
    private record Token(String text, boolean identifier) {
        boolean is(String symbol) {
            return !identifier && text.equals(symbol);
        }
    }

    private static final Token END = new Token("", false);

    private final List<Token> tokens;
    private int position;

    private LabelSelectorParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Requirement> parse(String selector) {
        return new LabelSelectorParser(tokenize(selector)).requirements();
    }

    private static List<Token> tokenize(String text) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int start = at;
            if (isSpace(c)) {
                at++;
            } else if (c == '=' || c == '!') {
                at += at + 1 < text.length() && text.charAt(at + 1) == '=' ? 2 : 1;
                tokens.add(new Token(text.substring(start, at), false));
            } else if (SYMBOLS.indexOf(c) >= 0) {
                at++;
                tokens.add(new Token(text.substring(start, at), false));
            } else {
                while (at < text.length() && !isSpace(text.charAt(at)) && SYMBOLS.indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                tokens.add(new Token(text.substring(start, at), true));
            }
        }
        return tokens;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private Token peek() {
        return position < tokens.size() ? tokens.get(position) : END;
    }

    private Token next() {
        Token token = peek();
        position++;
        return token;
    }

    private List<Requirement> requirements() {
        List<Requirement> requirements = new ArrayList<>();
        while (!peek().equals(END)) {
            if (!peek().identifier() && !peek().is("!")) {
                throw expected(peek(), "!, identifier, or 'end of string'");
            }
            requirements.add(requirementOrSay());
            Token after = next();
            if (after.equals(END)) {
                break;
            }
            if (!after.is(",")) {
                throw expected(after, "',' or 'end of string'");
            }
            if (!peek().identifier() && !peek().is("!")) {
                throw expected(peek(), "identifier after ','");
            }
        }
        return requirements;
    }

    private Requirement requirementOrSay() {
        try {
            return requirement();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("unable to parse requirement: " + wrong.getMessage(), wrong);
        }
    }

    private Requirement requirement() {
        boolean absent = peek().is("!");
        if (absent) {
            next();
        }
        Token key = next();
        if (!key.identifier()) {
            throw expected(key, "identifier");
        }
        Requirement.checkKey("<nil>", key.text());
        if (absent || peek().equals(END) || peek().is(",")) {
            return Requirement.checked(key.text(), absent ? Operator.ABSENT : Operator.EXISTS, List.of());
        }
        Operator operator = operator(next());
        List<String> values = operator == Operator.IN || operator == Operator.NOT_IN ? valueList() : exactValue();
        return Requirement.checked(key.text(), operator, values);
    }

    private static Operator operator(Token token) {
        return switch (token.text()) {
            case "in" -> Operator.IN;
            case "notin" -> Operator.NOT_IN;
            case "=" -> Operator.EQUALS;
            case "==" -> Operator.DOUBLE_EQUALS;
            case "!=" -> Operator.NOT_EQUALS;
            case ">" -> Operator.GREATER;
            case "<" -> Operator.LESS;
            default -> throw expected(token, "in, notin, =, ==, !=, gt, lt");
        };
    }

    private List<String> exactValue() {
        if (peek().equals(END) || peek().is(",")) {
            return List.of("");
        }
        Token value = next();
        if (!value.identifier()) {
            throw expected(value, "identifier");
        }
        return List.of(value.text());
    }

    private List<String> valueList() {
        Token open = next();
        if (!open.is("(")) {
            throw new IllegalArgumentException("found '" + open.text() + "' expected: '('");
        }
        List<String> values = new ArrayList<>();
        if (peek().is(")")) {
            next();
            return List.of("");
        }
        while (true) {
            values.add(peek().identifier() ? next().text() : "");
            Token after = next();
            if (after.is(")")) {
                return values;
            }
            if (!after.is(",")) {
                throw expected(after, "',' or ')'");
            }
        }
    }

    private static IllegalArgumentException expected(Token found, String what) {
        return new IllegalArgumentException("found '" + found.text() + "', expected: " + what);
    }
}
