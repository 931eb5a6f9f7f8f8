package dev.xebec.controller.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes pods from nodes whose taints they do not tolerate, or no longer.
 *
 * <p>Source: k/k {@code pkg/controller/tainteviction}.
 */
public final class TaintEvictionReconciler implements Reconciler {
    private static final GroupVersionResource NODES = GroupVersionResource.NODES;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;

    private final Duration defaultToleration;

    /** @param defaultToleration for lost nodes, of pods that say nothing of it */
    public TaintEvictionReconciler(Duration defaultToleration) {
        this.defaultToleration = defaultToleration;
    }

    @Override
    public String name() {
        return "taint-eviction";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(NODES, PODS);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return cache.list(NODES).stream().map(ObjectKey::of).toList();
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        ApiObject before = change.before();
        ApiObject after = change.after();
        if (after == null) {
            return List.of();
        }
        if (change.resource().equals(NODES)) {
            boolean same = before != null && before.spec().path("taints").equals(after.spec().path("taints"));
            return same ? List.of() : List.of(after.key());
        }
        if (!change.resource().equals(PODS) || Pods.node(after).isEmpty()) {
            return List.of();
        }
        boolean same = before != null && Pods.node(before).equals(Pods.node(after))
                && before.spec().path("tolerations").equals(after.spec().path("tolerations"));
        ObjectKey node = new ObjectKey("", Pods.node(after));
        ApiObject found = same ? null : cache.get(NODES, node);
        return found == null || evicting(found).isEmpty() ? List.of() : List.of(node);
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject node = cache.get(NODES, key);
        List<JsonNode> taints = node == null ? List.of() : evicting(node);
        if (taints.isEmpty()) {
            return Plan.NOTHING;
        }
        List<Action> actions = new ArrayList<>();
        Instant next = null;
        for (ApiObject pod : cache.byIndex(PODS, Indexes.NODE, key.name())) {
            Instant until = pod.deleting() || Pods.finished(pod) ? null : toleratedUntil(pod, taints);
            if (until == null) {
                continue;
            }
            if (!until.isAfter(now)) {
                actions.addAll(evict(pod, now));
            } else if (next == null || until.isBefore(next)) {
                next = until;
            }
        }
        return new Plan(List.copyOf(actions), next == null ? null : Duration.between(now, next).plusMillis(1));
    }

    /** Taints that evict, dated; one without a date gets it first, from the node lifecycle. */
    private static List<JsonNode> evicting(ApiObject node) {
        List<JsonNode> evicting = new ArrayList<>();
        node.spec().path("taints").forEach(taint -> {
            if (taint.path("effect").asText().equals(Taints.NO_EXECUTE) && taint.hasNonNull("timeAdded")) {
                evicting.add(taint);
            }
        });
        return evicting;
    }

    /** Null for ever. */
    private @Nullable Instant toleratedUntil(ApiObject pod, List<JsonNode> taints) {
        Instant earliest = null;
        for (JsonNode taint : taints) {
            Duration tolerated = Tolerations.of(pod, taint, defaultToleration);
            Instant since = ApiObject.instant(taint.path("timeAdded")).orElse(Instant.EPOCH);
            Instant until = tolerated == null ? null : since.plus(tolerated);
            if (until != null && (earliest == null || until.isBefore(earliest))) {
                earliest = until;
            }
        }
        return earliest;
    }

    private static List<Action> evict(ApiObject pod, Instant now) {
        ObjectNode status = pod.status().deepCopy();
        Conditions.set(status, "DisruptionTarget", "True", "DeletionByTaintManager",
                "Taint manager: deleting due to NoExecute taint", now);
        List<Action> actions = new ArrayList<>(Writes.status(PODS, pod, status));
        actions.add(new Action.Emit(pod, "Normal", "TaintManagerEviction",
                "Marking for deletion Pod " + pod.namespace() + "/" + pod.name()));
        actions.add(new Action.Delete(PODS, pod.key(), pod.uid(), 0, -1, ""));
        return actions;
    }
}
