package dev.xebec.controller.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.StableName;
import dev.xebec.controller.object.Trees;
import dev.xebec.model.object.Json;
import java.util.TreeMap;

/** A pod template in the one form that is compared and hashed: fields sorted, empty ones gone, without its own hash. */
record Template(JsonNode normal) {
    static final String HASH_LABEL = "pod-template-hash";
    private static final int HASH_LENGTH = 10;

    static Template of(JsonNode template) {
        ObjectNode copy = template instanceof ObjectNode object ? object.deepCopy() : Json.object();
        if (copy.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(HASH_LABEL);
        }
        return new Template(normalize(copy));
    }

    /** @param collisions how often the name with this hash was somebody else's */
    String hash(int collisions) {
        return StableName.suffix(HASH_LENGTH, normal.toString(), Integer.toString(collisions));
    }

    boolean same(Template other) {
        return Trees.same(normal, other.normal);
    }

    private static JsonNode normalize(JsonNode node) {
        if (node instanceof ObjectNode object) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            object.properties().forEach(entry -> {
                JsonNode value = normalize(entry.getValue());
                boolean empty = value.isNull() || value.isContainerNode() && value.isEmpty();
                // An empty structure can mean something (emptyDir: {}); an empty list, map of labels or null cannot.
                if (!empty || value.isObject() && !entry.getKey().equals("metadata")
                        && !entry.getKey().equals("labels") && !entry.getKey().equals("annotations")) {
                    sorted.put(entry.getKey(), value);
                }
            });
            ObjectNode result = Json.object();
            sorted.forEach(result::set);
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> result.add(normalize(item)));
            return result;
        }
        return node;
    }
}
