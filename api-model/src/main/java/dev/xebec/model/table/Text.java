package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** Ways of writing lists, labels and what is missing. */
final class Text {
    static final String NONE = "<none>";
    static final String UNSET = "<unset>";

    private Text() {}

    static String of(JsonNode node, String path) {
        JsonNode at = node;
        for (String field : path.split("\\.")) {
            at = at.path(field);
        }
        return at.isNull() ? "" : at.asText("");
    }

    static String or(String text, String whenEmpty) {
        return text.isEmpty() ? whenEmpty : text;
    }

    static String join(JsonNode list, Function<JsonNode, String> text, String separator) {
        List<String> parts = new ArrayList<>();
        list.forEach(element -> {
            String part = text.apply(element);
            if (!part.isEmpty()) {
                parts.add(part);
            }
        });
        return String.join(separator, parts);
    }

    /** {@code a=b,c=d}, sorted. */
    static String labels(JsonNode labels) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(ApiObject.strings(labels)).forEach((key, value) -> parts.add(key + "=" + value));
        return or(String.join(",", parts), NONE);
    }

    /** A label selector in its query form. */
    static String selector(JsonNode selector) {
        try {
            return or(LabelSelector.of(selector).toString(), NONE);
        } catch (IllegalArgumentException malformed) {
            return "<error>";
        }
    }

    /** The first three and how many more. */
    static String firstOf(List<String> all, String whenNone) {
        if (all.isEmpty()) {
            return whenNone;
        }
        String shown = String.join(",", all.subList(0, Math.min(3, all.size())));
        return all.size() > 3 ? shown + " + " + (all.size() - 3) + " more..." : shown;
    }
}
