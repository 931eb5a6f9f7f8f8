package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an object a write to one of its subresources is about, {@code status} apart; all else stays. Source: the
 * strategies of {@code pkg/registry/*} of Kubernetes.
 */
final class SubresourceParts {
    private static final Map<String, List<String>> PARTS = Map.of("finalize", List.of("spec.finalizers"), "approval",
            List.of("status.conditions"), "ephemeralcontainers", List.of("spec.ephemeralContainers"), "resize",
            List.of("spec.containers", "spec.initContainers", "spec.resources"));

    /** Those that carry labels, annotations and the like besides their parts. */
    private static final Set<String> WITH_METADATA = Set.of("approval", "finalize");

    private SubresourceParts() {}

    /** The stored object with the subresource's parts of the incoming one. */
    static ObjectNode merged(String subresource, ObjectNode incoming, ApiObject stored) {
        ObjectNode merged = stored.copy();
        if (WITH_METADATA.contains(subresource)) {
            Stamps.kept(incoming, stored.tree());
            merged.set("metadata", Stamps.metadata(incoming));
        }
        for (String path : PARTS.getOrDefault(subresource, List.of())) {
            int dot = path.indexOf('.');
            String parent = path.substring(0, dot);
            String field = path.substring(dot + 1);
            @Nullable
            JsonNode value = incoming.path(parent).get(field);
            if (value == null || value.isNull()) {
                if (merged.get(parent) instanceof ObjectNode there) {
                    there.remove(field);
                }
            } else {
                ObjectNode there = merged.get(parent) instanceof ObjectNode known ? known : merged.putObject(parent);
                there.set(field, value);
            }
        }
        return merged;
    }
}
