package dev.xebec.model.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object as CEL sees a map: every key is one. */
final class MapView extends AbstractMap<String, Object> {
    private final ObjectNode object;
    private final Function<JsonNode, Object> value;

    MapView(ObjectNode object, Function<JsonNode, Object> value) {
        this.object = object;
        this.value = value;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        JsonNode node = key instanceof String name ? object.get(name) : null;
        return node == null ? null : value.apply(node);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && object.has(name);
    }

    @Override
    public int size() {
        return object.size();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Set<Map.Entry<String, Object>> entries = LinkedHashSet.newLinkedHashSet(object.size());
        object.properties().forEach(
                entry -> entries.add(new SimpleImmutableEntry<>(entry.getKey(), value.apply(entry.getValue()))));
        return entries;
    }
}
