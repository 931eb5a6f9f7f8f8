package dev.xebec.server.events;

import dev.xebec.server.StartupException;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The committed events of a topic, in the order of revisions while the past is told, and then as they come. */
public final class EventStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(200);
    /** Events of one partition that wait for those of others. */
    private static final int MAX_WAITING = 2_000;

    private final Consumer<byte[], byte[]> consumer;
    private final String bootstrap;
    private final String topic;
    private long foreign;

    /** @param properties of the client: where Kafka is, and how to be let in */
    public EventStream(Map<String, String> properties, String topic) {
        this.topic = topic;
        this.bootstrap = properties.getOrDefault("bootstrap.servers", "");
        Map<String, Object> all = new HashMap<>(properties);
        all.put("client.id", "xebec-events");
        all.put("isolation.level", "read_committed");
        all.put("enable.auto.commit", "false");
        all.put("allow.auto.create.topics", "false");
        all.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Hands on every event that is there, and with {@code follow} those that come, until {@code reader} has had enough.
     *
     * @return how many records were no CloudEvents
     */
    public long read(EventFilter filter, boolean follow, Predicate<CloudEvent> reader) {
        try {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            seek(partitions, filter.since());
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            EventMerge merge = new EventMerge(partitions.stream().map(TopicPartition::partition).toList());
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : merge.allEnded() && !follow
                        ? List.<ConsumerRecord<byte[], byte[]>>of()
                        : consumer.poll(POLL)) {
                    decode(record).filter(filter::wants).ifPresent(event -> merge.add(record.partition(), event));
                }
                ends.forEach((partition, end) -> {
                    if (consumer.position(partition) >= end) {
                        merge.ended(partition.partition());
                    }
                });
                for (CloudEvent event : merge.next()) {
                    if (!reader.test(event)) {
                        return foreign;
                    }
                }
                if (merge.allEnded() && !follow) {
                    return foreign;
                }
                hold(partitions, merge);
            }
        } catch (AuthorizationException refused) {
            throw new StartupException("Kafka at " + bootstrap + " does not let this user read " + topic + ": "
                    + refused.getMessage(), refused);
        } catch (AuthenticationException refused) {
            throw new StartupException("Kafka at " + bootstrap + " does not know this user: " + refused.getMessage(),
                    refused);
        } catch (TimeoutException silent) {
            throw new StartupException("Kafka at " + bootstrap + " does not answer", silent);
        }
    }

    private List<TopicPartition> partitions() {
        List<PartitionInfo> found = consumer.partitionsFor(topic, PATIENCE);
        if (found == null || found.isEmpty()) {
            throw new MissingTopicException(topic, bootstrap);
        }
        return found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    }

    /** An event is written after it happened, so none that is wanted was written before. */
    private void seek(List<TopicPartition> partitions, Optional<Instant> since) {
        consumer.seekToBeginning(partitions);
        if (since.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since.get().toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times, PATIENCE);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp offset = offsets.get(partition);
            if (offset == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, offset.offset());
            }
        }
    }

    private void hold(List<TopicPartition> partitions, EventMerge merge) {
        for (TopicPartition partition : partitions) {
            if (merge.waiting(partition.partition()) > MAX_WAITING) {
                consumer.pause(List.of(partition));
            } else {
                consumer.resume(List.of(partition));
            }
        }
    }

    private Optional<CloudEvent> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(KafkaMessageFactory.createReader(record).toEvent());
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException malformed) {
            foreign++;
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
