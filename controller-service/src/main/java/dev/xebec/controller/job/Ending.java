package dev.xebec.controller.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Pods;
import dev.xebec.model.object.ApiObject;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;

/**
 * That a Job is over, and why. A job that is over first says so by an interim condition, then stops what still runs, and
 * takes the final condition when nothing runs and everything is counted.
 *
 * <p>Source: k/k {@code pkg/controller/job/job_controller.go}, syncJob and enactJobFinished.
 *
 * @param done whether it has done what it was asked for; otherwise it has failed
 */
record Ending(boolean done, String reason, String message) {
    private static final String FINAL_DONE = "Complete";
    private static final String FINAL_FAILED = "Failed";

    static boolean finished(ApiObject job) {
        return Conditions.isTrue(job.status(), FINAL_DONE) || Conditions.isTrue(job.status(), FINAL_FAILED);
    }

    /** When the job took its final condition; empty while it has none. */
    static Optional<Instant> finishedAt(ApiObject job) {
        return Conditions.isTrue(job.status(), FINAL_DONE)
                ? Conditions.since(job.status(), FINAL_DONE)
                : Conditions.isTrue(job.status(), FINAL_FAILED)
                        ? Conditions.since(job.status(), FINAL_FAILED)
                        : Optional.empty();
    }

    /** The ending that an interim condition has announced; empty where none has. */
    static Optional<Ending> announced(ApiObject job) {
        for (String type : new String[]{"FailureTarget", "SuccessCriteriaMet"}) {
            ObjectNode condition = Conditions.find(job.status(), type);
            if (condition != null && condition.path("status").asText().equals("True")) {
                return Optional.of(new Ending(type.equals("SuccessCriteriaMet"),
                        condition.path("reason").asText(""), condition.path("message").asText("")));
            }
        }
        return Optional.empty();
    }

    /** Whether what has become of the pods ends the job. */
    static Optional<Ending> of(JobSpec spec, Tally tally, Instant now) {
        if (!tally.failJob().isEmpty()) {
            return failed("PodFailurePolicy", tally.failJob());
        }
        if (tally.failed() > spec.backOffLimit() || restartedTooOften(spec, tally)) {
            return failed("BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }
        if (!spec.suspended() && spec.deadline().map(end -> !end.isAfter(now)).orElse(false)) {
            return failed("DeadlineExceeded", "Job was active longer than specified deadline");
        }
        return spec.indexed() ? ofIndexes(spec, tally) : ofCount(spec, tally);
    }

    private static Optional<Ending> ofIndexes(JobSpec spec, Tally tally) {
        Optional<Ending> early = bySuccessPolicy(spec, tally.completedIndexes());
        if (early.isPresent()) {
            return early;
        }
        if (spec.maxFailedIndexes().map(most -> tally.failedIndexes().cardinality() > most).orElse(false)) {
            return failed("MaxFailedIndexesExceeded",
                    "Job has exceeded the specified maximal number of failed indexes");
        }
        boolean all = JobIndexes.union(tally.completedIndexes(), tally.failedIndexes()).cardinality() >= spec.indexes();
        if (all && !tally.failedIndexes().isEmpty()) {
            return failed("FailedIndexes", "Job has failed indexes");
        }
        return all ? completed() : Optional.empty();
    }

    private static Optional<Ending> ofCount(JobSpec spec, Tally tally) {
        Integer completions = spec.completions();
        boolean enough = completions == null
                ? tally.succeeded() > 0 && tally.active().isEmpty()
                : tally.succeeded() >= completions;
        return enough ? completed() : Optional.empty();
    }

    private static Optional<Ending> bySuccessPolicy(JobSpec spec, BitSet completed) {
        JsonNode rules = spec.successRules();
        for (int at = 0; at < rules.size(); at++) {
            BitSet of = (BitSet) completed.clone();
            boolean named = rules.get(at).hasNonNull("succeededIndexes");
            BitSet wanted = JobIndexes.parse(rules.get(at).path("succeededIndexes").asText(""), spec.indexes());
            if (named) {
                of.and(wanted);
            }
            int needed = rules.get(at).path("succeededCount").asInt(wanted.cardinality());
            if (of.cardinality() >= needed) {
                return Optional.of(new Ending(true, "SuccessPolicy", "Matched rules at index " + at));
            }
        }
        return Optional.empty();
    }

    /** Containers that are restarted in place count too. */
    private static boolean restartedTooOften(JobSpec spec, Tally tally) {
        if (!spec.restartsOnFailure()) {
            return false;
        }
        int restarts = tally.active().stream().filter(pod -> !Pods.node(pod).isEmpty()).mapToInt(Ending::restarts)
                .sum();
        return spec.backOffLimit() == 0 ? restarts > 0 : restarts >= spec.backOffLimit();
    }

    private static int restarts(ApiObject pod) {
        int sum = 0;
        for (String list : new String[]{"initContainerStatuses", "containerStatuses"}) {
            for (JsonNode container : pod.status().path(list)) {
                sum += container.path("restartCount").asInt(0);
            }
        }
        return sum;
    }

    private static Optional<Ending> failed(String reason, String message) {
        return Optional.of(new Ending(false, reason, message));
    }

    private static Optional<Ending> completed() {
        return Optional.of(new Ending(true, "CompletionsReached", "Reached expected number of succeeded pods"));
    }

    void announce(ObjectNode status, Instant now) {
        ObjectNode condition = Conditions.set(status, done ? "SuccessCriteriaMet" : "FailureTarget", "True", reason,
                message, now);
        condition.put("lastProbeTime", condition.path("lastTransitionTime").asText());
    }

    void conclude(ObjectNode status, Instant now) {
        ObjectNode condition = Conditions.set(status, done ? FINAL_DONE : FINAL_FAILED, "True", reason, message, now);
        condition.put("lastProbeTime", condition.path("lastTransitionTime").asText());
        if (done) {
            status.put("completionTime", condition.path("lastTransitionTime").asText());
        }
    }
}
