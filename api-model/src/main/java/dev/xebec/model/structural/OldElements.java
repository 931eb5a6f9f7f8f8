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
 * Finds what an element of a list was before: in a list of type map by its keys, in any other not at all.
 *
 * <p>Source: apiserver {@code pkg/cel/common/equality.go}.
 */
public final class OldElements {
    private static final OldElements NONE = new OldElements(Map.of(), List.of());

    private final Map<List<JsonNode>, JsonNode> byKey;
    private final List<String> keys;

    private OldElements(Map<List<JsonNode>, JsonNode> byKey, List<String> keys) {
        this.byKey = byKey;
        this.keys = keys;
    }

    /** Elements that have no key have no past. */
    public static OldElements of(Structural schema, @Nullable JsonNode before) {
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
        return new OldElements(byKey, keys);
    }

    public @Nullable JsonNode of(JsonNode element) {
        return byKey.isEmpty() || !(element instanceof ObjectNode) ? null : byKey.get(key(element, keys));
    }

    private static List<JsonNode> key(JsonNode element, List<String> keys) {
        List<JsonNode> key = new ArrayList<>(keys.size());
        keys.forEach(field -> key.add(element.path(field)));
        return key;
    }
}
