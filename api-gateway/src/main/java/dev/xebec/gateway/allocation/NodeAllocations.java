package dev.xebec.gateway.allocation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * The NodeAllocations as an image has them. Their {@code spec.binds} counts the pods that a node was ever given; whoever
 * gives it one raises the count in the same transaction. Pure.
 */
public final class NodeAllocations {
    private static final String NODES = "/nodes";
    private static final String GROUP = "cluster.xebec.dev";
    private static final String PLURAL = "nodeallocations";

    private NodeAllocations() {}

    /**
     * A raised count.
     *
     * @param unchanged holds while the allocation is as the image has it, so that the new count is right
     */
    public record Raise(Guard unchanged, Write write) {}

    /** How many pods the node was given; 0 where it has no allocation yet. */
    public static long binds(StoreImage image, String node) {
        CachedObject allocation = image.get(GROUP + "/" + PLURAL, "", node);
        return allocation == null ? 0 : allocation.parse().spec().path("binds").asLong();
    }

    /** Gives the node so many more pods; empty where there is no such node. */
    public static Optional<Raise> raise(StoreImage image, String node, int pods, Instant now) {
        CachedObject owner = image.get(NODES, "", node);
        if (owner == null) {
            return Optional.empty();
        }
        String key = Keys.of(GROUP, PLURAL, "", node);
        CachedObject allocation = image.get(GROUP + "/" + PLURAL, "", node);
        ObjectNode tree = allocation == null ? fresh(node, now) : allocation.parse().copy();
        ObjectNode spec = tree.get("spec") instanceof ObjectNode there ? there : tree.putObject("spec");
        spec.put("binds", spec.path("binds").asLong() + pods);
        own(tree, owner.parse());
        return Optional.of(new Raise(
                allocation == null ? new Guard.Absent(key) : new Guard.ModRevision(key, allocation.revision()),
                new Write.Put(key, Bytes.of(ObjectRegistry.stored(tree)), 0)));
    }

    private static ObjectNode fresh(String node, Instant now) {
        ObjectNode tree = Json.object().put("apiVersion", GROUP + "/v1alpha1").put("kind", "NodeAllocation");
        tree.putObject("metadata").put("name", node)
                .put("uid", UUID.nameUUIDFromBytes(("nodeallocation/" + node).getBytes(StandardCharsets.UTF_8))
                        .toString())
                .put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
        return tree;
    }

    /** Owned by the node as it is now, so that it goes with it. */
    private static void own(ObjectNode tree, ApiObject node) {
        ObjectNode metadata = tree.get("metadata") instanceof ObjectNode there ? there : tree.putObject("metadata");
        metadata.putArray("ownerReferences").addObject().put("apiVersion", "v1").put("kind", "Node")
                .put("name", node.name()).put("uid", node.uid());
    }
}
