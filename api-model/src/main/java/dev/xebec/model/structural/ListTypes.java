package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether lists of type set and map have each element once. An element is reported at its second place only.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/schema/listtype/validation.go}.
 */
public final class ListTypes {
    private final List<FieldError> errors = new ArrayList<>();

    private ListTypes() {}

    /** @param path of the value; empty for the whole object */
    public static List<FieldError> check(Structural schema, JsonNode value, String path) {
        ListTypes types = new ListTypes();
        types.walk(schema, value, path);
        return types.errors;
    }

    private void walk(Structural schema, JsonNode value, String path) {
        if (value instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (!entry.getValue().isContainerNode()) {
                    return;
                }
                Structural property = schema.properties().get(entry.getKey());
                if (schema.additional() != null) {
                    walk(schema.additional(), entry.getValue(), path + "[" + entry.getKey() + "]");
                }
                if (property != null) {
                    walk(property, entry.getValue(), path.isEmpty() ? entry.getKey() : path + "." + entry.getKey());
                }
            });
        } else if (value instanceof ArrayNode array) {
            switch (schema.x().listType()) {
                case "set" -> set(array, path);
                case "map" -> map(schema, array, path);
                default -> {
                    // Atomic lists may say anything twice.
                }
            }
            if (schema.items() != null) {
                for (int at = 0; at < array.size(); at++) {
                    walk(schema.items(), array.get(at), path + "[" + at + "]");
                }
            }
        }
    }

    private void set(ArrayNode array, String path) {
        List<JsonNode> elements = new ArrayList<>(array.size());
        array.forEach(elements::add);
        duplicates(elements, path);
    }

    private void map(Structural schema, ArrayNode array, String path) {
        for (int at = 0; at < array.size(); at++) {
            JsonNode element = array.get(at);
            if (!element.isObject() && !element.isNull()) {
                errors.add(FieldError.invalid(path + "[" + at + "]", shown(element),
                        "must be an object for an array of list-type map"));
                return;
            }
        }
        List<JsonNode> keys = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            ObjectNode key = Json.object();
            for (String field : schema.x().mapKeys()) {
                JsonNode part = element.path(field);
                if (!(part instanceof MissingNode)) {
                    key.set(field, part);
                }
            }
            keys.add(key);
        }
        duplicates(keys, path);
    }

    private void duplicates(List<JsonNode> elements, String path) {
        Map<Object, Integer> seen = HashMap.newHashMap(elements.size());
        for (int at = 0; at < elements.size(); at++) {
            if (seen.merge(identity(elements.get(at)), 1, Integer::sum) == 2) {
                errors.add(FieldError.duplicate(path + "[" + at + "]", shown(elements.get(at))));
            }
        }
    }

    /** What two values share that say the same: the order of an object's fields says nothing. */
    private static Object identity(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue().stripTrailingZeros();
        }
        if (value instanceof ObjectNode object) {
            Map<String, Object> sorted = new TreeMap<>();
            object.properties().forEach(entry -> sorted.put(entry.getKey(), identity(entry.getValue())));
            return sorted;
        }
        if (value instanceof ArrayNode array) {
            List<Object> list = new ArrayList<>(array.size());
            array.forEach(element -> list.add(identity(element)));
            return list;
        }
        return value;
    }

    /** As Kubernetes shows a value in an error: text as text, so that it is quoted once. */
    static Object shown(JsonNode value) {
        return value.isTextual() ? value.asText() : value;
    }
}
