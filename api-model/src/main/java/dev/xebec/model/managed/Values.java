package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * JSON values as parts of paths: their order, and their text in messages.
 *
 * <p>Source: structured-merge-diff v6 {@code value/value.go}.
 */
final class Values {
    private Values() {}

    /** One form per number, so that equal values are equal nodes. */
    static JsonNode canonical(JsonNode value) {
        if (!value.isNumber() || value instanceof LongNode) {
            return value;
        }
        if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? LongNode.valueOf(value.longValue()) : value;
        }
        BigDecimal exact = value.decimalValue();
        boolean whole = exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0;
        return whole && value.canConvertToLong()
                ? LongNode.valueOf(exact.longValue())
                : DoubleNode.valueOf(value.doubleValue());
    }

    /** Text in the order of its code points, which is that of its UTF-8 bytes. */
    static int compareText(String one, String two) {
        int end = Math.min(one.length(), two.length());
        for (int at = 0; at < end; at++) {
            char a = one.charAt(at);
            char b = two.charAt(at);
            if (a != b) {
                boolean both = Character.isSurrogate(a) == Character.isSurrogate(b);
                return both ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), two.length());
    }

    /** A total order: numbers, texts, booleans, lists, maps, null. */
    static int compare(JsonNode one, JsonNode two) {
        if (one.isNumber() && two.isNumber()) {
            return one.decimalValue().compareTo(two.decimalValue());
        }
        int ranks = Integer.compare(rank(one), rank(two));
        if (ranks != 0) {
            return ranks;
        }
        if (one.isTextual()) {
            return compareText(one.textValue(), two.textValue());
        }
        if (one.isBoolean()) {
            return Boolean.compare(one.booleanValue(), two.booleanValue());
        }
        if (one.isArray()) {
            return compareItems(one.iterator(), two.iterator());
        }
        return one.isObject() ? compareFields(one, two) : 0;
    }

    private static int rank(JsonNode value) {
        return value.isNumber()
                ? 0
                : value.isTextual() ? 1 : value.isBoolean() ? 2 : value.isArray() ? 3 : value.isObject() ? 4 : 5;
    }

    private static int compareItems(Iterator<JsonNode> one, Iterator<JsonNode> two) {
        while (one.hasNext() && two.hasNext()) {
            int order = compare(one.next(), two.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(one.hasNext(), two.hasNext());
    }

    private static int compareFields(JsonNode one, JsonNode two) {
        List<String> ones = sortedNames(one);
        List<String> twos = sortedNames(two);
        for (int at = 0; at < ones.size() && at < twos.size(); at++) {
            int names = compareText(ones.get(at), twos.get(at));
            int order = names != 0 ? names : compare(one.path(ones.get(at)), two.path(twos.get(at)));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(ones.size(), twos.size());
    }

    static List<String> sortedNames(JsonNode object) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        names.sort(Values::compareText);
        return names;
    }

    /** As messages show it: text in quotes, lists in brackets. */
    static String shown(JsonNode value) {
        if (value.isTextual()) {
            return GoText.quoted(value.textValue());
        }
        if (value.isArray()) {
            StringBuilder text = new StringBuilder("[");
            value.forEach(item -> text.append(text.length() > 1 ? "," : "").append(shown(item)));
            return text.append(']').toString();
        }
        if (value.isObject()) {
            StringBuilder text = new StringBuilder();
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                text.append(field.getKey()).append('=').append(shown(field.getValue()));
            }
            return text.toString();
        }
        return value.isNumber() ? GoText.number(value) : value.asText();
    }
}
