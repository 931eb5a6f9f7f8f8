package dev.xebec.events.publish;

import dev.xebec.kit.metrics.Metrics;
import java.util.List;

/** What the publisher counts. */
final class PublisherMetrics {
    private static final String PREFIX = "xebec_task_events_";
    private static final double[] SECONDS = {0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};

    private final Metrics metrics;
    final Metrics.Counter gaps;
    final Metrics.Counter fenced;
    final Metrics.Counter unavailable;
    final Metrics.Counter refused;
    final Metrics.Counter transactions;
    final Metrics.Histogram commit;

    PublisherMetrics(Metrics metrics) {
        this.metrics = metrics;
        gaps = metrics.counter(PREFIX + "gaps_total",
                "Times that the store had forgotten what was to be told next, per shard; a full state followed.");
        fenced = metrics.counter(PREFIX + "duplicates_refused_total",
                "Times that Kafka refused this publisher because another one had taken the shard over.");
        unavailable = metrics.counter(PREFIX + "errors_total", "Failures of lanes to Kafka.", "kind", "unavailable");
        refused = metrics.counter(PREFIX + "errors_total", "Failures of lanes to Kafka.", "kind", "refused");
        transactions = metrics.counter(PREFIX + "transactions_total", "Transactions committed.");
        commit = metrics.histogram(PREFIX + "commit_seconds", "From the beginning of a transaction to its end.",
                SECONDS);
    }

    void published(List<Outgoing> events) {
        for (Outgoing event : events) {
            metrics.counter(PREFIX + "published_total", "Events published.", "type", event.event().getType())
                    .increment();
        }
    }

    void watch(Lag lag) {
        metrics.gauge(PREFIX + "lag_revisions", "Revisions that the slowest shard of this publisher is behind.",
                lag::revisions);
        metrics.gauge(PREFIX + "lag_seconds", "How long ago what is not told yet was written, at the most.",
                lag::seconds);
        metrics.gauge(PREFIX + "shards", "Shards that this publisher tells.", lag::shards);
    }
}
