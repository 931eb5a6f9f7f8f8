package dev.xebec.gateway.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.List;

/** The bytes in which an object is stored: apiVersion, kind and metadata first, no resourceVersion. */
public final class StoredForm {
    private StoredForm() {}

    public static byte[] of(ObjectNode tree) {
        ObjectNode ordered = Json.object();
        for (String first : List.of("apiVersion", "kind")) {
            JsonNode value = tree.get(first);
            if (value != null) {
                ordered.set(first, value);
            }
        }
        ObjectNode metadata = Json.object();
        tree.path("metadata").properties().forEach(field -> {
            if (!field.getKey().equals("resourceVersion")) {
                metadata.set(field.getKey(), field.getValue());
            }
        });
        ordered.set("metadata", metadata);
        tree.properties().forEach(field -> {
            if (!ordered.has(field.getKey())) {
                ordered.set(field.getKey(), field.getValue());
            }
        });
        return Json.bytes(ordered);
    }
}
