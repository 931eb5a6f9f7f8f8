package dev.xebec.kit.reconcile;

import dev.xebec.kit.metrics.Metrics;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** A loop's figures, under the names that client-go and controller-runtime gave them. */
final class LoopMetrics {
    private static final double[] SECONDS = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10};
    private static final double NANOS = 1e9;

    final Metrics.Counter adds;
    final Metrics.Counter retries;
    final Metrics.Counter success;
    final Metrics.Counter requeue;
    final Metrics.Counter requeueAfter;
    final Metrics.Counter error;
    final Metrics.Counter faults;
    private final Metrics.Histogram waited;
    private final Metrics.Histogram worked;

    LoopMetrics(Metrics metrics, String name, DoubleSupplier depth) {
        metrics.gauge("workqueue_depth", "Current depth of workqueue", depth, "name", name);
        adds = metrics.counter("workqueue_adds_total", "Total number of adds handled by workqueue", "name", name);
        retries = metrics.counter("workqueue_retries_total", "Total number of retries handled by workqueue",
                "name", name);
        waited = metrics.histogram("workqueue_queue_duration_seconds",
                "How long in seconds an item stays in workqueue before being requested.", SECONDS, "name", name);
        worked = metrics.histogram("workqueue_work_duration_seconds",
                "How long in seconds processing an item from workqueue takes.", SECONDS, "name", name);
        success = result(metrics, name, "success");
        requeue = result(metrics, name, "requeue");
        requeueAfter = result(metrics, name, "requeue_after");
        error = result(metrics, name, "error");
        faults = metrics.counter("controller_runtime_reconcile_panics_total",
                "Total number of faults of the reconciler", "controller", name);
    }

    void waited(Duration duration) {
        waited.observe(Math.max(0, duration.toNanos()) / NANOS);
    }

    void worked(Duration duration) {
        worked.observe(Math.max(0, duration.toNanos()) / NANOS);
    }

    private static Metrics.Counter result(Metrics metrics, String name, String result) {
        return metrics.counter("controller_runtime_reconcile_total", "Total number of reconciliations per controller",
                "controller", name, "result", result);
    }
}
