package dev.xebec.controller.deployment;

import static dev.xebec.controller.deployment.DeploymentConditions.AVAILABLE;
import static dev.xebec.controller.deployment.DeploymentConditions.PROGRESSING;
import static dev.xebec.controller.deployment.DeploymentConditions.REPLICA_FAILURE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Trees;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Deployment says of its rollout.
 *
 * <p>Source: k/k {@code pkg/controller/deployment/progress.go}, {@code sync.go}.
 */
final class DeploymentStatus {
    /** "No deadline". Source: apps/v1, progressDeadlineSeconds of MaxInt32. */
    private static final int NO_DEADLINE = Integer.MAX_VALUE;
    private static final int DEFAULT_DEADLINE_SECONDS = 600;
    private static final String DONE = "NewReplicaSetAvailable";
    private static final String TIMED_OUT = "ProgressDeadlineExceeded";

    private DeploymentStatus() {}

    /** Counts, and whether enough pods are there. */
    static ObjectNode counts(Rollout rollout, Instant now) {
        List<ApiObject> sets = rollout.all();
        ApiObject current = rollout.current();
        int available = sum(sets, "availableReplicas");
        ObjectNode status = rollout.deployment().status().deepCopy();
        status.put("observedGeneration", rollout.deployment().generation());
        Trees.putUnlessZero(status, "replicas", sum(sets, "replicas"));
        Trees.putUnlessZero(status, "updatedReplicas", current == null ? 0 : Rollout.status(current, "replicas"));
        Trees.putUnlessZero(status, "readyReplicas", sum(sets, "readyReplicas"));
        Trees.putUnlessZero(status, "availableReplicas", available);
        Trees.putUnlessZero(status, "unavailableReplicas", Math.max(0, Rollout.totalReplicas(sets) - available));
        if (available >= rollout.minAvailable()) {
            DeploymentConditions.set(status, AVAILABLE, "True", "MinimumReplicasAvailable",
                    "Deployment has minimum availability.", now);
        } else {
            DeploymentConditions.set(status, AVAILABLE, "False", "MinimumReplicasUnavailable",
                    "Deployment does not have minimum availability.", now);
        }
        return status;
    }

