package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which parts of an object belong to whom. */
final class StatusIsolation {
    private static final Set<String> NOT_WANTED = Set.of("metadata", "status", "apiVersion", "kind");

    private StatusIsolation() {}

    /** @param kept the metadata that a status request cannot change */
    static void keepAllButStatus(ObjectNode now, ObjectNode before, Set<String> kept) {
        JsonNode status = now.get("status");
        ObjectNode metadata = now.get("metadata") instanceof ObjectNode given ? given : Json.object();
        JsonNode old = before.path("metadata");
        kept.forEach(field -> copy(old, metadata, field));
        JsonNode apiVersion = now.get("apiVersion");
        now.removeAll();
        before.properties().forEach(
                field -> now.set(field.getKey(),
                        field.getKey().equals("metadata") ? metadata : field.getValue().deepCopy()));
        if (apiVersion != null) {
            now.set("apiVersion", apiVersion);
        }
        now.set("metadata", metadata);
        if (status == null || status.isNull()) {
            now.remove("status");
        } else {
            now.set("status", status);
        }
    }

    /** Makes the target's field what the source's is, absence included. */
    static void copy(JsonNode source, ObjectNode target, String field) {
        JsonNode value = source.get(field);
        if (value == null) {
            target.remove(field);
        } else {
            target.set(field, value.deepCopy());
        }
    }

    static boolean wantedDiffers(ObjectNode now, ObjectNode before) {
        Set<String> fields = new LinkedHashSet<>();
        for (ObjectNode one : List.of(now, before)) {
            for (Map.Entry<String, JsonNode> field : one.properties()) {
                fields.add(field.getKey());
            }
        }
        for (String field : fields) {
            if (!NOT_WANTED.contains(field) && !same(now.path(field), before.path(field))) {
                return true;
            }
        }
        return false;
    }

    static boolean same(JsonNode one, JsonNode other) {
        boolean nothing = isNothing(one);
        return nothing ? isNothing(other) : !isNothing(other) && Json.same(one, other);
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty());
    }
}
