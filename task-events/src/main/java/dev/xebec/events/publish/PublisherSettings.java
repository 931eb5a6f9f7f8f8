package dev.xebec.events.publish;

import dev.xebec.events.kafka.KafkaSettings;
import java.time.Duration;

/**
 * @param kafka where events go
 * @param topic of the task events; the names of everything else of ours in Kafka begin with it
 * @param structured whether an event is one JSON text instead of headers and data
 * @param changesTopic every object's changes go there; empty for none
 * @param partitions of the topics where they have to be made
 * @param replication copies of each partition where topics have to be made
 */
public record PublisherSettings(KafkaSettings kafka, String topic, boolean structured, String changesTopic,
        int partitions, short replication, Timing timing) {

    /**
     * @param firstRetry after a failure; doubled at each that follows
     * @param lastRetry the most that it is doubled to
     * @param refusedRetry after what only a person can mend
     * @param fencedRetry after another publisher has taken the shard, where this one still seems to own it
     * @param mark how often progress without events is written down
     * @param transaction after which Kafka gives up a transaction of a publisher that went silent
     */
    public record Timing(Duration firstRetry, Duration lastRetry, Duration refusedRetry, Duration fencedRetry,
            Duration mark, Duration transaction) {
        public static final Timing DEFAULT = new Timing(Duration.ofMillis(250), Duration.ofSeconds(10),
                Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    /** Where shards' progress is. */
    public String progressTopic() {
        return topic + ".progress";
    }

    /** Of the shard, whoever publishes it: so a successor fences its predecessor. */
    public String transactionalId(int shard) {
        return topic + "-" + shard;
    }

    boolean tellsObjects() {
        return !changesTopic.isEmpty();
    }
}
