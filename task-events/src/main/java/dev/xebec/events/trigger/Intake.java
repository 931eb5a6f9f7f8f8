package dev.xebec.events.trigger;

import dev.xebec.contracts.Bytes;
import dev.xebec.events.kafka.KafkaSettings;
import dev.xebec.events.trigger.plan.Message;
import dev.xebec.events.trigger.plan.Progress;
import dev.xebec.events.trigger.plan.Tally;
import dev.xebec.events.trigger.plan.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A trigger's place in its consumer group: messages out, marks of what is done with in. Used by one thread. It stands on
 * Kafka's own client, since a transaction with the group's offsets needs what Vert.x' client does not hand out.
 */
final class Intake implements AutoCloseable, ConsumerRebalanceListener {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Trigger trigger;
    private final Progress known;
    private final Backlog backlog;
    private final Map<Integer, Mark> done = new HashMap<>();
    private final Map<Integer, Long> ends = new HashMap<>();
    /** Partitions whose beginning is found and not committed yet. */
    private final Set<Integer> unpinned = new HashSet<>();
    private CloseOptions.GroupMembershipOperation ending = CloseOptions.GroupMembershipOperation.DEFAULT;

    /** @param known how far the trigger was, for partitions of which Kafka knows no more; @param backlog what was read */
    Intake(KafkaSettings kafka, Trigger trigger, Progress known, Backlog backlog) {
        this.trigger = trigger;
        this.known = known;
        this.backlog = backlog;
        consumer = new KafkaConsumer<>(TriggerKafka.consumer(kafka, trigger));
    }

    boolean topicExists() {
        return !consumer.partitionsFor(trigger.topic(), PATIENCE).isEmpty();
    }

    void subscribe() {
        consumer.subscribe(List.of(trigger.topic()), this);
    }

    /** @param more whether messages are wanted; otherwise this only shows Kafka that the trigger lives */
    List<Message> poll(boolean more, Duration patience) {
        if (more) {
            consumer.resume(consumer.assignment());
        } else {
            consumer.pause(consumer.assignment());
        }
        List<Message> messages = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
            messages.add(message(record));
        }
        pin();
        return messages;
    }

    /** Says where the trigger began, so that nothing is missed when it dies before it has done anything. */
    private void pin() {
        if (!unpinned.isEmpty()) {
            Map<Integer, Mark> found = new HashMap<>();
            unpinned.forEach(partition -> found.put(partition, done.getOrDefault(partition, new Mark(0, Tally.NONE))));
            commit(found);
            unpinned.clear();
        }
    }

    Mark done(int partition) {
        Mark mark = done.get(partition);
        if (mark == null) {
            throw new IllegalStateException("partition " + partition + " is not this trigger's");
        }
        return mark;
    }

    /** Whether a message of this partition comes no more. */
    boolean past(int partition, long offset) {
        Mark mark = done.get(partition);
        return mark != null && offset < mark.offset() && !unpinned.contains(partition);
    }

    void commit(Map<Integer, Mark> marks) {
        consumer.commitSync(offsets(marks), PATIENCE);
        done.putAll(marks);
    }

    /** What was committed in another way: in a transaction. */
    void committed(Map<Integer, Mark> marks) {
        done.putAll(marks);
    }

    Map<TopicPartition, OffsetAndMetadata> offsets(Map<Integer, Mark> marks) {
        return marks.entrySet().stream().collect(
                Collectors.toMap(mark -> partition(mark.getKey()), mark -> mark.getValue().committed()));
    }

    ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    /** Asks Kafka how long the topic is; fails where Kafka does not answer. */
    void measure() {
        Set<TopicPartition> mine = consumer.assignment();
        consumer.endOffsets(mine, PATIENCE).forEach((partition, end) -> ends.put(partition.partition(), end));
        if (mine.isEmpty() && !topicExists()) {
            throw new TopicMissingException(trigger.topic());
        }
    }

    TreeMap<Integer, Progress.Partition> partitions() {
        TreeMap<Integer, Progress.Partition> partitions = new TreeMap<>();
        done.forEach((partition, mark) -> {
            Long end = ends.get(partition);
            partitions.put(partition, new Progress.Partition(mark.offset(),
                    end == null ? -1 : Math.max(0, end - mark.offset()), mark.tally()));
        });
        return partitions;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            done.remove(partition.partition());
            ends.remove(partition.partition());
            unpinned.remove(partition.partition());
            backlog.drop(partition.partition());
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Set<TopicPartition> all = consumer.partitionsFor(trigger.topic(), PATIENCE).stream()
                .map(one -> partition(one.partition())).collect(Collectors.toSet());
        all.addAll(partitions);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(all, PATIENCE);
        boolean first = known.partitions().isEmpty() && committed.values().stream().allMatch(one -> one == null);
        for (TopicPartition partition : partitions) {
            begin(partition, committed.get(partition), first);
        }
    }

    /** Where a partition comes to be later, all of it is read: the trigger was there before. */
    private void begin(TopicPartition partition, @Nullable OffsetAndMetadata committed, boolean first) {
        int number = partition.partition();
        Progress.Partition before = known.partitions().get(number);
        Tally tally = before == null ? Tally.NONE : before.tally();
        if (committed != null) {
            done.put(number, new Mark(committed.offset(), Tally.parse(committed.metadata(), tally)));
            return;
        }
        if (before != null) {
            consumer.seek(partition, before.offset());
        } else if (first && !trigger.fromEarliest()) {
            consumer.seekToEnd(List.of(partition));
        } else {
            consumer.seekToBeginning(List.of(partition));
        }
        done.put(number, new Mark(consumer.position(partition, PATIENCE), tally));
        unpinned.add(number);
    }

    private TopicPartition partition(int number) {
        return new TopicPartition(trigger.topic(), number);
    }

    private static Message message(ConsumerRecord<byte[], byte[]> record) {
        List<Message.Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new Message.Header(header.key(), bytes(header.value())));
        }
        return new Message(record.topic(), record.partition(), record.offset(), record.timestamp(),
                bytes(record.key()), headers, bytes(record.value()));
    }

    private static @Nullable Bytes bytes(byte @Nullable [] bytes) {
        return bytes == null ? null : Bytes.of(bytes);
    }

    /** At its end it gives its place in the group up, which otherwise is kept for the next owner. */
    void leave() {
        ending = CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.groupMembershipOperation(ending).withTimeout(CLOSE_PATIENCE));
    }
}
