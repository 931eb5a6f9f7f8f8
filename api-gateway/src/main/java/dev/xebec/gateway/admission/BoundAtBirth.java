package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.allocation.NodeAllocations;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Instant;
import java.util.List;

/**
 * A pod that is created with its node named takes that node's room without a bind, so it counts as one: a scheduler that has
 * not seen it must not give the room away.
 */
final class BoundAtBirth {
    private BoundAtBirth() {}

    /** @param guards and {@code writes}: what counts the pod */
    record Charge(List<Guard> guards, List<Write> writes) {
        static final Charge NONE = new Charge(List.of(), List.of());
    }

    /** A node that the image does not have must not be there: where there is none, nobody gives its room away. */
    static Charge charge(Kind kind, ObjectNode tree, StoreImage image, Instant now) {
        String node = kind.resource().equals(GroupVersionResource.PODS)
                ? tree.path("spec").path("nodeName").asText("")
                : "";
        return node.isEmpty()
                ? Charge.NONE
                : NodeAllocations.raise(image, node, 1, now)
                        .map(raise -> new Charge(List.of(raise.unchanged()), List.of(raise.write())))
                        .orElseGet(
                                () -> new Charge(List.of(new Guard.Absent(Keys.of("", "nodes", "", node))), List.of()));
    }
}
