package dev.xebec.simulator.check;

import dev.xebec.contracts.state.Change;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A rolling update asks for no fewer pods than replicas less maxUnavailable and for no more than replicas and maxSurge.
 *
 * <p>A resize stands on the revision of the set that it resizes, and Deployments and sets come in one stream: so it was decided
 * from a picture between that revision and its own. For one of those pictures, the sets with this one resized have to be
 * within the bounds. The sizes after two controllers have resized two sets at once can be outside; nothing guards against
 * that.
 */
final class RolloutBounds implements Invariant {
    private static final String NAME = "rollout-bounds";
    /** Moments of a Deployment that are remembered; a resize decided before the oldest is not judged. */
    private static final int KEPT = 512;

    /** By the Deployment's uid. */
    private final TreeMap<String, Rollout> rollouts = new TreeMap<>();

    private static final class Rollout {
        private final ArrayDeque<RolloutMoment> moments = new ArrayDeque<>();
        private final TreeMap<String, Integer> sizes = new TreeMap<>();
        private ApiObject deployment;
        private boolean forgotten;

        Rollout(ApiObject deployment) {
            this.deployment = deployment;
        }

        void note(long revision) {
            RolloutMoment moment = RolloutMoment.of(revision, deployment, sizes);
            RolloutMoment last = moments.peekLast();
            if (last == null || !last.alike(moment)) {
                moments.addLast(moment);
            }
            if (moments.size() > KEPT) {
                moments.removeFirst();
                forgotten = true;
            }
        }
    }

    @Override
    public void committed(long revision, List<Change> changes, Truth truth) {
        for (Transition step : truth.transitions()) {
            if (step.of(GroupVersionResource.DEPLOYMENTS)) {
                takeDeployment(step);
            } else if (step.of(GroupVersionResource.REPLICA_SETS)) {
                takeSet(step);
            }
        }
    }

    private void takeDeployment(Transition step) {
        ApiObject before = step.objectBefore();
        ApiObject after = step.objectAfter();
        if (after == null) {
            if (before != null) {
                rollouts.remove(before.uid());
            }
            return;
        }
        Rollout rollout = rollouts.computeIfAbsent(after.uid(), fresh -> new Rollout(after));
        rollout.deployment = after;
        rollout.note(step.revision());
    }

    private void takeSet(Transition step) {
        ApiObject before = step.objectBefore();
        ApiObject after = step.objectAfter();
        String was = OneSetPerTemplate.owner(before);
        String is = OneSetPerTemplate.owner(after);
        Rollout rollout = rollouts.get(is);
        Stored old = step.before();
        if (rollout != null && after != null) {
            int now = replicas(after);
            if (before == null || old == null) {
                judge(step, rollout, after, 0, now);
            } else if (is.equals(was) && replicas(before) != now) {
                judge(step, rollout, after, old.modRevision(), now);
            }
            rollout.sizes.put(after.uid(), now);
            rollout.note(step.revision());
        }
        Rollout left = rollouts.get(was);
        if (left != null && before != null && !was.equals(is)) {
            left.sizes.remove(before.uid());
            left.note(step.revision());
        }
    }

    /** @param seenSince the oldest picture that it can have been decided from */
    private static void judge(Transition step, Rollout rollout, ApiObject set, long seenSince, int now) {
        int was = step.objectBefore() == null ? 0 : rollout.sizes.getOrDefault(set.uid(), now);
        Predicate<RolloutMoment> right = now < was
                ? moment -> moment.sumWith(set.uid(), now) >= moment.least()
                : moment -> moment.sumWith(set.uid(), now) <= moment.most();
        RolloutMoment previous = null;
        for (RolloutMoment moment : rollout.moments) {
            boolean previousSeen = previous != null && moment.since() > seenSince;
            if (previous != null && previousSeen && (!previous.rolling() || right.test(previous))) {
                return;
            }
            previous = moment;
        }
        boolean lastRight = previous == null || !previous.rolling() || right.test(previous);
        boolean before = rollout.forgotten && rollout.moments.getFirst().since() > seenSince;
        if (!lastRight && !before && previous != null) {
            throw new Violation(NAME, step.revision(), "the sets of Deployment " + rollout.deployment.key()
                    + " ask for " + previous.least() + " to " + previous.most()
                    + " pods in some picture since revision "
                    + seenSince, step + " goes from " + was + " to " + now + " beside " + previous.sizes());
        }
    }

    private static int replicas(ApiObject set) {
        return set.spec().path("replicas").asInt(1);
    }
}
