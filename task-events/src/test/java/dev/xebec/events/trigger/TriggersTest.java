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
}
