package dev.xebec.server.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An event as a line that a person reads: when, to whom, what, where, why. */
final class EventLine {
    private static final String FORMAT = "%-19s  %-44s %-10s %-12s %s";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    /** Characters of a message; the rest is cut off. */
    private static final int MAX_MESSAGE = 160;

    private EventLine() {}

    static String header() {
        return FORMAT.formatted("TIME", "OBJECT", "EVENT", "WHERE", "WHY").stripTrailing();
    }

    /** @param zone in which times are told */
    static String of(CloudEvent event, ZoneId zone) {
        OffsetDateTime time = event.getTime();
        return FORMAT.formatted(time == null ? "" : TIME.format(time.atZoneSameInstant(zone)),
                text(object(event.getSubject())),
                text(event.getType().substring(event.getType().lastIndexOf('.') + 1)),
                text(event.getExtension("node")), why(event)).stripTrailing();
    }

    /** {@code pods/default/web-0} is {@code pod default/web-0}. */
    private static String object(@Nullable String subject) {
        if (subject == null) {
            return "";
        }
        int slash = subject.indexOf('/');
        if (slash < 0) {
            return subject;
        }
        String resource = subject.substring(0, slash);
        return (resource.endsWith("s") ? resource.substring(0, resource.length() - 1) : resource) + " "
                + subject.substring(slash + 1);
    }

    private static String why(CloudEvent event) {
        List<String> parts = new ArrayList<>();
        add(parts, text(event.getExtension("reason")));
        String code = text(event.getExtension("exitcode"));
        add(parts, code.isEmpty() ? "" : "exit code " + code);
        JsonNode data = data(event);
        if (data.has("fromRevision")) {
            add(parts, "revisions " + data.path("fromRevision").asLong() + " to " + data.path("toRevision").asLong());
        }
        String message = data.path("message").asText("").replaceAll("\\p{Cntrl}+", " ");
        add(parts, message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message);
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, String part) {
        if (!part.isEmpty()) {
            parts.add(part);
        }
    }

    private static JsonNode data(CloudEvent event) {
        CloudEventData data = event.getData();
        try {
            return data == null ? Json.object() : Json.parse(data.toBytes());
        } catch (IllegalArgumentException foreign) {
            return Json.object();
        }
    }

    /** What an event holds may come from anybody who writes to the topic: nothing of it moves a terminal's cursor. */
    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString().replaceAll("\\p{Cntrl}+", " ");
    }
}
