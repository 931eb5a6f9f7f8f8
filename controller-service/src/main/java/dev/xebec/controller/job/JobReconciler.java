package dev.xebec.controller.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Claim;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.Pods;
import dev.xebec.controller.object.Timestamps;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Job's pods: as many at once as it allows, again after failures within its limits, until enough have succeeded;
 * counts each pod's end once; removes the job when its time to live is over.
 *
 * <p>Source: k/k {@code pkg/controller/job}, {@code pkg/controller/ttlafterfinished}.
 */
public final class JobReconciler implements Reconciler {
    private static final GroupVersionResource JOBS = Kinds.JOBS;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;

    @Override
    public String name() {
        return "job";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(JOBS, PODS);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return Stream.concat(cache.list(JOBS).stream().map(ObjectKey::of),
                cache.list(PODS).stream().filter(JobPod::tracked)
                        .flatMap(pod -> Claim.ownersOf(pod, Kinds.JOB, JOBS, cache)))
                .collect(Collectors.toSet());
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        if (change.resource().equals(JOBS)) {
            return List.of(ObjectKey.of(change.any()));
        }
        if (!change.resource().equals(PODS)) {
            return List.of();
        }
        return Stream.of(Optional.ofNullable(change.before()), Optional.ofNullable(change.after()))
                .flatMap(Optional::stream).flatMap(pod -> Claim.ownersOf(pod, Kinds.JOB, JOBS, cache))
                .collect(Collectors.toSet());
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject job = cache.get(JOBS, key);
        List<Action> actions = new ArrayList<>(letGoOfStrays(key, job, cache));
        if (job == null || new JobSpec(job).foreign()) {
            return new Plan(List.copyOf(actions), null);
        }
        Claim claim = Claim.of(job, Kinds.JOB, PODS, cache, pod -> true);
        if (!claim.pending().isEmpty()) {
            return new Plan(claim.pending(), null);
        }
        return Ending.finished(job)
                ? over(job, claim.owned(), actions, now)
                : run(new JobSpec(job), claim.owned(), actions, cache, now);
    }

    /** Pods of a job that is gone, by name and uid, are held by nobody. */
    private static List<Action> letGoOfStrays(ObjectKey key, @Nullable ApiObject job, Cache cache) {
        if (job != null) {
            return List.of();
        }
        return cache.list(PODS, key.namespace()).stream()
                .filter(pod -> JobPod.tracked(pod) && pod.controllerOwner()
                        .map(of -> of.kind().equals(Kinds.JOB.kind()) && of.name().equals(key.name())).orElse(false))
                .map(JobReconciler::letGo).toList();
    }

    private static Action letGo(ApiObject pod) {
        ObjectNode patch = Json.object();
        var kept = patch.putObject("metadata").putArray("finalizers");
        pod.finalizers().stream().filter(finalizer -> !finalizer.equals(JobPod.TRACKING)).forEach(kept::add);
        return Writes.patch(PODS, pod, patch);
    }

    private static Plan over(ApiObject job, List<ApiObject> pods, List<Action> actions, Instant now) {
        pods.stream().filter(JobPod::tracked).map(JobReconciler::letGo).forEach(actions::add);
        Optional<Duration> life = new JobSpec(job).timeToLive();
        if (life.isEmpty() || job.deleting()) {
            return new Plan(List.copyOf(actions), null);
        }
        Instant end = Ending.finishedAt(job).orElse(now).plus(life.get());
        if (end.isAfter(now)) {
            return new Plan(List.copyOf(actions), Duration.between(now, end));
        }
        actions.add(new Action.Delete(JOBS, ObjectKey.of(job), job.uid(), job.revision(), -1, "Foreground"));
        return new Plan(List.copyOf(actions), null);
    }

    private static Plan run(JobSpec spec, List<ApiObject> pods, List<Action> actions, Cache cache, Instant now) {
        ApiObject job = spec.job();
        Optional<Ending> ending = Ending.announced(job);
        Tally tally = Tally.of(spec, pods, ending.isPresent());
        if (ending.isEmpty() && !job.deleting()) {
            ending = Ending.of(spec, tally, now);
        }
        ObjectNode status = job.status().deepCopy();
        tally.into(status);
        List<Action> events = new ArrayList<>();
        if (ending.isPresent()) {
            ending.get().announce(status, now);
            if (tally.quiet()) {
                ending.get().conclude(status, now);
                events.add(told(job, ending.get()));
            }
        } else {
            suspend(spec, status, events, now);
        }
        actions.addAll(Writes.status(JOBS, job, status));
        actions.addAll(events);
        tally.released().stream().map(JobReconciler::letGo).forEach(actions::add);
        if (job.deleting()) {
            return new Plan(List.copyOf(actions), null);
        }
        if (ending.isPresent()) {
            tally.active().forEach(pod -> stop(job, pod, actions));
            return new Plan(List.copyOf(actions), null);
        }
        Workforce force = Workforce.of(spec, tally, cache, now);
        actions.addAll(force.actions());
        return new Plan(List.copyOf(actions), soonest(force.later(), untilDeadline(spec, status, now)));
    }

    private static Action told(ApiObject job, Ending ending) {
        return ending.done()
                ? new Action.Emit(job, "Normal", "Completed", "Job completed")
                : new Action.Emit(job, "Warning", ending.reason(), ending.message());
    }

    /** What ends with its job is counted before it is let go of. */
    static void stop(ApiObject job, ApiObject pod, List<Action> actions) {
        actions.add(new Action.Delete(PODS, ObjectKey.of(pod), pod.uid(), 0, -1, ""));
        actions.add(new Action.Emit(job, "Normal", "SuccessfulDelete", "Deleted pod: " + pod.name()));
    }

    /** What is stopped because it is not wanted now is not counted as a failure. */
    static void withdraw(ApiObject job, ApiObject pod, List<Action> actions) {
        if (JobPod.tracked(pod)) {
            actions.add(letGo(pod));
        }
        stop(job, pod, actions);
    }

    private static void suspend(JobSpec spec, ObjectNode status, List<Action> events, Instant now) {
        ApiObject job = spec.job();
        boolean was = Conditions.isTrue(status, "Suspended");
        if (spec.suspended() && !was) {
            status.remove("startTime");
            Conditions.set(status, "Suspended", "True", "JobSuspended", "Job suspended", now).put("lastProbeTime",
                    Timestamps.text(now));
            events.add(new Action.Emit(job, "Normal", "Suspended", "Job suspended"));
        } else if (!spec.suspended()) {
            if (was) {
                Conditions.set(status, "Suspended", "False", "JobResumed", "Job resumed", now).put("lastProbeTime",
                        Timestamps.text(now));
                status.put("startTime", Timestamps.text(now));
                events.add(new Action.Emit(job, "Normal", "Resumed", "Job resumed"));
            } else if (!status.has("startTime")) {
                status.put("startTime", Timestamps.text(now));
            }
        }
    }

    private static @Nullable Duration untilDeadline(JobSpec spec, ObjectNode status, Instant now) {
        if (spec.suspended() || !spec.job().spec().hasNonNull("activeDeadlineSeconds")) {
            return null;
        }
        Instant start = ApiObject.instant(status.path("startTime")).orElse(now);
        Duration left = Duration.between(now,
                start.plusSeconds(spec.job().spec().path("activeDeadlineSeconds").asLong()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static @Nullable Duration soonest(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }
}
