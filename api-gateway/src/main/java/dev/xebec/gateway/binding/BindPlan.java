package dev.xebec.gateway.binding;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.BindRequest.Bind;
import dev.xebec.contracts.api.BindRequest.Outcome;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** What one bind comes to, judged from the cache: a transaction, or why there is none. Pure. */
sealed interface BindPlan {
    String PODS = "/pods";
    String NODES = "/nodes";
    String ALLOCATIONS = "cluster.xebec.dev/nodeallocations";

    /** Holds if pod and node are still as the decision saw them. */
    record Ready(Bind bind, String podKey, Txn txn) implements BindPlan {}

    /** Cannot be. */
    record Not(Outcome outcome, String message) implements BindPlan {}

    static BindPlan of(Bind bind, StoreImage image, Instant now) {
        CachedObject cached = image.get(PODS, bind.namespace(), bind.pod());
        if (cached == null) {
            return new Not(Outcome.GONE, "pod " + bind.namespace() + "/" + bind.pod() + " not found");
        }
        if (cached.revision() != bind.podRevision()) {
            return new Not(Outcome.POD_CHANGED, "the pod is at revision " + cached.revision());
        }
        CachedObject node = image.get(NODES, "", bind.node());
        if (node == null) {
            return new Not(Outcome.GONE, "node " + bind.node() + " not found");
        }
        ApiObject pod = cached.parse();
        if (!bind.uid().isEmpty() && !bind.uid().equals(pod.uid())) {
            return new Not(Outcome.GONE, "the pod has another uid: " + pod.uid());
        }
        String refused = refused(pod);
        if (!refused.isEmpty()) {
            return new Not(Outcome.REFUSED, refused);
        }
        String podKey = Keys.of("", "pods", bind.namespace(), bind.pod());
        String allocationKey = Keys.of("cluster.xebec.dev", "nodeallocations", "", bind.node());
        Bytes bound = Bytes.of(ObjectRegistry.stored(bound(pod, bind.node(), now)));
        CachedObject allocation = image.get(ALLOCATIONS, "", bind.node());
        Instant since = allocation == null ? now : allocation.parse().creationTimestamp().orElse(now);
        return new Ready(bind, podKey, new Txn(
                List.of(new Guard.ModRevision(podKey, bind.podRevision()),
                        new Guard.Version(allocationKey, bind.nodeVersion())),
                List.of(new Write.Put(podKey, bound, 0),
                        new Write.Put(allocationKey, allocation(bind, node.parse().uid(), since), 0))));
    }

    private static String refused(ApiObject pod) {
        if (pod.deleting()) {
            return "pod " + pod.key() + " is being deleted, cannot be assigned to a host";
        }
        String node = pod.spec().path("nodeName").asText("");
        if (!node.isEmpty()) {
            return "pod " + pod.name() + " is already assigned to node \"" + node + "\"";
        }
        return pod.spec().path("schedulingGates").isEmpty()
                ? ""
                : "pod " + pod.name() + " has non-empty .spec.schedulingGates";
    }

    private static ObjectNode bound(ApiObject pod, String node, Instant now) {
        // Parsed for this bind alone, so the tree may be changed.
        ObjectNode tree = pod.tree();
        ObjectNode spec = tree.get("spec") instanceof ObjectNode there ? there : tree.putObject("spec");
        spec.put("nodeName", node);
        ObjectNode status = tree.get("status") instanceof ObjectNode there ? there : tree.putObject("status");
        ArrayNode conditions = status.get("conditions") instanceof ArrayNode there
                ? there
                : status.putArray("conditions");
        for (int at = conditions.size() - 1; at >= 0; at--) {
            if (conditions.get(at).path("type").asText().equals("PodScheduled")) {
                conditions.remove(at);
            }
        }
        conditions.addObject().put("type", "PodScheduled").put("status", "True").put("lastTransitionTime",
                now.truncatedTo(ChronoUnit.SECONDS).toString());
        return tree;
    }

    /** Owned by the node, so that it goes with it. */
    private static Bytes allocation(Bind bind, String nodeUid, Instant since) {
        ObjectNode tree = Json.object().put("apiVersion", "cluster.xebec.dev/v1alpha1").put("kind", "NodeAllocation");
        ObjectNode metadata = tree.putObject("metadata").put("name", bind.node())
                .put("uid", UUID.nameUUIDFromBytes(("nodeallocation/" + bind.node()).getBytes(StandardCharsets.UTF_8))
                        .toString())
                .put("creationTimestamp", since.truncatedTo(ChronoUnit.SECONDS).toString());
        metadata.putArray("ownerReferences").addObject().put("apiVersion", "v1").put("kind", "Node")
                .put("name", bind.node()).put("uid", nodeUid);
        tree.putObject("spec").put("binds", bind.nodeVersion() + 1);
        return Bytes.of(Json.bytes(tree));
    }
}
