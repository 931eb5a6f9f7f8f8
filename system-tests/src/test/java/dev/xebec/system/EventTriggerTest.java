package dev.xebec.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial on triggers: from {@code xebec up} to a Job that a message started. */
@Timeout(600)
class EventTriggerTest {
    private static final String HEADERS = "ce_specversion:1.0,ce_source:/shop,ce_type:shop.order.placed,"
            + "content-type:application/json";

    @TempDir
    private static Path data;

    @Test
    void aMessageStartsAJobOnce() throws Exception {
        try (TestCluster cluster = TestCluster.upWithKafka(data); KubernetesClient client = cluster.client()) {
            TestCluster.awaitTrue("the kind EventTrigger", () -> client.apiextensions().v1()
                    .customResourceDefinitions().withName("eventtriggers.events.xebec.dev").get() != null);
            TestCluster.awaitTrue("the broker's address", () -> properties().containsKey("bootstrap.servers"));
            try (Admin admin = Admin.create(properties())) {
                TestCluster.awaitTrue("a topic", () -> admin.listTopics().names().get().contains("orders")
                        || admin.createTopics(List.of(new NewTopic("orders", Optional.of(1), Optional.empty()))).all()
                                .get() == null);
            }
            try (InputStream example = Files.newInputStream(Path.of("..", "examples", "events", "trigger.yaml"))) {
                client.load(example).inNamespace("default").create();
            }
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties(), new StringSerializer(),
                    new StringSerializer())) {
                order(producer, "o-1", 250);
                order(producer, "o-2", 20);
                order(producer, "o-1", 250);
                producer.send(new ProducerRecord<>("orders", "oops")).get();
            }
            TestCluster.awaitTrue("all four done with", () -> status(client, "received") == 4);
            assertThat(status(client, "started")).isEqualTo(1);
            assertThat(status(client, "skipped")).isEqualTo(1);
            assertThat(status(client, "duplicate")).isEqualTo(1);
            assertThat(status(client, "deadLettered")).isEqualTo(1);
            List<Job> jobs = client.batch().v1().jobs().inNamespace("default").list().getItems();
            assertThat(jobs).hasSize(1);
            assertThat(jobs.get(0).getMetadata().getAnnotations()).containsEntry("shop/order", "o-1");
            TestCluster.awaitTrue("a Job that succeeded", () -> status(client, "succeeded") == 1);
            String pod = client.pods().inNamespace("default").withLabel("events.xebec.dev/trigger", "large-orders")
                    .list().getItems().get(0).getMetadata().getName();
            assertThat(client.pods().inNamespace("default").withName(pod).getLog()).startsWith(
                    "packing order o-1 of Ada's \"shop\" $(HOME)\n{").contains("\"id\":\"o-1\"");
        }
    }

    private static Map<String, Object> properties() throws Exception {
        Path file = data.resolve("kafka").resolve("client.properties");
        Properties read = new Properties();
        if (Files.exists(file)) {
            try (InputStream stream = Files.newInputStream(file)) {
                read.load(stream);
            }
        }
        Map<String, Object> properties = new HashMap<>();
        read.forEach((name, value) -> properties.put((String) name, value));
        return properties;
    }

    /** The customer's name is hostile to shells and to Kubernetes' own expansion. */
    private static void order(KafkaProducer<String, String> producer, String id, int total) throws Exception {
        ProducerRecord<String, String> record = new ProducerRecord<>("orders", "{\"order\":\"" + id + "\",\"total\":"
                + total + ",\"customer\":{\"name\":\"Ada's \\\"shop\\\" $(HOME)\"}}");
        for (String header : (HEADERS + ",ce_id:" + id).split(",")) {
            String[] parts = header.split(":", 2);
            record.headers().add(parts[0], parts[1].getBytes(StandardCharsets.UTF_8));
        }
        producer.send(record).get();
    }

    private static long status(KubernetesClient client, String count) {
        Object status = client.genericKubernetesResources("events.xebec.dev/v1alpha1", "EventTrigger")
                .inNamespace("default").withName("large-orders").get().getAdditionalProperties().get("status");
        return status instanceof Map<?, ?> counts && counts.get(count) instanceof Number number
                ? number.longValue()
                : -1;
    }
}
