package dev.xebec.events.trigger;

import dev.xebec.events.kafka.KafkaSettings;
import dev.xebec.events.trigger.plan.Trigger;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How a trigger's Kafka clients are set. */
final class TriggerKafka {
    /** Begins the names of transactions, for access lists. */
    static final String TRANSACTIONS = "xebec.trigger.";
    /** Messages that one poll gives. */
    private static final int MAX_POLLED = 200;
    private static final int MAX_FETCHED_BYTES = 4 * 1024 * 1024;
    /** A message that goes to the dead-letter topic may be large. */
    private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    private TriggerKafka() {}

    /**
     * A trigger is one member of its group whoever reads for it: a new owner takes the former one's place at once, and
     * Kafka refuses what that one still commits.
     */
    static Map<String, Object> consumer(KafkaSettings kafka, Trigger trigger) {
        Map<String, Object> settings = new HashMap<>(kafka.client(client(trigger)));
        settings.put("group.id", trigger.group());
        settings.put("group.instance.id", TRANSACTIONS + trigger.object().uid());
        settings.put("key.deserializer", ByteArrayDeserializer.class);
        settings.put("value.deserializer", ByteArrayDeserializer.class);
        settings.put("enable.auto.commit", false);
        settings.put("isolation.level", "read_committed");
        // Where the committed offset is no longer kept: what is left is read. Where to begin is decided in Intake.
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        settings.put("max.poll.records", MAX_POLLED);
        settings.put("fetch.max.bytes", MAX_FETCHED_BYTES);
        settings.put("metadata.max.age.ms", 10_000);
        settings.put("session.timeout.ms", 30_000);
        settings.put("max.poll.interval.ms", 300_000);
        settings.put("default.api.timeout.ms", 15_000);
        settings.put("reconnect.backoff.max.ms", 2_000);
        return settings;
    }

    static Map<String, Object> producer(KafkaSettings kafka, Trigger trigger) {
        Map<String, Object> settings = new HashMap<>(kafka.client(client(trigger)));
        settings.put("transactional.id", TRANSACTIONS + trigger.object().uid());
        settings.put("key.serializer", ByteArraySerializer.class);
        settings.put("value.serializer", ByteArraySerializer.class);
        settings.put("enable.idempotence", true);
        settings.put("acks", "all");
        settings.put("max.request.size", MAX_REQUEST_BYTES);
        settings.put("max.block.ms", 15_000);
        settings.put("request.timeout.ms", 10_000);
        settings.put("delivery.timeout.ms", 20_000);
        settings.put("transaction.timeout.ms", 30_000);
        return settings;
    }

    static Map<String, Object> admin(KafkaSettings kafka, Trigger trigger) {
        Map<String, Object> settings = new HashMap<>(kafka.client(client(trigger)));
        settings.put("default.api.timeout.ms", 15_000);
        settings.put("request.timeout.ms", 10_000);
        return settings;
    }

    private static String client(Trigger trigger) {
        return "xebec-trigger-" + trigger.object().namespace() + "-" + trigger.object().name();
    }
}
