package dev.xebec.gateway.allocation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * The NodeAllocations as an image has them. Their {@code spec.binds} counts the pods that a node is given; whoever gives it
 * one raises the count in the same transaction. A node is born with its allocation. One that is made anew goes on beyond
 * every count that any earlier one of its name had, so that no count says two things about a node. Pure.
 */
public final class NodeAllocations {
    private static final String NODES = "/nodes";
    private static final String GROUP = "cluster.xebec.dev";
    private static final String PLURAL = "nodeallocations";
    private static final String ALLOCATIONS = GROUP + "/" + PLURAL;
    /**
     * A transaction raises a count by less, and takes a revision: so no count that was written by a revision is beyond this
     * many times that revision.
     */
    private static final long COUNTS_PER_REVISION = Txn.MAX_OPERATIONS;

    private NodeAllocations() {}

    /**
     * A raised count.
     *
     * @param unchanged holds while the allocation is as the image has it, so that the new count is right
     */
    public record Raise(Guard unchanged, Write write) {}

    /** The node's count; 0 where it has no allocation. */
    public static long binds(StoreImage image, String node) {
        CachedObject allocation = image.get(ALLOCATIONS, "", node);
        return allocation == null ? 0 : allocation.parse().spec().path("binds").asLong();
    }

    /** Whether the node has an allocation. */
    public static boolean has(StoreImage image, String node) {
        return image.get(ALLOCATIONS, "", node) != null;
    }

    /**
     * Gives the node so many more pods; empty where there is no such node.
     *
     * @param image where it has no allocation of the node: one that the read barrier gave after the request came
     */
    public static Optional<Raise> raise(StoreImage image, String node, int pods, Instant now) {
        CachedObject owner = image.get(NODES, "", node);
        return owner == null
                ? Optional.empty()
                : Optional.of(raise(image, image.revision(), node, owner.parse().uid(), pods, now));
    }

    /**
     * An allocation for a node that has none: nobody can have seen its count yet, so none of the pods is bound with it.
     *
     * @param newest a revision that the store had reached after the request came
     */
    public static Optional<Raise> begin(StoreImage image, long newest, String node, Instant now) {
        CachedObject owner = image.get(NODES, "", node);
        return owner == null
                ? Optional.empty()
                : Optional.of(raise(image, newest, node, owner.parse().uid(), 0, now));
    }

    /**
     * What a node is born with: an allocation, or the one that an earlier node of its name has left.
     *
     * @param image one that the read barrier gave after the request came
     */
    public static Raise birth(StoreImage image, String node, String uid, Instant now) {
        return raise(image, image.revision(), node, uid, 0, now);
    }

    private static Raise raise(StoreImage image, long newest, String node, String nodeUid, int pods, Instant now) {
        String key = Keys.of(GROUP, PLURAL, "", node);
        CachedObject allocation = image.get(ALLOCATIONS, "", node);
        ObjectNode tree = allocation == null
                ? fresh(node, COUNTS_PER_REVISION * newest, now)
                : allocation.parse().copy();
        ObjectNode spec = tree.get("spec") instanceof ObjectNode there ? there : tree.putObject("spec");
        spec.put("binds", spec.path("binds").asLong() + pods);
        own(tree, node, nodeUid);
        return new Raise(
                allocation == null ? new Guard.Absent(key) : new Guard.ModRevision(key, allocation.revision()),
                new Write.Put(key, Bytes.of(ObjectRegistry.stored(tree)), 0));
    }

    private static ObjectNode fresh(String node, long binds, Instant now) {
        ObjectNode tree = Json.object().put("apiVersion", GROUP + "/v1alpha1").put("kind", "NodeAllocation");
        String origin = "nodeallocation/" + node + "/" + binds;
        tree.putObject("metadata").put("name", node)
                .put("uid", UUID.nameUUIDFromBytes(origin.getBytes(StandardCharsets.UTF_8)).toString())
                .put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
        tree.putObject("spec").put("binds", binds);
        return tree;
    }

    /** Owned by the node as it is now, so that it goes with it. */
    private static void own(ObjectNode tree, String node, String uid) {
        ObjectNode metadata = tree.get("metadata") instanceof ObjectNode there ? there : tree.putObject("metadata");
        metadata.putArray("ownerReferences").addObject().put("apiVersion", "v1").put("kind", "Node")
                .put("name", node).put("uid", uid);
    }
}
