package dev.xebec.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    @TempDir
    private Path folder;

    @Test
    void whatWasCommittedIsThereAfterARestartOnTheSameFolderAndPorts() throws Exception {
        BrokerSettings settings = BrokerSettings.open(folder);
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            send(broker.bootstrap(), "one", true);
            send(broker.bootstrap(), "never", false);
            send(broker.bootstrap(), "two", true);
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            assertThat(read(broker.bootstrap(), 2)).containsExactly("one", "two");
            try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrap()))) {
                assertThat(admin.describeTopics(List.of("events")).allTopicNames().get().get("events").partitions())
                        .hasSize(4);
            }
        }
    }

    @Test
    void whatWasCommittedOutlivesAKill() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.open(folder))) {
            send(broker.bootstrap(), "one", true);
            broker.kill();
            broker.restart();
            send(broker.bootstrap(), "two", true);
            assertThat(read(broker.bootstrap(), 2)).containsExactly("one", "two");
        }
    }

    private static void send(String bootstrap, String value, boolean commit) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "transactional.id", "test"), new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("events", 0, "key", value));
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.flush();
                producer.abortTransaction();
            }
        }
    }

    private static List<String> read(String bootstrap, int count) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"), new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("events", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new ArrayList<>();
            while (values.size() < count) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            return values;
        }
    }
}
