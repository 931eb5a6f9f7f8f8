package dev.xebec.events.trigger;

import dev.xebec.kafka.BrokerSettings;
import dev.xebec.kafka.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker and what tests do with it. */
final class Topics implements AutoCloseable {
    private EmbeddedBroker broker;
    private final KafkaProducer<byte[], byte[]> producer;

    Topics(Path folder) {
        broker = EmbeddedBroker.start(BrokerSettings.open(folder));
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap(), "delivery.timeout.ms", 120_000,
                "max.in.flight.requests.per.connection", 1, "key.serializer", ByteArraySerializer.class,
                "value.serializer",
                ByteArraySerializer.class));
    }

    String bootstrap() {
        return broker.bootstrap();
    }

    void down() {
        broker.close();
    }

    void up() {
        broker = EmbeddedBroker.start(broker.settings());
    }

    void create(String topic, int partitions) {
        admin(admin -> admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                .all().get());
        Await.until("the partitions of " + topic + " are led", () -> led(topic, partitions));
    }

    private boolean led(String topic, int partitions) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            wanted.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            return admin.listOffsets(wanted).all().get().size() == partitions;
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    interface Request {
        void ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    void admin(Request request) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            request.ask(admin);
        } catch (ExecutionException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    /** An event in binary mode whose data is {@code {"n":N}}. */
    void event(String topic, String id, int number) {
        send(topic, id, Map.of("ce_specversion", "1.0", "ce_id", id, "ce_source", "/test", "ce_type", "test.made",
                "content-type", "application/json"), "{\"n\":" + number + "}");
    }

    void send(String topic, String key, Map<String, String> headers, String value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, bytes(key),
                value == null ? null : bytes(value));
        headers.forEach((name, text) -> record.headers().add(name, bytes(text)));
        producer.send(record);
    }

    void flush() {
        producer.flush();
    }

    /** All committed records of a topic, which has to be there. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", bootstrap(), "isolation.level",
                "read_committed", "auto.offset.reset", "earliest", "key.deserializer", ByteArrayDeserializer.class,
                "value.deserializer", ByteArrayDeserializer.class));
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(one -> new TopicPartition(topic, one.partition())).toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        broker.close();
    }
}
