package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.allocation.NodeAllocations;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Instant;
import java.util.List;

/**
 * What the count of a node's pods has to do with an object that is created. A node gets its count. A pod that is created with
 * its node named takes that node's room without a bind, so it counts as one: a scheduler that has not seen it must not give
 * the room away.
 */
final class BoundAtBirth {
    private BoundAtBirth() {}

    /** @param guards and {@code writes}: what keeps the count */
    record Charge(List<Guard> guards, List<Write> writes) {
        static final Charge NONE = new Charge(List.of(), List.of());

        static Charge of(NodeAllocations.Raise raise) {
            return new Charge(List.of(raise.unchanged()), List.of(raise.write()));
        }
    }

    static Charge charge(Kind kind, ObjectNode tree, ObjectRegistry registry, Instant now) {
        if (kind.resource().equals(GroupVersionResource.NODES)) {
            JsonNode metadata = tree.path("metadata");
            return Charge.of(NodeAllocations.birth(registry.newest(), metadata.path("name").asText(),
                    metadata.path("uid").asText(), now));
        }
        String node = kind.resource().equals(GroupVersionResource.PODS)
                ? tree.path("spec").path("nodeName").asText("")
                : "";
        return node.isEmpty() ? Charge.NONE : pod(node, registry, now);
    }

    /** A node that the image does not have must not be there: where there is none, nobody gives its room away. */
    private static Charge pod(String node, ObjectRegistry registry, Instant now) {
        StoreImage here = registry.image();
        StoreImage image = NodeAllocations.has(here, node) ? here : registry.newest();
        return NodeAllocations.raise(image, node, 1, now).map(Charge::of).orElseGet(
                () -> new Charge(List.of(new Guard.Absent(Keys.of("", "nodes", "", node))), List.of()));
    }
}
