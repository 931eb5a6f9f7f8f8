package dev.xebec.events.trigger;

import dev.xebec.contracts.Bytes;
import dev.xebec.events.kafka.KafkaSettings;
import dev.xebec.events.trigger.plan.Message;
import dev.xebec.events.trigger.plan.Reason;
import dev.xebec.events.trigger.plan.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes messages that can start no Job to the dead-letter topic, in one transaction with the offsets behind them: each is
 * there once, whoever dies when. Used by one thread; after a failure it is of no more use.
 */
final class DeadLetters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    /** Begins the names of the headers that are added. */
    private static final String PREFIX = "xebec_";
    private static final int MAX_WHY_CHARS = 2_048;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Trigger trigger;

    /** A message and why it cannot start a Job. */
    record Letter(Message message, Reason reason, String why) {}

    DeadLetters(KafkaSettings kafka, Trigger trigger) {
        this.trigger = trigger;
        ensureTopic(kafka);
        producer = new KafkaProducer<>(TriggerKafka.producer(kafka, trigger));
        try {
            producer.initTransactions();
        } catch (KafkaException failed) {
            close();
            throw failed;
        }
    }

    /** Who may not make topics may find it made. */
    private void ensureTopic(KafkaSettings kafka) {
        try (Admin admin = Admin.create(TriggerKafka.admin(kafka, trigger))) {
            NewTopic topic = new NewTopic(trigger.deadLetterTopic(), Optional.of(1), Optional.empty());
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof TopicExistsException)) {
                LOG.info("the dead-letter topic {} is not made: {}", trigger.deadLetterTopic(),
                        String.valueOf(refused.getCause()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while making the dead-letter topic");
        }
    }

    void commit(List<Letter> letters, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        Set<Integer> tooLarge = new HashSet<>();
        while (true) {
            int refused = commit(letters, tooLarge, offsets, group);
            if (refused < 0) {
                return;
            }
            if (!tooLarge.add(refused)) {
                throw new KafkaException("the dead-letter topic " + trigger.deadLetterTopic()
                        + " takes not even what is said of a message");
            }
        }
    }

    /** The index of a letter that is too large for the topic; -1 when all are written. */
    private int commit(List<Letter> letters, Set<Integer> without, Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        producer.beginTransaction();
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < letters.size(); i++) {
                sent.add(producer.send(record(letters.get(i), without.contains(i))));
            }
            producer.flush();
            int tooLarge = tooLarge(sent);
            if (tooLarge >= 0) {
                producer.abortTransaction();
                return tooLarge;
            }
            producer.sendOffsetsToTransaction(offsets, group);
            producer.commitTransaction();
            return -1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing dead letters");
        }
    }

    private static int tooLarge(List<Future<RecordMetadata>> sent) throws InterruptedException {
        KafkaException other = null;
        for (int i = 0; i < sent.size(); i++) {
            try {
                sent.get(i).get();
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof RecordTooLargeException) {
                    return i;
                }
                other = failed.getCause() instanceof KafkaException known
                        ? known
                        : new KafkaException(failed.getCause());
            }
        }
        if (other != null) {
            throw other;
        }
        return -1;
    }

    /** @param without whether the message's own bytes are left out; they are where it came from */
    private ProducerRecord<byte[], byte[]> record(Letter letter, boolean without) {
        Message message = letter.message();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(trigger.deadLetterTopic(), null,
                without ? null : array(message.key()), without ? null : array(message.value()));
        Headers headers = record.headers();
        if (!without) {
            message.headers().forEach(header -> headers.add(header.name(), array(header.value())));
        }
        String why = letter.why();
        add(headers, "reason", letter.reason().name());
        add(headers, "message", why.length() <= MAX_WHY_CHARS ? why : why.substring(0, MAX_WHY_CHARS));
        add(headers, "topic", message.topic());
        add(headers, "partition", Integer.toString(message.partition()));
        add(headers, "offset", Long.toString(message.offset()));
        add(headers, "timestamp", Long.toString(message.timestampMillis()));
        add(headers, "trigger", trigger.object().namespace() + "/" + trigger.object().name());
        if (without) {
            add(headers, "omitted", Long.toString(message.size()));
        }
        return record;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte @Nullable [] array(@Nullable Bytes bytes) {
        return bytes == null ? null : bytes.array();
    }

    @Override
    public void close() {
        producer.close(CLOSE_PATIENCE);
    }
}
