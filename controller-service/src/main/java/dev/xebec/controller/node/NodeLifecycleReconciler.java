package dev.xebec.controller.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Indexes;
import dev.xebec.controller.object.Pods;
import dev.xebec.controller.object.Timestamps;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Marks nodes that went silent, keeps the taints that follow from nodes' conditions, and marks the pods of a lost node
 * as not ready. One write to the node in a plan; what follows from it, in the next.
 *
 * <p>Source: k/k {@code pkg/controller/nodelifecycle}.
 */
public final class NodeLifecycleReconciler implements Reconciler {
    static final String LEASE_NAMESPACE = "kube-node-lease";
    private static final GroupVersionResource NODES = GroupVersionResource.NODES;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;
    private static final GroupVersionResource LEASES = GroupVersionResource.LEASES;
    private static final List<String> HEARD_CONDITIONS = List.of("Ready", "MemoryPressure", "DiskPressure",
            "PIDPressure");

    private final NodeTimings timings;
    private final Sightings sightings;

    public NodeLifecycleReconciler(NodeTimings timings, Sightings sightings) {
        this.timings = timings;
        this.sightings = sightings;
    }

    @Override
    public String name() {
        return "node-lifecycle";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(NODES, LEASES, PODS);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return cache.list(NODES).stream().map(ObjectKey::of).toList();
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        if (change.resource().equals(NODES)) {
            if (!readyChanged(change)) {
                return List.of(change.any().key());
            }
            // Whether their evictions are held back hangs on all nodes.
            Set<ObjectKey> keys = new LinkedHashSet<>(Set.of(change.any().key()));
            Outage.notReady(cache).forEach(node -> keys.add(node.key()));
            return keys;
        }
        boolean newLease = change.resource().equals(LEASES) && change.before() == null
                && change.any().namespace().equals(LEASE_NAMESPACE);
        return newLease ? List.of(new ObjectKey("", change.any().name())) : List.of();
    }

    private static boolean readyChanged(ObjectChange change) {
        return change.before() == null || change.after() == null
                || !Conditions.value(change.before().status(), "Ready")
                        .equals(Conditions.value(change.after().status(), "Ready"));
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject node = cache.get(NODES, key);
        if (node == null) {
            return Plan.NOTHING;
        }
        ApiObject lease = cache.get(LEASES, new ObjectKey(LEASE_NAMESPACE, key.name()));
        Instant lostAt = lostAt(node, lease, now);
        boolean unknown = Conditions.value(node.status(), "Ready").equals("Unknown");
        if (!lostAt.isAfter(now)) {
            if (!unknown) {
                return markLost(node, lease != null, now);
            }
            List<Action> actions = new ArrayList<>(taint(node, cache, now));
            actions.addAll(markPodsNotReady(node, cache, now));
            return new Plan(List.copyOf(actions), null);
        }
        Duration look = Duration.between(now, lostAt).plusMillis(1);
        return new Plan(taint(node, cache, now), look);
    }

    private Instant lostAt(ApiObject node, @Nullable ApiObject lease, Instant now) {
        Optional<Instant> renewed = sightings.renewed(node.name(), lease);
        return renewed.map(instant -> instant.plus(timings.grace()))
                .orElseGet(() -> node.creationTimestamp().orElse(now).plus(timings.startupGrace()));
    }

    private static Plan markLost(ApiObject node, boolean everHeard, Instant now) {
        ObjectNode status = node.status().deepCopy();
        for (String type : HEARD_CONDITIONS) {
            boolean present = Conditions.find(node.status(), type) != null;
            if (present || type.equals("Ready")) {
                Conditions.set(status, type, "Unknown", everHeard || present
                        ? "NodeStatusUnknown"
                        : "NodeStatusNeverUpdated",
                        everHeard || present
                                ? "Kubelet stopped posting node status."
                                : "Kubelet never posted node status.",
                        now);
            }
        }
        List<Action> actions = new ArrayList<>(Writes.status(NODES, node, status));
        actions.add(new Action.Emit(node, "Normal", "NodeNotReady",
                "Node " + node.name() + " status is now: NodeNotReady"));
        return new Plan(List.copyOf(actions), null);
    }

    private static List<Action> taint(ApiObject node, Cache cache, Instant now) {
        ArrayNode taints = Taints.of(node, Outage.tooLargeToBelieve(cache), now);
        if (!Taints.differ(node, taints)) {
            return List.of();
        }
        ObjectNode patch = Json.object();
        patch.putObject("spec").set("taints", taints.isEmpty() ? NullNode.instance : taints);
        return List.of(Writes.patch(NODES, node, patch));
    }

    /** A node that nobody hears of cannot say that its pods serve no more. */
    private static List<Action> markPodsNotReady(ApiObject node, Cache cache, Instant now) {
        List<Action> actions = new ArrayList<>();
        for (ApiObject pod : cache.byIndex(PODS, Indexes.NODE, node.name())) {
            if (Pods.ready(pod)) {
                ObjectNode status = pod.status().deepCopy();
                ObjectNode ready = Conditions.find(status, "Ready");
                if (ready != null) {
                    ready.put("status", "False").put("lastTransitionTime", Timestamps.text(now));
                }
                actions.addAll(Writes.status(PODS, pod, status));
                actions.add(new Action.Emit(pod, "Warning", "NodeNotReady", "Node is not ready"));
            }
        }
        return actions;
    }
}
