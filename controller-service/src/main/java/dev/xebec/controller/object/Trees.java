package dev.xebec.controller.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;

/** Small readings and writings of JSON trees. */
public final class Trees {
    /** Equal where the values are; an int and a long of one value are one number. */
    private static final Comparator<JsonNode> BY_VALUE = (a, b) -> {
        if (a.equals(b)) {
            return 0;
        }
        return a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) : 1;
    };

    private Trees() {}

    public static boolean same(JsonNode a, JsonNode b) {
        return a.equals(BY_VALUE, b);
    }

    /** The child object, made where there is none. */
    public static ObjectNode child(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode child ? child : parent.putObject(field);
    }

    /** The child list, made where there is none. */
    public static ArrayNode list(ObjectNode parent, String field) {
        return parent.get(field) instanceof ArrayNode list ? list : parent.putArray(field);
    }

    /** Puts a count that Kubernetes leaves out where it is zero. */
    public static void putUnlessZero(ObjectNode node, String field, int count) {
        if (count == 0) {
            node.remove(field);
        } else {
            node.put(field, count);
        }
    }

    public static void putAll(ObjectNode node, Map<String, String> strings) {
        strings.forEach(node::put);
    }
}
