package dev.xebec.model.cel;

import dev.xebec.model.structural.Structural;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole object's schema with what rules may see of its type and metadata: no more than the names. */
final class WholeObject {
    private static final Structural TEXT = Structural.of("string", Map.of());
    private static final Structural METADATA = Structural.of("object", Map.of("name", TEXT, "generateName", TEXT));

    private WholeObject() {}

    static Structural with(Structural schema) {
        Map<String, Structural> properties = new LinkedHashMap<>(schema.properties());
        properties.put("kind", TEXT);
        properties.put("apiVersion", TEXT);
        properties.put("metadata", METADATA);
        return schema.withProperties(properties);
    }
}
