package dev.xebec.events.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triggers against a real broker and a real gateway. */
class TriggersTest {
    @TempDir
    static Path folder;
    private static Topics topics;
    private TriggerCluster cluster;

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

    /** A trigger that wants everything and starts one process. */
    static ObjectNode trigger(String name, String topic, int maxConcurrency) {
        ObjectNode trigger = Json.object().put("apiVersion", "events.xebec.dev/v1alpha1").put("kind", "EventTrigger");
        trigger.putObject("metadata").put("name", name).put("namespace", "work");
        ObjectNode spec = trigger.putObject("spec").put("topic", topic).put("startFrom", "earliest")
                .put("maxConcurrency", maxConcurrency);
        ObjectNode template = spec.putObject("jobTemplate");
        template.putObject("metadata").putObject("annotations").put("number", "n-$(event.data.n)");
        ObjectNode pod = template.putObject("spec").putObject("template").putObject("spec").put("restartPolicy",
                "Never");
        pod.putArray("containers").addObject().put("name", "main").put("image", "none").putArray("command")
                .add("echo").add("$(event.id)");
        return trigger;
    }

    static ObjectNode suspend(boolean suspended) {
        return Json.object().put("suspend", suspended);
    }

    @Test
    void eachWantedEventStartsOneJobAndTheOthersAreSkippedOrBuried() {
        topics.create("orders", 3);
        cluster.replica();
        ObjectNode trigger = trigger("orders", "orders", 1_000);
        ((ObjectNode) trigger.get("spec")).put("filter", "event.data.n % 2 == 0");
        cluster.create(trigger);
        for (int i = 0; i < 40; i++) {
            topics.event("orders", "order-" + i, i);
        }
        topics.send("orders", "k", Map.of(), "no event at all");
        cluster.awaitCount("orders", "received", 41);
        ApiObject seen = cluster.trigger("orders");
        assertThat(seen.status().path("started").asLong()).isEqualTo(20);
        assertThat(seen.status().path("skipped").asLong()).isEqualTo(20);
        assertThat(seen.status().path("deadLettered").asLong()).isEqualTo(1);
        assertThat(seen.status().path("lag").asLong()).isZero();
        List<ApiObject> jobs = cluster.jobs();
        assertThat(jobs).hasSize(20);
        Set<String> numbers = new HashSet<>();
        jobs.forEach(job -> numbers.add(job.annotations().get("number")));
        assertThat(numbers).hasSize(20).contains("n-0", "n-38");
        Await.until("all Jobs are released", () -> cluster.jobs().stream().allMatch(job -> job.finalizers().isEmpty()));
        List<ConsumerRecord<byte[], byte[]>> buried = topics.read("orders.dead-letter");
        assertThat(buried).hasSize(1);
        assertThat(Topics.header(buried.get(0), "xebec_reason")).isEqualTo("NotACloudEvent");
        assertThat(buried.get(0).value()).isEqualTo(Topics.bytes("no event at all"));
    }

    @Test
    void noMoreJobsAreActiveThanMayBe() {
        topics.create("limited", 2);
        cluster.replica();
        cluster.create(trigger("limited", "limited", 3));
        for (int i = 0; i < 30; i++) {
            topics.event("limited", "l-" + i, i);
        }
        Set<String> done = new HashSet<>();
        Await.until(() -> done.size() + " Jobs of 30", () -> {
            List<ApiObject> active = cluster.jobs().stream().filter(job -> !done.contains(job.name())).toList();
            assertThat(active).hasSizeLessThanOrEqualTo(3);
            if (active.size() == 3 || done.size() >= 27) {
                active.stream().limit(1).forEach(job -> {
                    cluster.complete(job);
                    done.add(job.name());
                });
            }
            return done.size() == 30;
        });
        cluster.awaitCount("limited", "succeeded", 30);
        cluster.awaitReason("limited", "Consuming");
    }

    @Test
    void whileSuspendedNothingIsReadAndThenAllIs() {
        topics.create("paused", 1);
        cluster.replica();
        cluster.create(trigger("paused", "paused", 10));
        topics.event("paused", "a", 0);
        cluster.awaitCount("paused", "received", 1);
        cluster.patch("paused", suspend(true));
        cluster.awaitReason("paused", "Suspended");
        topics.event("paused", "b", 1);
        topics.flush();
        assertThat(cluster.jobs()).hasSize(1);
        cluster.patch("paused", suspend(false));
        cluster.awaitCount("paused", "received", 2);
        assertThat(cluster.trigger("paused").status().path("started").asLong()).isEqualTo(2);
    }

