package dev.xebec.events.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.events.kafka.KafkaSettings;
import dev.xebec.kafka.BrokerSettings;
import dev.xebec.kafka.EmbeddedBroker;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.time.MonotonicClock;
import dev.xebec.state.memory.InMemoryStateStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publisher against a real broker: what is in the topic is what the log comes to. */
class PublisherTest {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final PublisherSettings.Timing QUICK = new PublisherSettings.Timing(Duration.ofMillis(50),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofMillis(300),
            Duration.ofSeconds(10));
    @TempDir
    static Path folder;
    private static EmbeddedBroker broker;
    private static Vertx vertx;

    private final Metrics metrics = new PrometheusMetrics();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void open() {
        broker = EmbeddedBroker.start(BrokerSettings.open(folder));
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        vertx.close();
        broker.close();
    }

    private static PublisherSettings settings(String topic) {
        return new PublisherSettings(new KafkaSettings(broker.bootstrap(), Map.of()), topic, false, "", 2, (short) 1,
                QUICK);
    }

    private Publisher publisher(InMemoryStateStore store, PublisherSettings settings, IntPredicate owns) {
        Publisher publisher = new Publisher(vertx, store, settings, metrics, MonotonicClock.system(), owns,
                refusals::add);
        publisher.start();
        return publisher;
    }

    @Test
    void theTopicIsWhatTheLogComesTo() throws Exception {
        try (InMemoryStateStore store = new InMemoryStateStore("one")) {
            Lives lives = new Lives(store, 1, 20);
            lives.steps(200);
            Publisher publisher = publisher(store, settings("plain"), shard -> true);
            lives.steps(300);
            assertTold(store, "plain");
            lives.steps(50);
            assertTold(store, "plain");
            publisher.close();
            assertThat(metrics.exposition()).contains("xebec_task_events_published_total");
        }
    }

    private static void assertTold(InMemoryStateStore store, String topic) throws InterruptedException {
        Map<Integer, List<String>> expected = Replay.of(store, 2);
        int count = expected.values().stream().mapToInt(List::size).sum();
        try (Listener listener = new Listener(broker.bootstrap(), topic, 2)) {
            assertThat(Listener.lines(listener.await(count, PATIENCE))).isEqualTo(expected);
        }
    }
}
