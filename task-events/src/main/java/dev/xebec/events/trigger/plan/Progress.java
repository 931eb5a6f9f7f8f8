package dev.xebec.events.trigger.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a trigger is, by partition.
 *
 * @param lastEvent when the newest message that is done with was written; null before the first
 */
public record Progress(SortedMap<Integer, Partition> partitions, @Nullable Instant lastEvent) {
    /** Partitions that the status lists; the sums are over all. */
    private static final int MAX_LISTED = 100;

    /**
     * @param offset of the next message
     * @param lag messages that are not done with; -1 where it is not known
     */
    public record Partition(long offset, long lag, Tally tally) {}

    public Progress {
        partitions = new TreeMap<>(partitions);
    }

    public static Progress none() {
        return new Progress(new TreeMap<>(), null);
    }

    /** As a status has it; nothing where it tells of another topic. */
    public static Progress read(ApiObject trigger, String topic) {
        TreeMap<Integer, Partition> partitions = new TreeMap<>();
        if (!trigger.status().path("topic").asText("").equals(topic)) {
            return none();
        }
        for (JsonNode one : trigger.status().path("partitions")) {
            partitions.put(one.path("partition").asInt(), new Partition(one.path("offset").asLong(),
                    one.has("lag") ? one.path("lag").asLong() : -1, Tally.read(one)));
        }
        return new Progress(partitions, ApiObject.instant(trigger.status().path("lastEventTime")).orElse(null));
    }

    public long lag() {
        return partitions.values().stream().mapToLong(one -> Math.max(0, one.lag())).sum();
    }

    public Tally total() {
        return partitions.values().stream().map(Partition::tally).reduce(Tally.NONE, Tally::plus);
    }

    /** Writes all of it; what is there of former topics goes. */
    void write(ObjectNode status) {
        if (partitions.isEmpty()) {
            return;
        }
        total().write(status);
        status.put("lag", lag());
        Instant last = lastEvent;
        if (last != null) {
            status.put("lastEventTime", last.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        ArrayNode list = Json.object().putArray("partitions");
        partitions.forEach((number, one) -> {
            if (list.size() < MAX_LISTED) {
                ObjectNode entry = list.addObject().put("partition", number).put("offset", one.offset());
                if (one.lag() >= 0) {
                    entry.put("lag", one.lag());
                }
                one.tally().write(entry);
            }
        });
        status.set("partitions", list);
    }
}
