package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code metadata.managedFields}: managers and what they own.
 *
 * <p>Source: apimachinery {@code util/managedfields/internal/managedfields.go}.
 */
final class ManagedFields {
    static final String FIELD = "managedFields";
    private static final String TYPE = "FieldsV1";
    /** As entries stand in the list. */
    private static final Comparator<Map.Entry<FieldOwner, Owned>> ORDER = Comparator
            .comparing((Map.Entry<FieldOwner, Owned> entry) -> entry.getKey().operation())
            .thenComparing(entry -> entry.getValue().time())
            .thenComparing(entry -> entry.getKey().name(), Values::compareText)
            .thenComparing(entry -> entry.getValue().apiVersion())
            .thenComparing(entry -> entry.getKey().subresource());

    private ManagedFields() {}

    /**
     * Reads a list that was stored: it is in canonical form and its sets are only read when they are needed. Throws
     * {@link IllegalArgumentException} where it is no such list.
     */
    static Map<FieldOwner, Owned> stored(JsonNode list) {
        return decode(list, true);
    }

    /** Reads a list that a client made. Throws {@link IllegalArgumentException} where it is malformed. */
    static Map<FieldOwner, Owned> foreign(JsonNode list) {
        return decode(list, false);
    }

    private static Map<FieldOwner, Owned> decode(JsonNode list, boolean canonical) {
        Map<FieldOwner, Owned> managed = new LinkedHashMap<>();
        for (int at = 0; at < list.size(); at++) {
            JsonNode entry = list.get(at);
            String operation = text(entry, "operation");
            if (!operation.equals("Apply") && !operation.equals("Update")) {
                throw new IllegalArgumentException("operation must be `Apply` or `Update`");
            }
            String apiVersion = text(entry, "apiVersion");
            if (apiVersion.isEmpty()) {
                throw new IllegalArgumentException("apiVersion must not be empty");
            }
            String type = text(entry, "fieldsType");
            if (!type.equals(TYPE)) {
                throw new IllegalArgumentException(type.isEmpty()
                        ? "missing fieldsType in managed fields entry " + at
                        : "invalid fieldsType " + GoText.quoted(type) + " in managed fields entry " + at);
            }
            String name = text(entry, "manager");
            String subresource = text(entry, "subresource");
            FieldOwner manager = operation.equals("Apply")
                    ? FieldOwner.applier(name, subresource)
                    : FieldOwner.updater(name, apiVersion, subresource);
            String time = text(entry, "time");
            managed.put(manager, canonical && entry.get("fieldsV1") instanceof ObjectNode json
                    ? new Owned(apiVersion, time, null, json)
                    : Owned.of(apiVersion, time, FieldsV1.decode(entry.path("fieldsV1"))));
        }
        return managed;
    }

    private static String text(JsonNode entry, String field) {
        return entry.path(field).asText("").equals("null") ? "" : entry.path(field).asText("");
    }

    static ArrayNode encode(Map<FieldOwner, Owned> managed) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode(managed.size());
        managed.entrySet().stream().sorted(ORDER).forEach(entry -> {
            FieldOwner manager = entry.getKey();
            Owned owned = entry.getValue();
            ObjectNode json = Json.object();
            if (!manager.name().isEmpty()) {
                json.put("manager", manager.name());
            }
            json.put("operation", manager.operation().word()).put("apiVersion", owned.apiVersion());
            if (!owned.time().isEmpty()) {
                json.put("time", owned.time());
            }
            json.put("fieldsType", TYPE).set("fieldsV1", owned.encoded());
            if (!manager.subresource().isEmpty()) {
                json.put("subresource", manager.subresource());
            }
            list.add(json);
        });
        return list;
    }

    /** Puts them into an object; none leave no trace. */
    static void set(ObjectNode object, Map<FieldOwner, Owned> managed) {
        if (object.get("metadata") instanceof ObjectNode metadata) {
            if (managed.isEmpty()) {
                metadata.remove(FIELD);
            } else {
                metadata.set(FIELD, encode(managed));
            }
        }
    }

    static JsonNode of(JsonNode object) {
        return object.path("metadata").path(FIELD);
    }

    /** Whether a client asks to forget who owns what: an empty list, or one with a single empty entry. */
    static boolean isReset(JsonNode list) {
        return list.isArray() && (list.isEmpty() || (list.size() == 1 && list.get(0).isObject()
                && list.get(0).valueStream().allMatch(JsonNode::isNull)));
    }
}
