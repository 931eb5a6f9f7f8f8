package dev.xebec.events.publish;

import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads how far a shard was told. Only who has taken the shard over may rely on the answer. */
final class ProgressReader {
    /** Offsets before the end that are read first; markers of transactions take some of them. */
    private static final long NEAR_END = 200;
    private static final Duration POLL = Duration.ofMillis(500);
    /** After so many polls that bring nothing on, it is given up. */
    private static final int IDLE_POLLS = 40;

    private final PublisherSettings settings;

    ProgressReader(PublisherSettings settings) {
        this.settings = settings;
    }

    /** Null where nothing has ever been told. */
    @Nullable
    Progress read(int shard) {
        Map<String, String> properties = settings.kafka().client(settings.transactionalId(shard) + "-progress");
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put("allow.auto.create.topics", "false");
        properties.put("default.api.timeout.ms", "20000");
        TopicPartition partition = new TopicPartition(settings.progressTopic(), shard);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(new TreeMap<String, Object>(properties),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            for (long back = NEAR_END;; back *= 100) {
                long from = Math.max(begin, end - back);
                byte[] found = last(consumer, partition, from, end);
                if (found != null) {
                    return Progress.parse(found);
                }
                if (from <= begin) {
                    return null;
                }
            }
        } catch (KafkaException failed) {
            throw KafkaFailures.of("reading the progress of shard " + shard, failed);
        }
    }

    private byte @Nullable [] last(KafkaConsumer<String, byte[]> consumer, TopicPartition partition, long from,
            long end) {
        consumer.seek(partition, from);
        byte[] last = null;
        int idle = 0;
        while (consumer.position(partition) < end) {
            long before = consumer.position(partition);
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL).records(partition)) {
                last = record.value() == null ? last : record.value();
            }
            idle = consumer.position(partition) == before ? idle + 1 : 0;
            if (idle > IDLE_POLLS) {
                throw new UnavailableException("Kafka does not deliver " + partition + " from " + before);
            }
        }
        return last;
    }
}
