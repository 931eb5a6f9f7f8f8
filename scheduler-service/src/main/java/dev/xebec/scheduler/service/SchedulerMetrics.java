package dev.xebec.scheduler.service;

import dev.xebec.contracts.api.BindRequest.Outcome;
import dev.xebec.kit.metrics.Metrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the scheduler counts, under kube-scheduler's names where it has one. */
final class SchedulerMetrics {
    private static final double[] SECONDS = {0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256,
            0.512,
            1, 2, 4, 8};

    private final Metrics.Counter scheduled;
    private final Metrics.Counter unschedulable;
    private final Metrics.Counter failed;
    private final Metrics.Histogram deciding;
    private final Metrics.Histogram binding;
    private final Map<Outcome, Metrics.Counter> outcomes = new EnumMap<>(Outcome.class);
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();

    SchedulerMetrics(Metrics metrics) {
        String attempts = "scheduler_schedule_attempts_total";
        String help = "Attempts to schedule pods, by result.";
        scheduled = metrics.counter(attempts, help, "result", "scheduled", "profile", "default-scheduler");
        unschedulable = metrics.counter(attempts, help, "result", "unschedulable", "profile", "default-scheduler");
        failed = metrics.counter(attempts, help, "result", "error", "profile", "default-scheduler");
        deciding = metrics.histogram("scheduler_scheduling_algorithm_duration_seconds",
                "Time to decide a batch of pods.", SECONDS);
        binding = metrics.histogram("xebec_scheduler_bind_batch_duration_seconds", "Time to bind a batch of pods.",
                SECONDS);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, metrics.counter("xebec_scheduler_binds_total",
                    "Binds by outcome; NODE_TAKEN are conflicts with another scheduler.", "outcome", outcome.name()));
        }
        metrics.gauge("scheduler_pending_pods", "Pending pods of this replica's share.", active::get, "queue",
                "active");
        metrics.gauge("scheduler_pending_pods", "Pending pods of this replica's share.", waiting::get, "queue",
                "unschedulable");
    }

    void decided(long nanos, int none) {
        deciding.observe(nanos / 1e9);
        unschedulable.add(none);
    }

    void bound(Outcome outcome) {
        Metrics.Counter counter = outcomes.get(outcome);
        if (counter != null) {
            counter.increment();
        }
        if (outcome == Outcome.BOUND) {
            scheduled.increment();
        }
    }

    void bindTook(long nanos) {
        binding.observe(nanos / 1e9);
    }

    void bindFailed(int pods) {
        failed.add(pods);
    }

    void queues(int ready, int later) {
        active.set(ready);
        waiting.set(later);
    }
}
