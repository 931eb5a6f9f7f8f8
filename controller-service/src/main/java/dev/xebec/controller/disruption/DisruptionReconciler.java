package dev.xebec.controller.disruption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.IntOrPercent;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.Pods;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.selector.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the status of PodDisruptionBudgets, from which evictions are granted.
 *
 * <p>Source: k/k {@code pkg/controller/disruption/disruption.go}.
 */
public final class DisruptionReconciler implements Reconciler {
    /** An eviction that was granted counts as long; afterwards the pod is taken to stay. */
    static final Duration GRANTED_FOR = Duration.ofMinutes(2);
    private static final GroupVersionResource BUDGETS = Kinds.POD_DISRUPTION_BUDGETS;
    private static final Map<String, GroupVersionResource> SCALED = Map.of("ReplicaSet",
            GroupVersionResource.REPLICA_SETS, "StatefulSet", Kinds.STATEFUL_SETS, "ReplicationController",
            Kinds.REPLICATION_CONTROLLERS, "Deployment", GroupVersionResource.DEPLOYMENTS);

    @Override
    public String name() {
        return "disruption";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(BUDGETS, GroupVersionResource.PODS, GroupVersionResource.REPLICA_SETS,
                GroupVersionResource.DEPLOYMENTS, Kinds.STATEFUL_SETS, Kinds.REPLICATION_CONTROLLERS);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return cache.list(BUDGETS).stream().map(ObjectKey::of).toList();
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        if (change.resource().equals(BUDGETS)) {
            return List.of(change.any().key());
        }
        Collection<ApiObject> budgets = cache.list(BUDGETS, change.any().namespace());
        if (budgets.isEmpty() || !reads().contains(change.resource())) {
            return List.of();
        }
        if (!change.resource().equals(GroupVersionResource.PODS)) {
            return budgets.stream().map(ObjectKey::of).toList();
        }
        return budgets.stream().filter(budget -> selects(budget, change.before()) || selects(budget, change.after()))
                .map(ObjectKey::of).collect(Collectors.toSet());
    }

    private static boolean selects(ApiObject budget, @Nullable ApiObject pod) {
        return pod != null && LabelSelector.of(budget.spec().path("selector")).matches(pod.labels());
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject budget = cache.get(BUDGETS, key);
        if (budget == null || budget.deleting()) {
            return Plan.NOTHING;
        }
        LabelSelector selector = LabelSelector.of(budget.spec().path("selector"));
        List<ApiObject> pods = cache.list(GroupVersionResource.PODS, key.namespace()).stream()
                .filter(pod -> selector.matches(pod.labels())).toList();
        Map<String, Instant> granted = granted(budget, pods, now);
        int healthy = (int) pods.stream().filter(
                pod -> Pods.ready(pod) && !pod.deleting() && !granted.containsKey(pod.name())).count();
        Expectation expectation = Expectation.of(budget, pods, pod -> scaleOf(pod, cache));
        ObjectNode status = status(budget, expectation, healthy, granted, now);
        Duration recheck = granted.values().stream().min(Instant::compareTo)
                .map(since -> Duration.between(now, since.plus(GRANTED_FOR))).orElse(null);
        return new Plan(Writes.status(BUDGETS, budget, status), recheck);
    }

    /** Evictions granted whose pods have not begun to go yet. */
    private static Map<String, Instant> granted(ApiObject budget, List<ApiObject> pods, Instant now) {
        Map<String, ApiObject> byName = pods.stream().collect(Collectors.toMap(ApiObject::name, Function.identity()));
        Map<String, Instant> granted = new TreeMap<>();
        budget.status().path("disruptedPods").properties().forEach(entry -> {
            ApiObject pod = byName.get(entry.getKey());
            Instant since = ApiObject.instant(entry.getValue()).orElse(Instant.MIN);
            if (pod != null && !pod.deleting() && since.isAfter(now.minus(GRANTED_FOR))) {
                granted.put(entry.getKey(), since);
            }
        });
        return granted;
    }

    private static ObjectNode status(ApiObject budget, Expectation expectation, int healthy,
            Map<String, Instant> granted, Instant now) {
        int allowed = expectation.expected() <= 0 ? 0 : Math.max(0, healthy - expectation.desired());
        ObjectNode status = budget.status().deepCopy();
        status.put("observedGeneration", budget.generation()).put("currentHealthy", healthy)
                .put("desiredHealthy", expectation.desired()).put("expectedPods", expectation.expected())
                .put("disruptionsAllowed", allowed);
        if (granted.isEmpty()) {
            status.remove("disruptedPods");
        } else {
            JsonNode present = budget.status().path("disruptedPods");
            ObjectNode kept = Json.object();
            granted.keySet().forEach(pod -> kept.set(pod, present.get(pod)));
            status.set("disruptedPods", kept);
        }
        ObjectNode condition = Conditions.set(status, "DisruptionAllowed", allowed > 0 ? "True" : "False",
                allowed > 0 ? "SufficientPods" : "InsufficientPods", "", now);
        condition.put("observedGeneration", budget.generation());
        return status;
    }

    /** How many pods the pod's controller wants; the Deployment's number where a ReplicaSet has one above it. */
    private static Scale scaleOf(ApiObject pod, Cache cache) {
        ApiObject owner = ownerOf(pod, cache);
        if (owner == null) {
            return Scale.NONE;
        }
        ApiObject above = ownerOf(owner, cache);
        ApiObject scaled = above == null ? owner : above;
        return new Scale(scaled.uid(), scaled.spec().path("replicas").asInt(1));
    }

    private static @Nullable ApiObject ownerOf(ApiObject object, Cache cache) {
        return object.controllerOwner().map(owner -> {
            GroupVersionResource resource = SCALED.get(owner.kind());
            ApiObject found = resource == null
                    ? null
                    : cache.get(resource, new ObjectKey(object.namespace(), owner.name()));
            return found != null && found.uid().equals(owner.uid()) ? found : null;
        }).orElse(null);
    }

    /** @param owner uid; empty where no controller is known */
    record Scale(String owner, int replicas) {
        static final Scale NONE = new Scale("", 0);
    }

    /** How many pods there should be, and how many of them healthy. */
    record Expectation(int expected, int desired) {

        static Expectation of(ApiObject budget, List<ApiObject> pods, Function<ApiObject, Scale> scales) {
            JsonNode maxUnavailable = budget.spec().path("maxUnavailable");
            JsonNode minAvailable = budget.spec().path("minAvailable");
            if (minAvailable.isNumber()) {
                return new Expectation(pods.size(), minAvailable.asInt());
            }
            int expected = pods.stream().map(scales).filter(scale -> !scale.owner().isEmpty())
                    .collect(Collectors.toMap(Scale::owner, Scale::replicas, Math::max)).values().stream()
                    .mapToInt(Integer::intValue).sum();
            if (!minAvailable.isMissingNode() && !minAvailable.isNull()) {
                return new Expectation(expected, IntOrPercent.of(minAvailable.asText(), expected, true));
            }
            int unavailable = IntOrPercent.of(maxUnavailable.asText("0"), expected, true);
            return new Expectation(expected, Math.max(0, expected - unavailable));
        }
    }
}
