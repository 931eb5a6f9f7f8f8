package dev.xebec.controller.podgc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.node.Sightings;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Indexes;
import dev.xebec.controller.object.Pods;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes pods whose node is gone, pods that end before they ever had a node, and the oldest finished pods above a
 * number.
 *
 * <p>Source: k/k {@code pkg/controller/podgc/gc_controller.go}.
 */
public final class PodGcReconciler implements Reconciler {
    /** Finished pods that are kept. Source: {@code --terminated-pod-gc-threshold}. */
    public static final int KEPT_FINISHED = 12_500;
    /** A node that is away so long does not come back under its name. Source: k/k quarantineTime. */
    public static final Duration QUARANTINE = Duration.ofSeconds(40);
    static final ObjectKey FINISHED = new ObjectKey("", "finished-pods");
    private static final Duration CHECK_FINISHED = Duration.ofSeconds(20);
    private static final int MAX_DELETES = 500;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;
    private static final GroupVersionResource NODES = GroupVersionResource.NODES;

    private final int keptFinished;
    private final Duration quarantine;
    private final Sightings sightings;

    public PodGcReconciler(int keptFinished, Duration quarantine, Sightings sightings) {
        this.keptFinished = keptFinished;
        this.quarantine = quarantine;
        this.sightings = sightings;
    }

    @Override
    public String name() {
        return "pod-garbage-collector";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(PODS, NODES);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        keys.add(FINISHED);
        cache.list(PODS).stream().filter(pod -> ended(pod) || nodeGone(pod, cache)).forEach(pod -> keys.add(pod.key()));
        return keys;
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        ApiObject after = change.after();
        if (change.resource().equals(NODES)) {
            return after == null
                    ? cache.byIndex(PODS, Indexes.NODE, change.any().name()).stream().map(ObjectKey::of).toList()
                    : List.of();
        }
        boolean concerned = change.resource().equals(PODS) && after != null && (ended(after) || nodeGone(after, cache));
        return concerned ? List.of(change.any().key()) : List.of();
    }

    /** Ends without ever having had a node that could end it. */
    private static boolean ended(ApiObject pod) {
        return pod.deleting() && Pods.node(pod).isEmpty();
    }

    private static boolean nodeGone(ApiObject pod, Cache cache) {
        String node = Pods.node(pod);
        return !node.isEmpty() && cache.get(NODES, new ObjectKey("", node)) == null;
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        if (key.equals(FINISHED)) {
            return forgetFinished(cache);
        }
        ApiObject pod = cache.get(PODS, key);
        if (pod == null) {
            return Plan.NOTHING;
        }
        if (ended(pod)) {
            return Plan.of(Writes.remove(PODS, pod));
        }
        if (!nodeGone(pod, cache)) {
            return Plan.NOTHING;
        }
        Instant until = sightings.goneSince(Pods.node(pod)).orElse(now).plus(quarantine);
        return until.isAfter(now) ? Plan.after(Duration.between(now, until).plusMillis(1)) : removeLost(pod, now);
    }

    private static Plan removeLost(ApiObject pod, Instant now) {
        List<Action> actions = new ArrayList<>();
        if (!Pods.finished(pod)) {
            ObjectNode status = pod.status().deepCopy();
            status.put("phase", "Failed");
            Conditions.set(status, "DisruptionTarget", "True", "DeletionByPodGC", "PodGC: node no longer exists", now);
            actions.addAll(Writes.status(PODS, pod, status));
        }
        actions.add(Writes.remove(PODS, pod));
        return new Plan(List.copyOf(actions), null);
    }

    private Plan forgetFinished(Cache cache) {
        List<ApiObject> finished = cache.list(PODS).stream().filter(pod -> Pods.finished(pod) && !pod.deleting())
                .toList();
        int tooMany = Math.min(finished.size() - keptFinished, MAX_DELETES);
        List<Action> actions = finished.stream()
                .sorted(Comparator.comparing((ApiObject pod) -> pod.creationTimestamp().orElse(Instant.EPOCH))
                        .thenComparing(ApiObject::key))
                .limit(Math.max(0, tooMany)).<Action>map(pod -> Writes.remove(PODS, pod)).toList();
        return new Plan(actions, CHECK_FINISHED);
    }
}
