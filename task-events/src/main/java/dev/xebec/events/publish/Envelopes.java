package dev.xebec.events.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.events.task.EventType;
import dev.xebec.events.task.TaskEvent;
import dev.xebec.model.object.Json;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Makes CloudEvents of what is told about one cluster. Source: CloudEvents 1.0.2 and its Kafka binding. */
final class Envelopes {
    private static final String JSON = "application/json";

    private final PublisherSettings settings;
    private final URI tasks;
    private final URI objects;

    /** @param cluster the cluster's uid */
    Envelopes(PublisherSettings settings, String cluster) {
        this.settings = settings;
        tasks = URI.create("/xebec/clusters/" + cluster + "/tasks");
        objects = URI.create("/xebec/clusters/" + cluster + "/objects");
    }

    Outgoing task(TaskEvent event) {
        var about = event.about();
        CloudEventBuilder builder = begin(tasks, event.id(), event.type().wire(), event.type().family(),
                about.uid(), event.revision(), event.data()).withSubject(about.path());
        with(builder, "namespace", about.namespace());
        with(builder, "name", about.name());
        with(builder, "node", about.node());
        with(builder, "owner", about.owner());
        with(builder, "reason", event.reason());
        time(builder, event.time());
        Integer code = event.exitCode();
        if (code != null) {
            builder.withExtension("exitcode", code);
        }
        return new Outgoing(settings.topic(), about.uid(), builder.build());
    }

    /** About the log itself, to every partition of a topic that tells it. */
    Outgoing log(boolean ofObjects, EventType type, int shard, long from, long to) {
        String key = "log-" + shard;
        ObjectNode data = Json.object().put("shard", shard).put("fromRevision", from).put("toRevision", to);
        String id = key + "." + to + (type == EventType.LOG_RESUMED ? ".2" : "");
        CloudEventBuilder builder = begin(ofObjects ? objects : tasks, id, type.wire(), type.family(), key, to, data)
                .withSubject("log/" + shard);
        return new Outgoing(ofObjects ? settings.changesTopic() : settings.topic(), key, builder.build());
    }

    /** An object as it is or as little as is left of it. */
    Outgoing object(String verb, ObjectStory story) {
        CloudEventBuilder builder = begin(objects, story.uid() + "." + story.revision(), "dev.xebec.object." + verb,
                "object", story.uid(), story.revision(), story.object()).withSubject(story.path());
        with(builder, "namespace", story.namespace());
        with(builder, "name", story.name());
        with(builder, "resource", story.resource());
        if (story.cut()) {
            builder.withExtension("dataomitted", true);
        }
        time(builder, story.time());
        return new Outgoing(settings.changesTopic(), story.uid(), builder.build());
    }

    private static CloudEventBuilder begin(URI source, String id, String type, String family, String key,
            long revision, ObjectNode data) {
        CloudEventBuilder builder = CloudEventBuilder.v1().withId(id).withSource(source).withType(type)
                .withDataSchema(URI.create("urn:xebec:events:" + family + ":1"))
                .withData(JSON, Json.bytes(data)).withExtension("revision", Long.toString(revision))
                .withExtension("partitionkey", key);
        return builder;
    }

    private static void with(CloudEventBuilder builder, String extension, String value) {
        if (!value.isEmpty()) {
            builder.withExtension(extension, value);
        }
    }

    private static void time(CloudEventBuilder builder, @Nullable Instant time) {
        if (time != null) {
            builder.withTime(OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
        }
    }
}
