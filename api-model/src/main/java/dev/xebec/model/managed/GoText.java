package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.GoString;
import java.math.BigDecimal;
import java.util.Map;

/** Values in the words of Go, which names in managed fields and error messages of Kubernetes are made of. */
final class GoText {
    private static final String HEX = "0123456789abcdef";

    private GoText() {}

    /** A string literal as {@code %q} has it. */
    static String quoted(String text) {
        return GoString.quoted(text);
    }

    static String number(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.asText();
        }
        BigDecimal exact = new BigDecimal(Double.toString(number.doubleValue())).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exact.signum() == 0 || (exponent >= -4 && exponent < 21)) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        return (exact.signum() < 0 ? "-" : "") + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** JSON with sorted keys, and with what could be taken for HTML escaped. */
    static void json(JsonNode value, StringBuilder out) {
        if (value.isTextual()) {
            text(value.textValue(), out);
        } else if (value.isNumber()) {
            out.append(number(value));
        } else if (value.isArray()) {
            out.append('[');
            for (int at = 0; at < value.size(); at++) {
                out.append(at > 0 ? "," : "");
                json(value.get(at), out);
            }
            out.append(']');
        } else if (value.isObject()) {
            out.append('{');
            boolean first = true;
            for (String name : Values.sortedNames(value)) {
                out.append(first ? "" : ",");
                first = false;
                text(name, out);
                out.append(':');
                json(value.path(name), out);
            }
            out.append('}');
        } else {
            out.append(value.asText());
        }
    }

    /** A JSON string. */
    static void text(String text, StringBuilder out) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> unicode(c, out);
                default -> {
                    if (c < ' ') {
                        unicode(c, out);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void unicode(char c, StringBuilder out) {
        out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt((c >> 8) & 15))
                .append(HEX.charAt((c >> 4) & 15))
                .append(HEX.charAt(c & 15));
    }

    /** The name of a value's type, as {@code %T} has it. */
    static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "map[string]interface {}";
            case ARRAY -> "[]interface {}";
            case STRING, BINARY -> "string";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            case NULL, MISSING -> "<nil>";
        };
    }

    /** A value as {@code %v} has it. */
    static String plain(JsonNode value) {
        if (value.isArray()) {
            StringBuilder text = new StringBuilder("[");
            value.forEach(item -> text.append(text.length() > 1 ? " " : "").append(plain(item)));
            return text.append(']').toString();
        }
        if (value.isObject()) {
            StringBuilder text = new StringBuilder("map[");
            for (String name : Values.sortedNames(value)) {
                text.append(text.length() > 4 ? " " : "").append(name).append(':').append(plain(value.path(name)));
            }
            return text.append(']').toString();
        }
        return value.isNull() ? "<nil>" : value.isNumber() ? number(value) : value.asText();
    }

    /** A value as {@code %#v} has it. */
    static String literal(JsonNode value) {
        if (value.isArray()) {
            StringBuilder text = new StringBuilder("[]interface {}{");
            boolean first = true;
            for (JsonNode item : value) {
                text.append(first ? "" : ", ").append(literal(item));
                first = false;
            }
            return text.append('}').toString();
        }
        if (value.isObject()) {
            StringBuilder text = new StringBuilder("map[string]interface {}{");
            boolean first = true;
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                text.append(first ? "" : ", ").append(quoted(field.getKey())).append(':')
                        .append(literal(field.getValue()));
                first = false;
            }
            return text.append('}').toString();
        }
        return value.isTextual()
                ? quoted(value.textValue())
                : value.isNull() ? "interface {}(nil)" : value.isNumber() ? number(value) : value.asText();
    }
}
