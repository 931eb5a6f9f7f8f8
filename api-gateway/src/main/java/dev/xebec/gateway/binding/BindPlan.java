package dev.xebec.gateway.binding;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.BindRequest.Bind;
import dev.xebec.contracts.api.BindRequest.Outcome;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.object.ApiObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What one bind comes to for its pod, judged from the cache: a write, or why there is none. Pure. */
sealed interface BindPlan {
    String PODS = "/pods";
    String NODES = "/nodes";

    /** @param unchanged holds if the pod is still as the decision saw it */
    record Ready(Bind bind, Guard.ModRevision unchanged, Write.Put write) implements BindPlan {}

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
        ApiObject pod = cached.parse();
        if (!bind.uid().isEmpty() && !bind.uid().equals(pod.uid())) {
            return new Not(Outcome.GONE, "the pod has another uid: " + pod.uid());
        }
        String refused = refused(pod);
        if (!refused.isEmpty()) {
            return new Not(Outcome.REFUSED, refused);
        }
        if (image.get(NODES, "", bind.node()) == null) {
            return new Not(Outcome.GONE, "node " + bind.node() + " not found");
        }
        String podKey = Keys.of("", "pods", bind.namespace(), bind.pod());
        Bytes bound = Bytes.of(ObjectRegistry.stored(bound(pod, bind.node(), now)));
        return new Ready(bind, new Guard.ModRevision(podKey, bind.podRevision()), new Write.Put(podKey, bound, 0));
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
}
