package dev.xebec.events.publish;

import dev.xebec.contracts.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics of ours: made where they are missing, and held against each other. */
final class Topics {
    /** How long events are kept where the topic is made here: a week, which is Kafka's own default, said aloud. */
    static final long RETENTION_MILLIS = TimeUnit.DAYS.toMillis(7);
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final long PATIENCE_SECONDS = 30;
    /** From so many copies on, two have to have a record before it counts. */
    private static final short SAFE_REPLICATION = 3;

    private final PublisherSettings settings;

    Topics(PublisherSettings settings) {
        this.settings = settings;
    }

    /** Makes what is missing and answers over how many partitions uids are spread. */
    int ensure() {
        Map<String, String> properties = settings.kafka().client(settings.topic() + "-topics");
        properties.put("default.api.timeout.ms", "20000");
        properties.put("request.timeout.ms", "10000");
        try (Admin admin = Admin.create(new TreeMap<String, Object>(properties))) {
            int partitions = partitions(admin, settings.topic(), settings.partitions(), events());
            held(settings.progressTopic(), partitions(admin, settings.progressTopic(), partitions, progress()),
                    partitions);
            if (settings.tellsObjects()) {
                held(settings.changesTopic(), partitions(admin, settings.changesTopic(), partitions, events()),
                        partitions);
            }
            return partitions;
        } catch (KafkaException failed) {
            throw KafkaFailures.of("looking at topics", failed);
        }
    }

    private void held(String topic, int found, int wanted) {
        if (found != wanted) {
            throw new RefusedException("topic " + topic + " has " + found + " partitions and " + settings.topic()
                    + " has " + wanted + "; they have to have as many");
        }
    }

    private Map<String, String> events() {
        Map<String, String> config = new TreeMap<>(safe());
        config.put("cleanup.policy", "delete");
        config.put("retention.ms", Long.toString(RETENTION_MILLIS));
        return config;
    }

    private Map<String, String> progress() {
        Map<String, String> config = new TreeMap<>(safe());
        config.put("cleanup.policy", "compact");
        // Marks come every few seconds: short segments, so that what is outdated goes soon.
        config.put("segment.bytes", Integer.toString(4 * 1024 * 1024));
        config.put("segment.ms", Long.toString(TimeUnit.HOURS.toMillis(6)));
        return config;
    }

    private Map<String, String> safe() {
        return settings.replication() >= SAFE_REPLICATION ? Map.of("min.insync.replicas", "2") : Map.of();
    }

    private int partitions(Admin admin, String topic, int wanted, Map<String, String> config) {
        Integer found = find(admin, topic);
        if (found != null) {
            return found;
        }
        try {
            admin.createTopics(List.of(new NewTopic(topic, wanted, settings.replication()).configs(config))).all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            LOG.info("topic {} is made with {} partitions, {} of each", topic, wanted, settings.replication());
            return wanted;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TopicExistsException) {
                throw new UnavailableException("topic " + topic + " is being made");
            }
            throw KafkaFailures.of("making topic " + topic, failed);
        } catch (TimeoutException late) {
            throw KafkaFailures.of("making topic " + topic, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw KafkaFailures.of("making topic " + topic, interrupted);
        }
    }

    private static @Nullable Integer find(Admin admin, String topic) {
        try {
            List<TopicDescription> found = new ArrayList<>(admin.describeTopics(List.of(topic)).allTopicNames()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS).values());
            return found.get(0).partitions().size();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw KafkaFailures.of("looking at topic " + topic, failed);
        } catch (TimeoutException late) {
            throw KafkaFailures.of("looking at topic " + topic, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw KafkaFailures.of("looking at topic " + topic, interrupted);
        }
    }
}
