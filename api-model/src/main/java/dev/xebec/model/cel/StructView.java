package dev.xebec.model.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.structural.Structural;
import java.util.AbstractMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object as CEL sees a structure: it has the fields of its schema, under names that CEL can say. */
final class StructView extends AbstractMap<String, Object> {
    private final ObjectNode object;
    private final Structural schema;

    StructView(ObjectNode object, Structural schema) {
        this.object = object;
        this.schema = schema;
    }

    private static String field(@Nullable Object key) {
        return key instanceof String name ? FieldNames.unescape(name) : "";
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        String name = field(key);
        Structural field = schema.properties().get(name);
        JsonNode node = object.get(name);
        return node == null || field == null ? null : CelValues.typed(node, field);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        String name = field(key);
        return schema.properties().containsKey(name) && object.has(name);
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Set<Map.Entry<String, Object>> entries = LinkedHashSet.newLinkedHashSet(object.size());
        schema.properties().forEach((name, field) -> {
            JsonNode node = object.get(name);
            if (node != null) {
                entries.add(new SimpleImmutableEntry<>(FieldNames.escape(name), CelValues.typed(node, field)));
            }
        });
        return entries;
    }
}
