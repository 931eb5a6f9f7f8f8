package dev.xebec.model.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON merge patch: objects merge, null removes, all else replaces. Source: RFC 7386. */
final class MergePatch {

    private MergePatch() {}

    static ObjectNode apply(ObjectNode object, ObjectNode patch) {
        ObjectNode merged = object.objectNode();
        merged.setAll(object);
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            String field = change.getKey();
            JsonNode value = change.getValue();
            if (value.isNull()) {
                merged.remove(field);
            } else if (value instanceof ObjectNode inner) {
                merged.set(field, merged.get(field) instanceof ObjectNode before
                        ? apply(before, inner)
                        : apply(object.objectNode(), inner));
            } else {
                merged.set(field, value.deepCopy());
            }
        }
        merged.properties().forEach(field -> {
            if (field.getValue() == object.get(field.getKey())) {
                field.setValue(field.getValue().deepCopy());
            }
        });
        return merged;
    }
}
