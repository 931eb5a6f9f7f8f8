package dev.xebec.controller.replicaset;

import dev.xebec.controller.object.Claim;
import dev.xebec.controller.object.Kinds;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps a ReplicaSet's number of pods. The n-th pod's name follows from the set's uid and n, so two replicas that both
 * believe they own the set collide on the name instead of making a pod too many.
 */
public final class ReplicaSetReconciler implements Reconciler {
    /** Pods created or deleted in one plan; the rest follows in the next. Source: k/k BurstReplicas. */
    static final int MAX_BURST = 500;

    private static final GroupVersionResource SETS = GroupVersionResource.REPLICA_SETS;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;

    private final Refusals refusals;

    public ReplicaSetReconciler(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public String name() {
        return "replicaset";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(SETS, PODS, GroupVersionResource.NAMESPACES);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return cache.list(SETS).stream().map(ObjectKey::of).toList();
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        if (change.resource().equals(SETS)) {
            return List.of(ObjectKey.of(change.any()));
        }
        if (!change.resource().equals(PODS)) {
            return List.of();
        }
        return Stream.of(Optional.ofNullable(change.before()), Optional.ofNullable(change.after()))
                .flatMap(Optional::stream).flatMap(pod -> Claim.ownersOf(pod, Kinds.REPLICA_SET, SETS, cache))
                .collect(Collectors.toSet());
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject set = cache.get(SETS, key);
        if (set == null) {
            return Plan.NOTHING;
        }
        Claim claim = Claim.of(set, Kinds.REPLICA_SET, PODS, cache, Pods::active);
        if (!claim.pending().isEmpty()) {
            return new Plan(claim.pending(), null);
        }
        List<ApiObject> active = claim.owned().stream().filter(Pods::active).toList();
        Optional<String> refusal = refusals.lastRefusal(set.uid());
        List<Action> actions = new ArrayList<>(
                Writes.status(SETS, set, ReplicaSetStatus.of(set, active, refusal, now)));
        boolean statusChanged = !actions.isEmpty();
        if (!set.deleting() && !namespaceEnding(set, cache)) {
            if (statusChanged && refusal.isPresent()) {
                actions.add(new Action.Emit(set, "Warning", "FailedCreate", "Error creating: " + refusal.get()));
            }
            actions.addAll(manage(set, active, cache));
        }
        return new Plan(List.copyOf(actions), ReplicaSetStatus.untilAvailable(set, active, now));
    }

    private static boolean namespaceEnding(ApiObject set, Cache cache) {
        ApiObject namespace = cache.get(GroupVersionResource.NAMESPACES, new ObjectKey("", set.namespace()));
        return namespace != null && namespace.deleting();
    }

    private static List<Action> manage(ApiObject set, List<ApiObject> active, Cache cache) {
        int missing = ReplicaSetStatus.replicas(set) - active.size();
        if (missing > 0) {
            return create(set, Math.min(missing, MAX_BURST), cache);
        }
        return missing < 0 ? delete(set, active, Math.min(-missing, MAX_BURST), cache) : List.of();
    }

    /** Fills the first free slots; a name is taken also by a pod that is finished or on its way out. */
    private static List<Action> create(ApiObject set, int count, Cache cache) {
        Set<String> names = new LinkedHashSet<>();
        for (int slot = 0; names.size() < count; slot++) {
            String name = PodFromTemplate.name(set, slot);
            if (cache.get(PODS, new ObjectKey(set.namespace(), name)) == null) {
                names.add(name);
            }
        }
        List<Action> actions = new ArrayList<>();
        for (String name : names) {
            actions.add(new Action.Create(PODS, PodFromTemplate.pod(set, Kinds.REPLICA_SET, name)));
            actions.add(new Action.Emit(set, "Normal", "SuccessfulCreate", "Created pod: " + name));
        }
        return actions;
    }

    private static List<Action> delete(ApiObject set, List<ApiObject> active, int count, Cache cache) {
        List<Action> actions = new ArrayList<>();
        for (ApiObject victim : PodRanking.victims(active, related(set, active, cache), count)) {
            actions.add(Writes.delete(PODS, victim, ""));
            actions.add(new Action.Emit(set, "Normal", "SuccessfulDelete", "Deleted pod: " + victim.name()));
        }
        return actions;
    }

    /** Active pods of all sets under the same controller. */
    private static List<ApiObject> related(ApiObject set, List<ApiObject> active, Cache cache) {
        return set.controllerOwner()
                .map(owner -> cache.ownedBy(SETS, owner.uid()).stream()
                        .flatMap(sibling -> cache.ownedBy(PODS, sibling.uid()).stream()).filter(Pods::active).toList())
                .orElse(active);
    }
}
