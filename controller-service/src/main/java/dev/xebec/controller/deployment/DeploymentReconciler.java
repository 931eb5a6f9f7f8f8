package dev.xebec.controller.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rolls a Deployment out: a ReplicaSet per template, whose name follows from the template; grown and shrunk step by
 * step, each step conditional on the revision of the set that it resizes.
 */
public final class DeploymentReconciler implements Reconciler {
    private static final GroupVersionResource DEPLOYMENTS = GroupVersionResource.DEPLOYMENTS;
    private static final GroupVersionResource SETS = GroupVersionResource.REPLICA_SETS;
    private static final int DEFAULT_HISTORY = 10;

    @Override
    public String name() {
        return "deployment";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(DEPLOYMENTS, SETS, GroupVersionResource.PODS, GroupVersionResource.NAMESPACES);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return cache.list(DEPLOYMENTS).stream().map(ObjectKey::of).toList();
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        if (change.resource().equals(DEPLOYMENTS)) {
            return List.of(ObjectKey.of(change.any()));
        }
        if (change.resource().equals(SETS)) {
            return Stream.of(Optional.ofNullable(change.before()), Optional.ofNullable(change.after()))
                    .flatMap(Optional::stream).flatMap(set -> deploymentsOf(set, cache)).collect(Collectors.toSet());
        }
        // The end of a pod is what a Deployment with strategy Recreate waits for.
        ApiObject pod = change.before();
        boolean gone = change.after() == null || Pods.finished(change.after());
        return pod != null && gone && change.resource().equals(GroupVersionResource.PODS)
                ? deploymentOfPod(pod, cache)
                : List.of();
    }

    private static Collection<ObjectKey> deploymentOfPod(ApiObject pod, Cache cache) {
        return pod.controllerOwner().filter(owner -> owner.kind().equals(Kinds.REPLICA_SET.kind()))
                .map(owner -> cache.get(SETS, new ObjectKey(pod.namespace(), owner.name())))
                .map(set -> deploymentsOf(set, cache).toList()).orElse(List.of());
    }

    private static Stream<ObjectKey> deploymentsOf(ApiObject set, Cache cache) {
        var owner = set.controllerOwner();
        if (owner.isPresent()) {
            return owner.stream().filter(of -> of.kind().equals(Kinds.DEPLOYMENT.kind()))
                    .map(of -> new ObjectKey(set.namespace(), of.name()));
        }
        return cache.list(DEPLOYMENTS, set.namespace()).stream()
                .filter(deployment -> CurrentSet.selects(deployment, set)).map(ObjectKey::of);
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject deployment = cache.get(DEPLOYMENTS, key);
        if (deployment == null) {
            return Plan.NOTHING;
        }
        Claim claim = Claim.of(deployment, Kinds.DEPLOYMENT, SETS, cache, orphan -> true);
        if (!claim.pending().isEmpty()) {
            return new Plan(claim.pending(), null);
        }
        Rollout rollout = Rollout.of(deployment, claim.owned());
        if (deployment.deleting() || namespaceEnding(deployment, cache)) {
            return new Plan(Writes.status(DEPLOYMENTS, deployment, DeploymentStatus.counts(rollout, now)), null);
        }
        return rollout.paused() || ProportionalScaling.needed(rollout)
                ? resize(rollout, now)
                : rollOut(rollout, cache, now);
    }

    private static boolean namespaceEnding(ApiObject deployment, Cache cache) {
        ApiObject namespace = cache.get(GroupVersionResource.NAMESPACES, new ObjectKey("", deployment.namespace()));
        return namespace != null && namespace.deleting();
    }

    private static Plan resize(Rollout rollout, Instant now) {
        List<Action> actions = new ArrayList<>(ProportionalScaling.scale(rollout));
        if (actions.isEmpty() && rollout.paused()) {
            actions.addAll(forgetOldSets(rollout));
        }
        ObjectNode status = DeploymentStatus.paused(rollout, DeploymentStatus.counts(rollout, now), now);
        actions.addAll(Writes.status(DEPLOYMENTS, rollout.deployment(), status));
        return new Plan(List.copyOf(actions), null);
    }

    private static Plan rollOut(Rollout rollout, Cache cache, Instant now) {
        ApiObject current = rollout.current();
        List<Action> first = !rollout.rolling() ? Recreate.emptyOld(rollout) : List.of();
        if (!first.isEmpty() || !rollout.rolling() && Recreate.oldPodsRun(rollout, cache)) {
            // Strategy Recreate: nothing new as long as anything old is there, but for a set that is there already.
            return withStatus(rollout, first, now);
        }
        if (current == null) {
            return CurrentSet.nameTaken(rollout, cache)
                    ? countCollision(rollout)
                    : withStatus(rollout, CurrentSet.create(rollout), now);
        }
        List<Action> refresh = CurrentSet.refresh(rollout, current);
        if (!refresh.isEmpty()) {
            return new Plan(refresh, null);
        }
        List<Action> note = CurrentSet.noteRevision(rollout, current);
        if (!note.isEmpty()) {
            return new Plan(note, null);
        }
        return withStatus(rollout, step(rollout, current, now), now);
    }

    private static List<Action> step(Rollout rollout, ApiObject current, Instant now) {
        List<Action> step = rollout.rolling()
                ? RollingUpdate.step(rollout, current)
                : Scaling.to(rollout, current, rollout.desired());
        boolean complete = step.isEmpty()
                && DeploymentStatus.complete(rollout, DeploymentStatus.counts(rollout, now));
        return complete ? forgetOldSets(rollout) : step;
    }

    private static Plan withStatus(Rollout rollout, List<Action> step, Instant now) {
        ObjectNode status = DeploymentStatus.rollout(rollout, now);
        List<Action> actions = new ArrayList<>(step);
        actions.addAll(Writes.status(DEPLOYMENTS, rollout.deployment(), status));
        return new Plan(List.copyOf(actions), DeploymentStatus.untilDeadline(rollout, status, now));
    }

    /** The set's name belongs to another: the next hash is another one. */
    private static Plan countCollision(Rollout rollout) {
        ObjectNode status = rollout.deployment().status().deepCopy();
        status.put("collisionCount", Rollout.collisions(rollout.deployment()) + 1);
        return new Plan(Writes.status(DEPLOYMENTS, rollout.deployment(), status), null);
    }

    /** Deletes the oldest empty sets beyond the history that is kept. */
    private static List<Action> forgetOldSets(Rollout rollout) {
        int limit = rollout.deployment().spec().path("revisionHistoryLimit").asInt(DEFAULT_HISTORY);
        List<ApiObject> old = rollout.old().stream().filter(set -> !set.deleting())
                .sorted(Comparator.comparingLong(Annotations::revision).thenComparing(Rollout.OLDEST_FIRST)).toList();
        return old.stream().limit(Math.max(0, old.size() - limit)).filter(DeploymentReconciler::empty)
                .<Action>map(set -> Writes.delete(SETS, set, "Background")).toList();
    }

    private static boolean empty(ApiObject set) {
        return Rollout.replicas(set) == 0 && Rollout.status(set, "replicas") == 0
                && set.status().path("observedGeneration").asLong() >= set.generation();
    }
}
