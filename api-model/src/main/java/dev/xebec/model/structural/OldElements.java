package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an element of a list was before: in a list of type map by its keys, in one of no type by its index, in a set
 * or an atomic list not at all.
 */
public final class OldElements {
    private static final OldElements NONE = new OldElements(null, Map.of(), List.of());

    private final @Nullable ArrayNode byIndex;
    private final Map<List<JsonNode>, JsonNode> byKey;
    private final List<String> keys;

    private OldElements(@Nullable ArrayNode byIndex, Map<List<JsonNode>, JsonNode> byKey, List<String> keys) {
        this.byIndex = byIndex;
        this.byKey = byKey;
        this.keys = keys;
    }

    static OldElements of(Structural schema, @Nullable JsonNode before) {
        if (!(before instanceof ArrayNode array)) {
            return NONE;
        }
        return schema.x().listType().isEmpty() ? new OldElements(array, Map.of(), List.of()) : keyed(schema, before);
    }

    /** As CEL's oldSelf sees a list: elements that have no key have no past. */
    public static OldElements keyed(Structural schema, @Nullable JsonNode before) {
        if (!schema.isMapList() || !(before instanceof ArrayNode array)) {
            return NONE;
        }
        List<String> keys = schema.x().mapKeys();
        Map<List<JsonNode>, JsonNode> byKey = HashMap.newHashMap(array.size());
        array.forEach(element -> {
            if (element.isObject()) {
                byKey.putIfAbsent(key(element, keys), element);
            }
        });
        return new OldElements(null, byKey, keys);
    }

    public @Nullable JsonNode at(int index, JsonNode element) {
        if (byIndex != null) {
            return byIndex.get(index);
        }
        return byKey.isEmpty() || !(element instanceof ObjectNode) ? null : byKey.get(key(element, keys));
    }

    private static List<JsonNode> key(JsonNode element, List<String> keys) {
        List<JsonNode> key = new ArrayList<>(keys.size());
        keys.forEach(field -> key.add(element.path(field)));
        return key;
    }
}
