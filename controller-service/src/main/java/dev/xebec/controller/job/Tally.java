package dev.xebec.controller.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.job.FailurePolicy.Consequence;
import dev.xebec.controller.object.Pods;
import dev.xebec.controller.object.Trees;
import dev.xebec.model.object.ApiObject;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What has become of a Job's pods, each counted once. An end is first noted by uid in the status, then the pod is let go of
 * (its finalizer), and only when it has gone from the picture the note becomes a count. All of a picture is of one revision
 * and each status write is conditional on it, so two owners cannot count one pod twice.
 *
 * <p>Source: k/k {@code pkg/controller/job/job_controller.go}, trackJobStatusAndRemoveFinalizers.
 */
final class Tally {
    /** Ends that are noted in one status. Source: k/k MaxUncountedPods. */
    private static final int MAX_NOTED = 500;

    private final JobSpec spec;
    private final List<ApiObject> pods;
    private final Set<String> notedSucceeded = new LinkedHashSet<>();
    private final Set<String> notedFailed = new LinkedHashSet<>();
    private final List<ApiObject> released = new ArrayList<>();
    private final BitSet completedIndexes;
    private final BitSet failedIndexes;
    private int succeeded;
    private int failed;
    private String failJob = "";

    private Tally(JobSpec spec, List<ApiObject> pods) {
        this.spec = spec;
        this.pods = pods;
        JsonNode status = spec.job().status();
        completedIndexes = JobIndexes.parse(status.path("completedIndexes").asText(""), spec.indexes());
        failedIndexes = JobIndexes.parse(status.path("failedIndexes").asText(""), spec.indexes());
        succeeded = spec.indexed() ? completedIndexes.cardinality() : status.path("succeeded").asInt(0);
        failed = status.path("failed").asInt(0);
    }

    /** @param ending whether the job is over, so that pods which still run count as failed */
    static Tally of(JobSpec spec, List<ApiObject> pods, boolean ending) {
        Tally tally = new Tally(spec, pods);
        tally.settle();
        pods.stream().filter(JobPod::tracked).forEach(pod -> tally.look(pod, ending));
        return tally;
    }

    /** Notes of pods that have been let go of become counts. */
    private void settle() {
        Set<String> held = new HashSet<>();
        pods.stream().filter(JobPod::tracked).forEach(pod -> held.add(pod.uid()));
        JsonNode noted = spec.job().status().path("uncountedTerminatedPods");
        noted.path("succeeded").forEach(uid -> {
            if (held.contains(uid.asText())) {
                notedSucceeded.add(uid.asText());
            } else if (!spec.indexed()) {
                succeeded++;
            }
        });
        noted.path("failed").forEach(uid -> {
            if (held.contains(uid.asText())) {
                notedFailed.add(uid.asText());
            } else {
                failed++;
            }
        });
    }

    private void look(ApiObject pod, boolean ending) {
        int index = JobPod.index(pod);
        boolean outside = spec.indexed() && (index < 0 || index >= spec.indexes());
        if (JobPod.succeeded(pod)) {
            if (outside || notedSucceeded.contains(pod.uid())) {
                released.add(pod);
            } else if (spec.indexed()) {
                complete(pod, index);
            } else if (room()) {
                notedSucceeded.add(pod.uid());
            }
        } else if (JobPod.failed(pod, spec) || ending) {
            if (outside || notedFailed.contains(pod.uid())) {
                released.add(pod);
            } else {
                fail(pod, index);
            }
        } else if (spec.job().deleting()) {
            released.add(pod);
        }
    }

    /** The index is note enough; the pod is let go of once the status has it. */
    private void complete(ApiObject pod, int index) {
        if (completedIndexes.get(index)) {
            released.add(pod);
        } else {
            completedIndexes.set(index);
            succeeded++;
        }
    }

    private void fail(ApiObject pod, int index) {
        FailurePolicy.Verdict verdict = FailurePolicy.judge(spec, pod);
        if (verdict.consequence() == Consequence.IGNORE) {
            released.add(pod);
            return;
        }
        if (!room()) {
            return;
        }
        notedFailed.add(pod.uid());
        if (verdict.consequence() == Consequence.FAIL_JOB && failJob.isEmpty()) {
            failJob = verdict.message();
        }
        Optional<Integer> perIndex = spec.backOffLimitPerIndex();
        if (perIndex.isPresent() && (verdict.consequence() == Consequence.FAIL_INDEX
                || JobPod.earlierFailures(pod) + 1 > perIndex.get())) {
            failedIndexes.set(index);
        }
    }

    private boolean room() {
        return notedSucceeded.size() + notedFailed.size() < MAX_NOTED;
    }

    int succeeded() {
        return succeeded + notedSucceeded.size();
    }

    int failed() {
        return failed + notedFailed.size();
    }

    BitSet completedIndexes() {
        return completedIndexes;
    }

    BitSet failedIndexes() {
        return failedIndexes;
    }

    /** Why the failure policy ends the job; empty where it does not. */
    String failJob() {
        return failJob;
    }

    /** Pods whose end the status knows, or need not know. */
    List<ApiObject> released() {
        return released;
    }

    /** Pods that run or will run. */
    List<ApiObject> active() {
        return pods.stream().filter(Pods::active).toList();
    }

    List<ApiObject> terminating() {
        return pods.stream().filter(pod -> pod.deleting() && !Pods.finished(pod)).toList();
    }

    Stream<ApiObject> all() {
        return pods.stream();
    }

    /** Every end is counted and nothing runs any more. */
    boolean quiet() {
        return notedSucceeded.isEmpty() && notedFailed.isEmpty() && active().isEmpty() && terminating().isEmpty()
                && pods.stream().noneMatch(JobPod::tracked);
    }

    /** Writes the counts into a status. */
    void into(ObjectNode status) {
        Trees.putUnlessZero(status, "active", active().size());
        status.put("ready", Math.toIntExact(active().stream().filter(Pods::ready).count()));
        status.put("terminating", terminating().size());
        Trees.putUnlessZero(status, "succeeded", succeeded);
        Trees.putUnlessZero(status, "failed", failed);
        indexes(status, "completedIndexes", completedIndexes);
        if (spec.backOffLimitPerIndex().isPresent()) {
            status.put("failedIndexes", JobIndexes.text(failedIndexes));
        }
        ObjectNode noted = status.putObject("uncountedTerminatedPods");
        uids(noted, "succeeded", notedSucceeded);
        uids(noted, "failed", notedFailed);
    }

    private static void indexes(ObjectNode status, String field, BitSet indexes) {
        if (indexes.isEmpty()) {
            status.remove(field);
        } else {
            status.put(field, JobIndexes.text(indexes));
        }
    }

    private static void uids(ObjectNode noted, String field, Set<String> uids) {
        if (!uids.isEmpty()) {
            ArrayNode list = noted.putArray(field);
            uids.forEach(list::add);
        }
    }
}
