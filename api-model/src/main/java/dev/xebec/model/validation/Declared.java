package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.FieldError;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules of lists that kube-apiserver declares, rather than writes by hand. They show an element as a client would see it.
 * Source: apimachinery {@code api/validate}.
 */
record Declared(Findings findings) {

    /** Whether a list is short enough for its elements to be looked at. */
    boolean few(JsonNode list, int max, String path) {
        findings.tooMany(list, max, path);
        return list.size() <= max;
    }

    /** @param key the field by which elements differ; empty where they are themselves what differs */
    void unique(JsonNode list, String key, String path) {
        Set<JsonNode> seen = new HashSet<>();
        for (int at = 0; at < list.size(); at++) {
            JsonNode one = list.get(at);
            if (!seen.add(key.isEmpty() ? one : one.path(key))) {
                String where = path + "[" + at + "]";
                findings.add(FieldError.duplicate(where, inOrder(findings.type(where), one)));
            }
        }
    }

    /** Fields in the order of their numbers, which is the one in which they are written. */
    private static JsonNode inOrder(@org.jspecify.annotations.Nullable Schema type, JsonNode value) {
        if (!(type instanceof Schema.Struct struct) || !(value instanceof ObjectNode object)) {
            return value;
        }
        List<Map.Entry<String, JsonNode>> fields = object.properties().stream()
                .sorted(Comparator.comparingInt(field -> number(struct, field.getKey()))).toList();
        ObjectNode ordered = Json.object();
        fields.forEach(field -> {
            Schema.Field known = struct.field(field.getKey());
            ordered.set(field.getKey(), known == null ? field.getValue() : inOrder(known.schema(), field.getValue()));
        });
        return ordered;
    }

    private static int number(Schema.Struct struct, String name) {
        Schema.Field field = struct.field(name);
        return field == null || field.protoPath().length == 0 ? Integer.MAX_VALUE : field.protoPath()[0];
    }
}
