package dev.xebec.simulator.check;

import dev.xebec.contracts.state.Change;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * No pod is made for a ReplicaSet that has all that it asked for at any moment of the last revisions. Stricter than what names
 * alone can promise ({@link ReplicaSetSize}): two controllers whose pictures differ by the end of a pod can break it for a
 * moment, and the surplus pod is deleted again.
 */
final class NoSurplusPod implements Invariant {
    private static final String NAME = "no-surplus-pod";
    /** Revisions for which a number that was asked for before still excuses a pod. */
    private static final long EXCUSED = 2_000;

    private final TreeMap<String, TreeMap<Long, Integer>> asked = new TreeMap<>();
    private final TreeMap<String, Integer> live = new TreeMap<>();

    @Override
    public void committed(long revision, List<Change> changes, Truth truth) {
        for (Transition step : truth.transitions()) {
            if (step.of(GroupVersionResource.REPLICA_SETS)) {
                takeSet(step);
            } else if (step.of(GroupVersionResource.PODS)) {
                takePod(step);
            }
        }
    }

    private void takeSet(Transition step) {
        ApiObject before = step.objectBefore();
        ApiObject after = step.objectAfter();
        if (after == null) {
            return;
        }
        int now = replicas(after);
        if (before == null || replicas(before) != now) {
            asked.computeIfAbsent(after.uid(), fresh -> new TreeMap<>()).put(step.revision(), now);
        }
    }

    private void takePod(Transition step) {
        String was = counted(step.objectBefore());
        String is = counted(step.objectAfter());
        if (!was.isEmpty()) {
            live.merge(was, -1, Integer::sum);
        }
        if (is.isEmpty()) {
            return;
        }
        int now = live.merge(is, 1, Integer::sum);
        int most = most(is, step.revision());
        if (step.before() == null && now > most) {
            throw new Violation(NAME, step.revision(), "no pod more than the " + most + " that its ReplicaSet asks for",
                    step + " is live pod number " + now);
        }
    }

    private int most(String uid, long revision) {
        TreeMap<Long, Integer> numbers = asked.getOrDefault(uid, new TreeMap<>());
        Long first = numbers.floorKey(revision - EXCUSED);
        if (first != null) {
            numbers.headMap(first, false).clear();
        }
        return numbers.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static int replicas(ApiObject set) {
        return set.spec().path("replicas").asInt(1);
    }

    private static String counted(@Nullable ApiObject pod) {
        return pod == null || pod.deleting() || BoundPod.finished(pod) ? "" : ReplicaSetSize.owner(pod);
    }
}