    @Test
    void aTopicThatIsNotThereIsWaitedFor() {
        cluster.replica();
        ObjectNode trigger = trigger("early", "late", 10);
        ((ObjectNode) trigger.get("spec")).put("startFrom", "latest");
        cluster.create(trigger);
        cluster.awaitReason("early", "TopicMissing");
        topics.create("late", 1);
        cluster.awaitReason("early", "Consuming");
        topics.event("late", "a", 0);
        cluster.awaitCount("early", "started", 1);
    }

    @Test
    void latestBeginsBehindWhatIsThereAndMissesNothingLater() {
        topics.create("begun", 1);
        topics.event("begun", "old", 0);
        topics.flush();
        Triggers first = cluster.replica();
        ObjectNode trigger = trigger("begun", "begun", 10);
        ((ObjectNode) trigger.get("spec")).put("startFrom", "latest");
        cluster.create(trigger);
        cluster.awaitReason("begun", "Consuming");
        first.close();
        topics.event("begun", "new", 1);
        topics.flush();
        cluster.replica();
        cluster.awaitCount("begun", "received", 1);
        assertThat(cluster.jobs()).hasSize(1).allMatch(job -> job.annotations().get("number").equals("n-1"));
    }

    @Test
    void whatTheServerRefusesIsBuriedAndStopsNothing() {
        topics.create("refused", 1);
        cluster.replica();
        ObjectNode trigger = trigger("refused", "refused", 10);
        ((ObjectNode) trigger.at("/spec/jobTemplate/spec/template/spec/containers/0")).put("imagePullPolicy",
                "$(event.data.policy)");
        ((ObjectNode) trigger.at("/spec/jobTemplate/metadata/annotations")).remove("number");
        cluster.create(trigger);
        Map<String, String> headers = Map.of("ce_specversion", "1.0", "ce_source", "/s", "ce_type", "t");
        for (String policy : List.of("Always", "Sometimes", "Never")) {
            Map<String, String> own = new java.util.HashMap<>(headers);
            own.put("ce_id", policy);
            topics.send("refused", policy, own, "{\"policy\":\"" + policy + "\"}");
        }
        cluster.awaitCount("refused", "received", 3);
        assertThat(cluster.jobs()).hasSize(2);
        List<ConsumerRecord<byte[], byte[]>> buried = topics.read("refused.dead-letter");
        assertThat(buried).hasSize(1);
        assertThat(Topics.header(buried.get(0), "xebec_reason")).isEqualTo("JobRefused");
        assertThat(Topics.header(buried.get(0), "xebec_message")).contains("imagePullPolicy", "Sometimes");
        assertThat(Topics.header(buried.get(0), "xebec_offset")).isEqualTo("1");
        assertThat(Topics.header(buried.get(0), "ce_id")).isEqualTo("Sometimes");
    }

    @Test
    void aTriggerThatCannotWorkSaysWhy() {
        cluster.replica();
        ObjectNode filter = trigger("filter", "some", 10);
        ((ObjectNode) filter.get("spec")).put("filter", "event.id ==");
        cluster.create(filter);
        cluster.awaitReason("filter", "InvalidFilter");
        ObjectNode place = trigger("place", "some", 10);
        ((ObjectNode) place.at("/spec/jobTemplate/metadata/annotations")).put("x", "$(event.)");
        cluster.create(place);
        cluster.awaitReason("place", "InvalidTemplate");
        ObjectNode template = trigger("template", "some", 10);
        ((ObjectNode) template.at("/spec/jobTemplate/spec/template/spec/containers/0")).put("name", "Not A Label");
        cluster.create(template);
        cluster.awaitReason("template", "InvalidTemplate");
        assertThat(cluster.trigger("template").status().toString()).contains("containers[0].name");
    }

    @Test
    void aDeletedTriggerTakesItsJobsWithIt() {
        topics.create("gone", 1);
        cluster.controllers();
        cluster.replica();
        ApiObject trigger = cluster.create(trigger("gone", "gone", 10));
        topics.event("gone", "a", 0);
        cluster.awaitCount("gone", "started", 1);
        cluster.resources.delete(Triggers.TRIGGERS, trigger.key(), trigger.uid(), 0, null, "Foreground");
        Await.until("the Jobs are gone", () -> cluster.jobs().isEmpty());
    }

    @Test
    void kafkaMayBeAwayAndComesBack() throws Exception {
        try (Topics own = new Topics(folder.resolve("own"));
                TriggerCluster second = new TriggerCluster(own.bootstrap())) {
            own.create("away", 1);
            second.replica();
            second.create(trigger("away", "away", 10));
            own.event("away", "a", 0);
            second.awaitCount("away", "started", 1);
            own.down();
            second.awaitReason("away", "KafkaUnreachable");
            own.up();
            own.event("away", "b", 1);
            second.awaitCount("away", "started", 2);
            second.awaitReason("away", "Consuming");
        }
    }
}
