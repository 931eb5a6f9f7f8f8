package dev.xebec.events.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import dev.xebec.events.task.Objects;
import dev.xebec.kafka.BrokerSettings;
import dev.xebec.kafka.EmbeddedBroker;
import dev.xebec.model.object.Json;
import dev.xebec.state.memory.InMemoryStateStore;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publisher against a real broker: what is in the topic is what the log comes to, whatever happens to publishers. */
class PublisherTest {
    /** How often a publisher is left where it is; more with {@code -Dpublisher.crashes}. */
    private static final int CRASHES = Integer.getInteger("publisher.crashes", 30);
    @TempDir
    static Path folder;
    private static EmbeddedBroker broker;
    private static Vertx vertx;

    private final Ground ground = new Ground(broker.bootstrap(), vertx);

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

    @Test
    void theTopicIsWhatTheLogComesTo() throws Exception {
        try (InMemoryStateStore store = new InMemoryStateStore("one"); Replay replay = new Replay(store, 2)) {
            Lives lives = new Lives(store, 1, 20);
            lives.steps(200);
            Publisher publisher = ground.start(store, ground.settings("plain"));
            lives.steps(300);
            ground.assertTold(replay, "plain");
            lives.steps(50);
            ground.assertTold(replay, "plain");
            publisher.close();
            assertThat(ground.metrics.exposition()).contains("xebec_task_events_published_total{type=");
        }
    }

    @Test
    void publishersThatDieAnywhereLoseAndRepeatNothing() throws Exception {
        Random random = new Random(6);
        try (InMemoryStateStore store = new InMemoryStateStore("one"); Replay replay = new Replay(store, 2)) {
            Lives lives = new Lives(store, 2, 50);
            for (int crash = 0; crash < CRASHES; crash++) {
                Publisher publisher = ground.start(store, ground.settings("crashes"));
                lives.steps(20);
                // Now and then before it has begun; mostly while it commits.
                if (random.nextInt(10) > 0) {
                    Ground.await("it has begun", () -> publisher.told() > 0);
                }
                for (int i = random.nextInt(10); i > 0; i--) {
                    lives.steps(5);
                    Thread.sleep(random.nextInt(5));
                }
                publisher.crash();
            }
            Publisher last = ground.start(store, ground.settings("crashes"));
            ground.assertTold(replay, "crashes");
            last.close();
        }
    }

    @Test
    void twoWhoBothOwnEverythingTellItOnce() throws Exception {
        try (InMemoryStateStore store = new InMemoryStateStore("one"); Replay replay = new Replay(store, 2)) {
            Lives lives = new Lives(store, 3, 50);
            Publisher one = ground.start(store, ground.settings("two"));
            Publisher other = ground.start(store, ground.settings("two"));
            for (int round = 0; round < 20; round++) {
                lives.steps(20);
                Thread.sleep(50);
            }
            Ground.await("one of them is refused", () -> {
                lives.steps(1);
                return !ground.metrics.exposition().contains("xebec_task_events_duplicates_refused_total 0\n");
            });
            one.close();
            ground.assertTold(replay, "two");
            other.close();
        }
    }

    @Test
    void whatTheStoreHasForgottenIsAGapAndAFullState() throws Exception {
        Random random = new Random(7);
        try (InMemoryStateStore store = new InMemoryStateStore("one"); Replay replay = new Replay(store, 2)) {
            Lives lives = new Lives(store, 4, 1_500);
            lives.steps(300);
            Publisher before = ground.start(store, ground.settings("gap"));
            ground.assertTold(replay, "gap");
            before.close();
            Map<Integer, List<String>> told = replay.lines();
            lives.steps(4_000);
            long state = store.currentRevision(LogGroup.MAIN);
            store.compact(LogGroup.MAIN, state);
            // Publishers that die within the state, which takes several transactions, repeat and lose none of it.
            for (int crash = 0; crash < 5; crash++) {
                Publisher publisher = ground.start(store, ground.settings("gap"));
                Ground.await("a lane works", () -> publisher.shards() > 0);
                Thread.sleep(random.nextInt(400));
                publisher.crash();
            }
            Publisher last = ground.start(store, ground.settings("gap"));
            Ground.await("the state is told", () -> last.told() >= state);
            lives.steps(100);
            ground.assertTold(told, replay, state, "gap");
            last.close();
            assertThat(ground.metrics.exposition()).contains("xebec_task_events_gaps_total 2\n");
        }
    }

