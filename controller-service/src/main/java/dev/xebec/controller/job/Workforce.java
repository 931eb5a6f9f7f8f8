package dev.xebec.controller.job;

import dev.xebec.controller.object.Pods;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.informer.Cache;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pods that a running Job starts and stops now.
 *
 * @param later when to look again for what has to wait; null where nothing waits
 */
record Workforce(List<Action> actions, @Nullable Duration later) {
    /** Pods started in one plan; the rest follows in the next. Source: k/k MaxPodCreateDeletePerSync. */
    private static final int MAX_BURST = 500;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;

    static Workforce of(JobSpec spec, Tally tally, Cache cache, Instant now) {
        List<ApiObject> active = tally.active();
        int wanted = wanted(spec, tally);
        List<Action> actions = new ArrayList<>();
        if (active.size() > wanted) {
            surplus(spec, active, active.size() - wanted)
                    .forEach(pod -> JobReconciler.withdraw(spec.job(), pod, actions));
            return new Workforce(actions, null);
        }
        int leaving = spec.replacesFailedOnly() ? tally.terminating().size() : 0;
        int missing = Math.min(wanted - active.size() - leaving, MAX_BURST);
        if (missing <= 0 || spec.suspended()) {
            return new Workforce(actions, null);
        }
        return spec.indexed()
                ? byIndex(spec, tally, missing, cache, now)
                : byCount(spec, tally, missing, cache, now);
    }

    private static int wanted(JobSpec spec, Tally tally) {
        if (spec.suspended()) {
            return 0;
        }
        Integer completions = spec.completions();
        if (completions == null) {
            return tally.succeeded() > 0
                    ? Math.min(tally.active().size(), spec.parallelism())
                    : spec.parallelism();
        }
        return Math.max(0, Math.min(completions - tally.succeeded(), spec.parallelism()));
    }

    /** First those that are least far on; of an indexed job the highest indexes. */
    private static List<ApiObject> surplus(JobSpec spec, List<ApiObject> active, int count) {
        Comparator<ApiObject> order = Comparator.<ApiObject, Boolean>comparing(pod -> !Pods.node(pod).isEmpty())
                .thenComparing(Pods::ready).thenComparing(pod -> spec.indexed() ? -JobPod.index(pod) : 0)
                .thenComparing(pod -> pod.creationTimestamp().orElse(Instant.MAX), Comparator.reverseOrder())
                .thenComparing(ApiObject::name);
        return active.stream().sorted(order).limit(count).toList();
    }

    private static Workforce byCount(JobSpec spec, Tally tally, int missing, Cache cache, Instant now) {
        Duration wait = BackOff.left(tally.all().toList(), spec, now);
        if (!wait.isZero()) {
            return new Workforce(List.of(), wait);
        }
        List<Action> actions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int count = 0; count < missing; count++) {
            start(spec.job(), -1, -1, names, cache, actions);
        }
        return new Workforce(actions, null);
    }

    private static Workforce byIndex(JobSpec spec, Tally tally, int missing, Cache cache, Instant now) {
        BitSet taken = JobIndexes.union(tally.completedIndexes(), tally.failedIndexes());
        tally.active().forEach(pod -> mark(taken, JobPod.index(pod)));
        if (spec.replacesFailedOnly()) {
            tally.terminating().forEach(pod -> mark(taken, JobPod.index(pod)));
        }
        boolean perIndex = spec.backOffLimitPerIndex().isPresent();
        Duration shared = perIndex ? Duration.ZERO : BackOff.left(tally.all().toList(), spec, now);
        if (!shared.isZero()) {
            return new Workforce(List.of(), shared);
        }
        List<Action> actions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Duration later = null;
        int started = 0;
        for (int index = taken.nextClearBit(0); index < spec.indexes()
                && started < missing; index = taken.nextClearBit(index + 1)) {
            int at = index;
            List<ApiObject> before = tally.all().filter(pod -> JobPod.index(pod) == at).toList();
            Duration wait = perIndex ? BackOff.left(before, spec, now) : Duration.ZERO;
            if (wait.isZero()) {
                start(spec.job(), index, perIndex ? failuresOf(spec, before) : -1, names, cache, actions);
                started++;
            } else {
                later = later == null || wait.compareTo(later) < 0 ? wait : later;
            }
        }
        return new Workforce(actions, later);
    }

    private static int failuresOf(JobSpec spec, List<ApiObject> before) {
        return before.stream().filter(pod -> JobPod.failed(pod, spec)).mapToInt(
                pod -> JobPod.earlierFailures(pod) + (FailurePolicy.judge(spec, pod)
                        .consequence() == FailurePolicy.Consequence.IGNORE ? 0 : 1))
                .max().orElse(0);
    }

    private static void mark(BitSet indexes, int index) {
        if (index >= 0) {
            indexes.set(index);
        }
    }

    private static void start(ApiObject job, int index, int failures, Set<String> names, Cache cache,
            List<Action> actions) {
        String name = JobPod.name(job, index, one -> names.contains(one)
                || cache.get(PODS, new ObjectKey(job.namespace(), one)) != null);
        names.add(name);
        actions.add(new Action.Create(PODS, JobPod.make(job, name, index, failures)));
        actions.add(new Action.Emit(job, "Normal", "SuccessfulCreate", "Created pod: " + name));
    }
}
