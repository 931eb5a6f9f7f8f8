package dev.xebec.events.publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic as a consumer does that takes only what is committed. */
final class Listener implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<Integer, List<ConsumerRecord<String, byte[]>>> heard = new TreeMap<>();

    Listener(String bootstrap, String topic, int partitions) {
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed",
                "auto.offset.reset", "earliest", "enable.auto.commit", "false", "allow.auto.create.topics", "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** Reads on until there are as many, or for as long as patience lasts; answers all heard so far. */
    Map<Integer, List<ConsumerRecord<String, byte[]>>> await(int records, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (count() < records && System.nanoTime() < deadline) {
            poll();
        }
        // What is too much shows itself now.
        for (int i = 0; i < 3; i++) {
            poll();
        }
        return heard;
    }

    private void poll() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            heard.computeIfAbsent(record.partition(), none -> new ArrayList<>()).add(record);
        }
    }

    int count() {
        return heard.values().stream().mapToInt(List::size).sum();
    }

    static Map<Integer, List<String>> lines(Map<Integer, List<ConsumerRecord<String, byte[]>>> heard) {
        Map<Integer, List<String>> lines = new TreeMap<>();
        heard.forEach((partition, records) -> lines.put(partition, records.stream().map(Listener::line).toList()));
        return lines;
    }

    private static String line(ConsumerRecord<String, byte[]> record) {
        return header(record, "ce_type") + " " + header(record, "ce_id") + " "
                + new String(record.value(), StandardCharsets.UTF_8);
    }

    static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
