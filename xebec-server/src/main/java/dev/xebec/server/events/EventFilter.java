package dev.xebec.server.events;

import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * Which events are wanted.
 *
 * @param subject whom they are about, such as {@code pods/default/web-0}; empty for all
 * @param namespace they are in; empty for all
 * @param types the ends of their types, such as {@code started} or {@code job.failed}; empty for all
 * @param since when they happened at the earliest
 */
public record EventFilter(String subject, String namespace, Set<String> types, Optional<Instant> since) {

    public EventFilter {
        types = Set.copyOf(types);
    }

    boolean wants(CloudEvent event) {
        if (!subject.isEmpty() && !subject.equals(event.getSubject())) {
            return false;
        }
        if (!namespace.isEmpty() && !namespace.equals(event.getExtension("namespace"))) {
            return false;
        }
        if (!types.isEmpty() && types.stream().noneMatch(type -> ends(event.getType(), type))) {
            return false;
        }
        OffsetDateTime time = event.getTime();
        // One without a time was written later than the wanted moment, or it would not have been read.
        return since.isEmpty() || time == null || !time.toInstant().isBefore(since.get());
    }

    private static boolean ends(String type, String wanted) {
        return type.equals(wanted) || type.endsWith("." + wanted);
    }
}