    /** Says that the Deployment is paused, or goes on. A rollout that ran out of time stays so. */
    static ObjectNode paused(Rollout rollout, ObjectNode status, Instant now) {
        String reason = DeploymentConditions.reason(status, PROGRESSING);
        if (!hasDeadline(rollout) || reason.equals(TIMED_OUT)) {
            return status;
        }
        if (rollout.paused()) {
            DeploymentConditions.set(status, PROGRESSING, "Unknown", "DeploymentPaused", "Deployment is paused", now);
        } else if (reason.equals("DeploymentPaused")) {
            DeploymentConditions.set(status, PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed", now);
        }
        return status;
    }

    /** Counts, and how the rollout goes: complete, progressing, or out of time. */
    static ObjectNode rollout(Rollout rollout, Instant now) {
        ObjectNode before = rollout.deployment().status();
        ObjectNode status = paused(rollout, counts(rollout, now), now);
        if (!hasDeadline(rollout)) {
            Conditions.remove(status, PROGRESSING);
        } else if (!complete(before) || !DeploymentConditions.reason(before, PROGRESSING).equals(DONE)) {
            progress(rollout, before, status, now);
        }
        Optional<ObjectNode> failure = failure(rollout);
        if (failure.isPresent()) {
            ObjectNode found = failure.get();
            DeploymentConditions.set(status, REPLICA_FAILURE, found.path("status").asText(),
                    found.path("reason").asText(), found.path("message").asText(), now);
        } else {
            Conditions.remove(status, REPLICA_FAILURE);
        }
        return status;
    }

    private static void progress(Rollout rollout, ObjectNode before, ObjectNode status, Instant now) {
        String subject = rollout.current() == null
                ? "Deployment \"" + rollout.deployment().name() + "\""
                : "ReplicaSet \"" + rollout.current().name() + "\"";
        if (complete(rollout, status)) {
            DeploymentConditions.set(status, PROGRESSING, "True", DONE, subject + " has successfully progressed.", now);
        } else if (Conditions.find(status, PROGRESSING) == null && rollout.current() != null) {
            DeploymentConditions.renew(status, PROGRESSING, "True", "NewReplicaSetCreated",
                    "Created new replica set \"" + rollout.current().name() + "\"", now);
        } else if (moved(before, status)) {
            DeploymentConditions.renew(status, PROGRESSING, "True", "ReplicaSetUpdated", subject + " is progressing.",
                    now);
        } else if (timedOut(rollout, status, now)) {
            DeploymentConditions.set(status, PROGRESSING, "False", TIMED_OUT, subject + " has timed out progressing.",
                    now);
        }
    }

    /** Everything that was asked for is there, and nothing else. */
    static boolean complete(Rollout rollout, ObjectNode status) {
        int desired = rollout.desired();
        return rollout.current() != null && count(status, "updatedReplicas") == desired
                && count(status, "replicas") == desired && count(status, "availableReplicas") == desired
                && status.path("observedGeneration").asLong() >= rollout.deployment().generation();
    }

    private static boolean complete(ObjectNode status) {
        return count(status, "replicas") == count(status, "updatedReplicas");
    }

    private static boolean moved(ObjectNode before, ObjectNode after) {
        int oldBefore = count(before, "replicas") - count(before, "updatedReplicas");
        int oldAfter = count(after, "replicas") - count(after, "updatedReplicas");
        return count(after, "updatedReplicas") > count(before, "updatedReplicas") || oldAfter < oldBefore
                || count(after, "readyReplicas") > count(before, "readyReplicas")
                || count(after, "availableReplicas") > count(before, "availableReplicas");
    }

    private static boolean timedOut(Rollout rollout, ObjectNode status, Instant now) {
        Instant deadline = deadline(rollout, status);
        return deadline != null && !now.isBefore(deadline);
    }

    /** When to look whether the time is up; null where nothing is waited for. */
    static @Nullable Duration untilDeadline(Rollout rollout, ObjectNode status, Instant now) {
        Instant deadline = hasDeadline(rollout) && !rollout.paused() ? deadline(rollout, status) : null;
        String reason = DeploymentConditions.reason(status, PROGRESSING);
        if (deadline == null || reason.equals(TIMED_OUT)) {
            return null;
        }
        Duration left = Duration.between(now, deadline).plusSeconds(1);
        return left.isNegative() ? Duration.ofSeconds(1) : left;
    }

    private static @Nullable Instant deadline(Rollout rollout, ObjectNode status) {
        ObjectNode condition = Conditions.find(status, PROGRESSING);
        if (condition == null || DONE.equals(condition.path("reason").asText())) {
            return null;
        }
        return ApiObject.instant(condition.path("lastUpdateTime"))
                .map(since -> since.plusSeconds(deadlineSeconds(rollout))).orElse(null);
    }

    private static boolean hasDeadline(Rollout rollout) {
        return deadlineSeconds(rollout) != NO_DEADLINE;
    }

    private static int deadlineSeconds(Rollout rollout) {
        return rollout.deployment().spec().path("progressDeadlineSeconds").asInt(DEFAULT_DEADLINE_SECONDS);
    }

    /** The failure of the current set, or else of any. */
    private static Optional<ObjectNode> failure(Rollout rollout) {
        ApiObject current = rollout.current();
        Optional<ObjectNode> ofCurrent = Optional.ofNullable(current)
                .flatMap(set -> Optional.ofNullable(Conditions.find(set.status(), REPLICA_FAILURE)));
        return ofCurrent.or(() -> rollout.old().stream()
                .flatMap(set -> Optional.ofNullable(Conditions.find(set.status(), REPLICA_FAILURE)).stream())
                .findFirst());
    }

    private static int sum(List<ApiObject> sets, String field) {
        return sets.stream().mapToInt(set -> Rollout.status(set, field)).sum();
    }

    private static int count(ObjectNode status, String field) {
        return status.path(field).asInt(0);
    }
}
