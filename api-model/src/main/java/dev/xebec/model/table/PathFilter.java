package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;

/**
 * The test of a filter in a JSON path: {@code @.type=="Ready"}, or a path that has to be there.
 *
 * @param operator empty where the path only has to yield something
 * @param literal text, without its quotes
 */
record PathFilter(JsonPath left, String operator, String literal) {
    private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "<", ">");

    static PathFilter parse(String text) {
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                continue;
            }
            if (c == '\'' || c == '"') {
                quote = c;
            }
            for (String operator : OPERATORS) {
                if (text.startsWith(operator, at)) {
                    return new PathFilter(JsonPath.parse(text.substring(0, at).strip()), operator,
                            unquoted(text.substring(at + operator.length()).strip()));
                }
            }
        }
        return new PathFilter(JsonPath.parse(text.strip()), "", "");
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && (text.startsWith("'") || text.startsWith("\""));
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    boolean accepts(JsonNode element) {
        List<JsonNode> found = left.read(element);
        if (found.isEmpty()) {
            return false;
        }
        JsonNode value = found.get(0);
        return switch (operator) {
            case "" -> true;
            case "==" -> value.asText().equals(literal);
            case "!=" -> !value.asText().equals(literal);
            default -> compares(value);
        };
    }

    private boolean compares(JsonNode value) {
        int order;
        if (value.isNumber()) {
            try {
                order = value.decimalValue().compareTo(new BigDecimal(literal));
            } catch (NumberFormatException noNumber) {
                return false;
            }
        } else {
            order = value.asText().compareTo(literal);
        }
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }
}
