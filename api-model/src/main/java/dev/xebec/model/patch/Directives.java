package dev.xebec.model.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The words of a strategic merge patch that are no fields of the object. */
final class Directives {
    static final String PATCH = "$patch";
    static final String RETAIN_KEYS = "$retainKeys";
    static final String SET_ORDER = "$setElementOrder/";
    static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";

    private Directives() {}

    static boolean isDirective(String field) {
        return field.equals(PATCH) || field.equals(RETAIN_KEYS) || field.startsWith(SET_ORDER)
                || field.startsWith(DELETE_PRIMITIVES);
    }

    /** A copy of a value that is new to the object: without directives, nulls, and elements that are to be deleted. */
    static JsonNode without(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode plain = object.objectNode();
            object.properties().forEach(field -> {
                if (!isDirective(field.getKey()) && !field.getValue().isNull()) {
                    plain.set(field.getKey(), without(field.getValue()));
                }
            });
            return object.path(PATCH).asText("").equals("delete") ? object.objectNode() : plain;
        }
        if (value instanceof ArrayNode list) {
            ArrayNode plain = list.arrayNode();
            list.forEach(element -> {
                String directive = element.path(PATCH).asText("");
                boolean onlyReplaces = directive.equals("replace") && element.size() == 1;
                if (!directive.equals("delete") && !onlyReplaces) {
                    plain.add(without(element));
                }
            });
            return plain;
        }
        return value.deepCopy();
    }
}
