package dev.xebec.model.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Events of the core group and of {@code events.k8s.io}: one object with two sets of names.
 *
 * <p>Source: {@code pkg/apis/events/v1/conversion.go} of Kubernetes.
 */
final class EventConversion {

    /** A field's name in either group. */
    private record Names(String core, String events) {}

    private static final List<Names> RENAMED = List.of(new Names("involvedObject", "regarding"),
            new Names("message", "note"), new Names("source", "deprecatedSource"),
            new Names("firstTimestamp", "deprecatedFirstTimestamp"),
            new Names("lastTimestamp", "deprecatedLastTimestamp"), new Names("count", "deprecatedCount"),
            new Names("reportingComponent", "reportingController"));

    private EventConversion() {}

    static void toEvents(ObjectNode event) {
        RENAMED.forEach(names -> rename(event, names.core(), names.events()));
    }

    static void toCore(ObjectNode event) {
        RENAMED.forEach(names -> rename(event, names.events(), names.core()));
    }

    private static void rename(ObjectNode event, String from, String to) {
        JsonNode value = event.remove(from);
        if (value != null) {
            event.set(to, value);
        }
    }
}
