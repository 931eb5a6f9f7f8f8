package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A patched object as a refusal repeats it: its own fields sorted, its metadata in the order in which Kubernetes writes it. */
final class PatchedText {
    private static final List<String> METADATA = List.of("name", "generateName", "namespace", "selfLink", "uid",
            "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds",
            "labels", "annotations", "ownerReferences", "finalizers", "managedFields");

    private PatchedText() {}

    static String of(ObjectNode object) {
        ObjectNode sorted = Json.object();
        for (String name : new TreeSet<>(object.propertyStream().map(Map.Entry::getKey).toList())) {
            JsonNode value = object.path(name);
            sorted.set(name,
                    name.equals("metadata") && value instanceof ObjectNode metadata ? ordered(metadata) : value);
        }
        return sorted.toString();
    }

    private static ObjectNode ordered(ObjectNode metadata) {
        ObjectNode ordered = Json.object();
        for (String name : METADATA) {
            if (metadata.has(name)) {
                ordered.set(name, metadata.get(name));
            }
        }
        metadata.properties().forEach(field -> ordered.putIfAbsent(field.getKey(), field.getValue()));
        return ordered;
    }
}
