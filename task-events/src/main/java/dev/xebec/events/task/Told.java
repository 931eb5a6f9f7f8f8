package dev.xebec.events.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the data of every event begins with, and reading conditions. */
final class Told {
    private Told() {}

    static ObjectNode of(Subject about) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("uid", about.uid());
        put(data, "namespace", about.namespace());
        data.put("name", about.name());
        put(data, "node", about.resource().equals("nodes") ? "" : about.node());
        put(data, "owner", about.owner());
        return data;
    }

    private static void put(ObjectNode data, String field, String value) {
        if (!value.isEmpty()) {
            data.put(field, value);
        }
    }

    static JsonNode condition(ObjectNode object, String type) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asText("").equals(type)) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }

    static boolean isTrue(JsonNode condition) {
        return condition.path("status").asText("").equals("True");
    }
}
