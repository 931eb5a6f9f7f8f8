package dev.xebec.events.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.state.StateStore;
import dev.xebec.events.kafka.KafkaSettings;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.time.MonotonicClock;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** What tests of publishing against one broker share. */
final class Ground {
    static final Duration PATIENCE = Duration.ofSeconds(120);
    static final int PARTITIONS = 2;
    static final PublisherSettings.Timing QUICK = new PublisherSettings.Timing(Duration.ofMillis(50),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofMillis(300),
            Duration.ofSeconds(10));

    final String bootstrap;
    final Vertx vertx;
    final Metrics metrics = new PrometheusMetrics();
    final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    Ground(String bootstrap, Vertx vertx) {
        this.bootstrap = bootstrap;
        this.vertx = vertx;
    }

    PublisherSettings settings(String topic) {
        return settings(topic, false, "", PARTITIONS);
    }

    PublisherSettings settings(String topic, boolean structured, String changesTopic, int partitions) {
        return new PublisherSettings(new KafkaSettings(bootstrap, Map.of()), topic, structured, changesTopic,
                partitions, (short) 1, QUICK);
    }

    /** One that believes that everything is its own. */
    Publisher start(StateStore store, PublisherSettings settings) {
        Publisher publisher = new Publisher(vertx, store, settings, metrics, MonotonicClock.system(), shard -> true,
                refusals::add);
        publisher.start();
        return publisher;
    }

    void assertTold(Replay replay, String topic) throws InterruptedException {
        Map<Integer, List<String>> expected = replay.lines();
        try (Listener listener = new Listener(bootstrap, topic, PARTITIONS)) {
            Map<Integer, List<String>> heard = Listener.lines(listener.await(Replay.count(expected), PATIENCE));
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertThat(heard.getOrDefault(partition, List.of())).as("partition " + partition)
                        .isEqualTo(expected.getOrDefault(partition, List.of()));
            }
        }
    }

    /**
     * First what was told, then a gap, the full state and that it is over, then what came after.
     *
     * @param state the revision of the state
     */
    void assertTold(Map<Integer, List<String>> told, Replay replay, long state, String topic)
            throws InterruptedException {
        Map<Integer, List<String>> states = replay.state(state);
        Map<Integer, List<String>> after = replay.lines(state, Long.MAX_VALUE);
        int count = Replay.count(told) + Replay.count(states) + Replay.count(after) + 2 * PARTITIONS;
        try (Listener listener = new Listener(bootstrap, topic, PARTITIONS)) {
            Map<Integer, List<String>> heard = Listener.lines(listener.await(count, PATIENCE));
            for (int partition = 0; partition < PARTITIONS; partition++) {
                List<String> expected = new ArrayList<>(told.getOrDefault(partition, List.of()));
                List<String> lines = new ArrayList<>(heard.getOrDefault(partition, List.of()));
                String gap = lines.remove(expected.size());
                assertThat(gap).startsWith("dev.xebec.log.gap log-" + partition + "." + state + " ")
                        .endsWith(",\"toRevision\":" + state + "}");
                expected.addAll(states.getOrDefault(partition, List.of()));
                assertThat(lines.remove(expected.size())).startsWith("dev.xebec.log.resumed ");
                expected.addAll(after.getOrDefault(partition, List.of()));
                assertThat(lines).isEqualTo(expected);
            }
        }
    }

    static void await(String what, BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting until " + what).isLessThan(deadline);
            Thread.sleep(10);
        }
    }
}
