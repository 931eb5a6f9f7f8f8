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
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** What one bind comes to for its pod, judged from the cache: a write, or why there is none. Pure. */
sealed interface BindPlan {
    String PODS = "/pods";
    String NODES = "/nodes";
    String SCHEDULED = "PodScheduled";

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
        Bytes bound = Bytes.of(ObjectRegistry.stored(bound(pod, bind, now)));
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

    private static ObjectNode bound(ApiObject pod, Bind bind, Instant now) {
        // Parsed for this bind alone, so the tree may be changed.
        ObjectNode tree = pod.tree();
        ObjectNode spec = tree.get("spec") instanceof ObjectNode there ? there : tree.putObject("spec");
        spec.put("nodeName", bind.node());
        besides(tree, "labels", bind.labels());
        besides(tree, "annotations", bind.annotations());
        ObjectNode status = tree.get("status") instanceof ObjectNode there ? there : tree.putObject("status");
        ArrayNode conditions = status.get("conditions") instanceof ArrayNode there
                ? there
                : status.putArray("conditions");
        // It is where it is going to be: nobody has to keep a place for it elsewhere.
        status.remove("nominatedNodeName");
        scheduled(conditions, now);
        return tree;
    }

    private static void besides(ObjectNode tree, String field, Map<String, String> strings) {
        if (!strings.isEmpty() && tree.get("metadata") instanceof ObjectNode metadata) {
            strings.forEach((metadata.get(field) instanceof ObjectNode there ? there : metadata.putObject(field))::put);
        }
    }

    /** Takes the place of the condition of this type where there is one. */
    private static void scheduled(ArrayNode conditions, Instant now) {
        ObjectNode scheduled = Json.object().putNull("lastProbeTime").put("lastTransitionTime",
                now.truncatedTo(ChronoUnit.SECONDS).toString());
        scheduled.put("status", "True").put("type", SCHEDULED);
        for (int at = 0; at < conditions.size(); at++) {
            if (conditions.get(at).path("type").asText().equals(SCHEDULED)) {
                conditions.set(at, scheduled);
                return;
            }
        }
        conditions.add(scheduled);
    }
}