    @Test
    void anotherClusterAndAnotherNumberOfPartitionsAreRefused() throws Exception {
        try (InMemoryStateStore store = new InMemoryStateStore("one");
                Replay replay = new Replay(store, 2);
                InMemoryStateStore other = new InMemoryStateStore("other")) {
            new Lives(store, 5, 10).steps(50);
            Publisher first = ground.start(store, ground.settings("ours"));
            ground.assertTold(replay, "ours");
            first.close();
            write(other, "/namespaces//kube-system",
                    Objects.of("v1", "Namespace", "", "kube-system", "another-cluster"));
            Publisher stranger = ground.start(other, ground.settings("ours"));
            Ground.await("it is refused", () -> stranger.trouble().contains("tells of cluster " + Lives.CLUSTER));
            assertThat(ground.refusals).isNotEmpty();
            stranger.close();
            try (var admin = org.apache.kafka.clients.admin.Admin.create(Map.of("bootstrap.servers",
                    ground.bootstrap))) {
                admin.createPartitions(Map.of("ours", org.apache.kafka.clients.admin.NewPartitions.increaseTo(3),
                        "ours.progress", org.apache.kafka.clients.admin.NewPartitions.increaseTo(3))).all().get();
            }
            Publisher wider = ground.start(store, ground.settings("ours"));
            Ground.await("it is refused", () -> wider.trouble().contains("had 2 partitions and has 3"));
            wider.close();
            ground.assertTold(replay, "ours");
        }
    }

    @Test
    void everyObjectsChangesAreToldInATopicOfTheirOwnButSecrets() throws Exception {
        try (InMemoryStateStore store = new InMemoryStateStore("one")) {
            write(store, "/namespaces//kube-system",
                    Objects.of("v1", "Namespace", "", "kube-system", Lives.CLUSTER));
            Publisher publisher = ground.start(store, ground.settings("tasks", true, "objects", 2));
            var map = Objects.of("v1", "ConfigMap", "default", "settings", "map-uid");
            write(store, "/configmaps/default/settings", map);
            write(store, "/secrets/default/token", Objects.of("v1", "Secret", "default", "token", "secret-uid"));
            map.putObject("data").put("key", "value");
            write(store, "/configmaps/default/settings", map);
            write(store, "/pods/default/a", Objects.pod("a", "pod-uid"));
            write(store, "/configmaps/default/settings", null);
            try (Listener objects = new Listener(ground.bootstrap, "objects", 2);
                    Listener tasks = new Listener(ground.bootstrap, "tasks", 2)) {
                List<JsonNode> events = objects.await(5, Ground.PATIENCE).values().stream().flatMap(List::stream)
                        .map(ConsumerRecord::value).map(Json::parse).toList();
                assertThat(events).hasSize(5).allMatch(event -> event.path("specversion").asText().equals("1.0"));
                List<JsonNode> ours = events.stream()
                        .filter(event -> event.path("subject").asText().equals("configmaps/default/settings")).toList();
                assertThat(ours).extracting(event -> event.path("type").asText()).containsExactly(
                        "dev.xebec.object.added", "dev.xebec.object.modified", "dev.xebec.object.deleted");
                assertThat(ours.get(1).path("data").path("data").path("key").asText()).isEqualTo("value");
                assertThat(ours.get(1).path("data").path("metadata").path("resourceVersion").asText())
                        .isEqualTo(ours.get(1).path("revision").asText());
                assertThat(ours.get(2).path("data").path("metadata").path("uid").asText()).isEqualTo("map-uid");
                ConsumerRecord<String, byte[]> created = tasks.await(1, Ground.PATIENCE).values().iterator().next()
                        .get(0);
                assertThat(Listener.header(created, "content-type")).startsWith("application/cloudevents+json");
                assertThat(created.key()).isEqualTo("pod-uid");
                assertThat(new String(created.value(), StandardCharsets.UTF_8)).contains("dev.xebec.task.created");
            }
            publisher.close();
        }
    }

    private long sequence;

    private void write(InMemoryStateStore store, String key, com.fasterxml.jackson.databind.node.ObjectNode object) {
        Write write = object == null ? new Write.Delete(key) : new Write.Put(key, Bytes.of(Json.bytes(object)), 0);
        sequence++;
        store.propose(new Proposal(LogGroup.MAIN, 7, sequence, sequence, List.of(new Txn(List.of(), List.of(write)))));
    }
}
