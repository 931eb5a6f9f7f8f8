package dev.xebec.model.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON as Go's encoder writes it, which the messages of Kubernetes show: what HTML gives a meaning is escaped. Source: Go's
 * {@code encoding/json}.
 */
public final class GoJson {
    private static final String ESCAPED = "\"\\\b\f\n\r\t";
    private static final String LETTERS = "\"\\bfnrt";

    private GoJson() {}

    /** On one line. */
    public static String compact(JsonNode value) {
        StringBuilder text = new StringBuilder();
        append(value, -1, text);
        return text.toString();
    }

    /** A member on each line, each level one space further in. */
    public static String indented(JsonNode value) {
        StringBuilder text = new StringBuilder();
        append(value, 0, text);
        return text.toString();
    }

    /** @param level of indentation; -1 for none */
    private static void append(JsonNode value, int level, StringBuilder out) {
        if (value instanceof ObjectNode object) {
            Iterator<Map.Entry<String, JsonNode>> members = object.properties().iterator();
            out.append('{');
            while (members.hasNext()) {
                Map.Entry<String, JsonNode> member = members.next();
                newLine(level, 1, out);
                string(member.getKey(), out);
                out.append(level < 0 ? ":" : ": ");
                append(member.getValue(), level < 0 ? -1 : level + 1, out);
                out.append(members.hasNext() ? "," : "");
            }
            if (!object.isEmpty()) {
                newLine(level, 0, out);
            }
            out.append('}');
        } else if (value.isArray()) {
            out.append('[');
            for (int at = 0; at < value.size(); at++) {
                out.append(at == 0 ? "" : ",");
                newLine(level, 1, out);
                append(value.get(at), level < 0 ? -1 : level + 1, out);
            }
            if (!value.isEmpty()) {
                newLine(level, 0, out);
            }
            out.append(']');
        } else if (value.isTextual()) {
            string(value.textValue(), out);
        } else {
            out.append(value.isMissingNode() ? "null" : value.asText());
        }
    }

    private static void newLine(int level, int further, StringBuilder out) {
        if (level >= 0) {
            out.append('\n').repeat(' ', level + further);
        }
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            int named = ESCAPED.indexOf(letter);
            if (named >= 0) {
                out.append('\\').append(LETTERS.charAt(named));
            } else if (letter < ' ' || "<>&\u2028\u2029".indexOf(letter) >= 0) {
                out.append(String.format("\\u%04x", (int) letter));
            } else {
                out.append(letter);
            }
        }
        out.append('"');
    }
}
