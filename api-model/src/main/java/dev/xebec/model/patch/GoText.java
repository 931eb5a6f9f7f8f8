package dev.xebec.model.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** A value as Go prints it in the middle of a message: {@code map[a:1 b:[x y]]}. Source: Go's {@code fmt}, verb %v. */
public final class GoText {
    private GoText() {}

    public static String of(JsonNode value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(JsonNode value, StringBuilder text) {
        switch (value.getNodeType()) {
            case OBJECT, POJO -> {
                Map<String, JsonNode> sorted = new TreeMap<>();
                value.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
                text.append("map[");
                String separator = "";
                for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
                    text.append(separator).append(field.getKey()).append(':');
                    write(field.getValue(), text);
                    separator = " ";
                }
                text.append(']');
            }
            case ARRAY -> {
                text.append('[');
                String separator = "";
                for (JsonNode element : value) {
                    text.append(separator);
                    write(element, text);
                    separator = " ";
                }
                text.append(']');
            }
            case NULL, MISSING -> text.append("<nil>");
            case STRING, BINARY, BOOLEAN, NUMBER -> text.append(value.asText());
        }
    }
}
