package dev.xebec.events.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.events.trigger.plan.JobFrame;
import dev.xebec.model.object.ApiObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One Job per event and one dead letter per message, whatever happens to replicas and offsets. */
class ExactlyOnceTest {
    @TempDir
    static Path folder;
    private static Topics topics;
    private TriggerCluster cluster;
    /** Names of Jobs that were created, with how often. */
    private final Map<String, Integer> creations = new ConcurrentHashMap<>();

    @BeforeAll
    static void startBroker() {
        topics = new Topics(folder);
    }

    @AfterAll
    static void stopBroker() {
        topics.close();
    }

    @BeforeEach
    void startCluster() {
        cluster = new TriggerCluster(topics.bootstrap());
    }

    @AfterEach
    void stopCluster() throws Exception {
        cluster.close();
    }

    /** Counts what comes to be. */
    private Triggers counted() {
        return cluster.replica((request, same, gateway) -> {
            ApiResponse answer = gateway.send(same.apply(request));
            if (request.method().equals("POST") && request.path().endsWith("/jobs") && answer.code() == 201
                    && request.query().isEmpty()) {
                creations.merge(ApiObject.parse(answer.body().array()).name(), 1, Integer::sum);
            }
            return answer;
        });
    }

    private void events(String topic, int from, int to) {
        for (int i = from; i < to; i++) {
            topics.event(topic, "e-" + i, i);
        }
    }

    private Set<String> numbers() {
        return cluster.jobs().stream().map(job -> job.annotations().get("number")).collect(Collectors.toSet());
    }

    @Test
    void aThousandEventsStartAThousandJobs() {
        topics.create("thousand", 4);
        events("thousand", 0, 1_000);
        counted();
        cluster.create(TriggersTest.trigger("thousand", "thousand", 1_000));
        cluster.awaitCount("thousand", "received", 1_000);
        assertThat(cluster.trigger("thousand").status().path("started").asLong()).isEqualTo(1_000);
        assertThat(numbers()).hasSize(1_000);
        assertThat(creations).hasSize(1_000).values().allMatch(times -> times == 1);
    }

    @Test
    void anEventThatIsThereTwiceStartsOneJob() {
        topics.create("twice", 2);
        events("twice", 0, 5);
        events("twice", 0, 5);
        counted();
        cluster.create(TriggersTest.trigger("twice", "twice", 100));
        cluster.awaitCount("twice", "received", 10);
        assertThat(cluster.trigger("twice").status().path("started").asLong()).isEqualTo(5);
        assertThat(cluster.trigger("twice").status().path("duplicate").asLong()).isEqualTo(5);
        assertThat(cluster.jobs()).hasSize(5);
    }

    @Test
    void offsetsThatAreSetBackStartNothingAgain() {
        topics.create("rewound", 1);
        events("rewound", 0, 20);
        counted();
        cluster.create(TriggersTest.trigger("rewound", "rewound", 100));
        cluster.awaitCount("rewound", "received", 20);
        Await.until("all Jobs are released", () -> cluster.jobs().stream().allMatch(job -> job.finalizers().isEmpty()));
        cluster.patch("rewound", TriggersTest.suspend(true));
        cluster.awaitReason("rewound", "Suspended");
        topics.admin(admin -> admin.alterConsumerGroupOffsets("xebec.work.rewound",
                Map.of(new TopicPartition("rewound", 0), new OffsetAndMetadata(0))).all().get());
        cluster.patch("rewound", TriggersTest.suspend(false));
        cluster.awaitCount("rewound", "duplicate", 20);
        assertThat(cluster.trigger("rewound").status().path("started").asLong()).isEqualTo(20);
        assertThat(creations).hasSize(20).values().allMatch(times -> times == 1);
    }

    @Test
    void twoOwnersAtOnceDoEverythingOnce() {
        topics.create("shared", 3);
        counted();
        counted();
        cluster.create(TriggersTest.trigger("shared", "shared", 1_000));
        for (int i = 0; i < 200; i++) {
            events("shared", i, i + 1);
            if (i % 10 == 0) {
                topics.send("shared", "k" + i, Map.of(), "broken " + i);
            }
        }
        Await.until(() -> numbers().size() + " Jobs of 200", () -> numbers().size() == 200);
        Await.until("20 dead letters", () -> topics.read("shared.dead-letter").size() >= 20);
        topics.flush();
        assertThat(creations).hasSize(200).values().allMatch(times -> times == 1);
        Set<String> buried = topics.read("shared.dead-letter").stream()
                .map(record -> Topics.header(record, "xebec_partition") + "/" + Topics.header(record, "xebec_offset"))
                .collect(Collectors.toSet());
        assertThat(buried).hasSize(20);
        assertThat(topics.read("shared.dead-letter")).hasSize(20);
    }

    @Test
    void aReplicaThatHangsBetweenCreateAndCommitLeavesOneJobPerEventThoughJobsEndAtOnce() {
        topics.create("hung", 1);
        ObjectNode trigger = TriggersTest.trigger("hung", "hung", 100);
        ((ObjectNode) trigger.at("/spec/jobTemplate/spec")).put("ttlSecondsAfterFinished", 0);
        cluster.controllers();
        Hanging hanging = new Hanging();
        cluster.replica(hanging);
        cluster.create(trigger);
        cluster.awaitReason("hung", "Consuming");
        events("hung", 0, 10);
        Await.until("Jobs are created", () -> !hanging.created.isEmpty());
        Map<String, String> first = new HashMap<>();
        List<ApiObject> made = cluster.jobs();
        made.forEach(job -> first.put(job.name(), job.uid()));
        made.forEach(cluster::complete);
        Await.until("the time to live of the Jobs is over",
                () -> cluster.jobs().stream().filter(job -> first.containsKey(job.name()))
                        .allMatch(ApiObject::deleting));
        assertThat(cluster.jobs()).allMatch(job -> job.finalizers().contains(JobFrame.FINALIZER));
        counted();
        cluster.awaitCount("hung", "received", 10);
        assertThat(cluster.trigger("hung").status().path("started").asLong()).isEqualTo(10);
        assertThat(creations.keySet()).as("created again").doesNotContainAnyElementsOf(hanging.created);
        assertThat(creations.size() + hanging.created.size()).isEqualTo(10);
        Await.until("the ended Jobs are gone",
                () -> cluster.jobs().stream().noneMatch(job -> first.containsKey(job.name())));
        hanging.woken.countDown();
        events("hung", 10, 12);
        cluster.awaitCount("hung", "received", 12);
        assertThat(cluster.trigger("hung").status().path("started").asLong()).isEqualTo(12);
    }
}
