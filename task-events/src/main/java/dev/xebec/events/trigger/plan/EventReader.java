package dev.xebec.events.trigger.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.model.object.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the CloudEvent in a message, in binary mode (attributes in {@code ce_*} headers) or in structured mode (one JSON
 * document).
 *
 * <p>Source: CloudEvents 1.0.2, its Kafka protocol binding and its JSON format.
 */
final class EventReader {
    /** Bytes of a message, all in all: an environment variable of a process cannot be longer than 128 KiB on Linux. */
    static final int MAX_EVENT_BYTES = 64 * 1024;

    private static final String STRUCTURED = "application/cloudevents";
    private static final String PREFIX = "ce_";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
    private static final List<String> REQUIRED = List.of("id", "source", "specversion", "type");

    private EventReader() {}

    /** What a message is. */
    sealed interface Reading {
        record Read(Event event) implements Reading {}

        record Unreadable(Reason reason, String message) implements Reading {}
    }

    /** Carries a refusal out of the steps below. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
        private final Reason reason;

        RefusedException(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }
    }

    static Reading read(Message message) {
        long size = message.size();
        if (size > MAX_EVENT_BYTES) {
            return new Reading.Unreadable(Reason.EventTooLarge,
                    size + " bytes; an event may have " + MAX_EVENT_BYTES);
        }
        try {
            String type = message.header("content-type");
            ObjectNode tree = type != null && type.toLowerCase(Locale.ROOT).startsWith(STRUCTURED)
                    ? structured(mediaType(type), message.value())
                    : binary(type, message);
            check(tree);
            return new Reading.Read(new Event(tree));
        } catch (RefusedException refused) {
            return new Reading.Unreadable(refused.reason, String.valueOf(refused.getMessage()));
        }
    }

    private static ObjectNode structured(String type, @Nullable Bytes value) throws RefusedException {
        if (!type.equals("application/cloudevents+json") && !type.equals(STRUCTURED)) {
            throw new RefusedException(Reason.NotACloudEvent, "events in the form " + type + " are not read");
        }
        if (value == null) {
            throw new RefusedException(Reason.NotACloudEvent, "a structured event without a value");
        }
        ObjectNode tree = parse(value) instanceof ObjectNode object ? object : null;
        if (tree == null) {
            throw new RefusedException(Reason.NotACloudEvent, "the event is not a JSON object");
        }
        if (tree.has("data") && tree.has("data_base64")) {
            throw new RefusedException(Reason.NotACloudEvent, "both data and data_base64 are there");
        }
        return tree;
    }

    private static ObjectNode binary(@Nullable String type, Message message) throws RefusedException {
        ObjectNode tree = Json.object();
        for (Message.Header header : message.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            Bytes value = header.value();
            if (name.startsWith(PREFIX) && value != null) {
                tree.put(name.substring(PREFIX.length()), text(value, "header " + header.name()));
            }
        }
        if (tree.isEmpty()) {
            throw new RefusedException(Reason.NotACloudEvent,
                    "neither headers ce_* nor content-type application/cloudevents+json");
        }
        if (tree.has("data") || tree.has("data_base64")) {
            throw new RefusedException(Reason.NotACloudEvent, "an attribute may not be called data");
        }
        if (type != null) {
            tree.put("datacontenttype", type);
        }
        Bytes value = message.value();
        if (value != null) {
            data(tree, type == null ? "application/json" : mediaType(type), value);
        }
        return tree;
    }

    private static void data(ObjectNode tree, String type, Bytes value) throws RefusedException {
        if (type.equals("application/json") || type.equals("text/json") || type.endsWith("+json")) {
            tree.set("data", parse(value));
        } else if (type.startsWith("text/") || type.endsWith("/xml") || type.endsWith("+xml")) {
            tree.put("data", text(value, "the data"));
        } else {
            tree.put("data_base64", Base64.getEncoder().encodeToString(value.array()));
        }
    }

    private static void check(ObjectNode tree) throws RefusedException {
        for (String name : REQUIRED) {
            if (!tree.path(name).isTextual() || tree.path(name).asText().isEmpty()) {
                throw new RefusedException(Reason.NotACloudEvent, "the attribute " + name + " is missing");
            }
        }
        if (!tree.path("specversion").asText().equals("1.0")) {
            throw new RefusedException(Reason.NotACloudEvent,
                    "specversion " + tree.path("specversion").asText() + " is not read; 1.0 is");
        }
        for (Map.Entry<String, JsonNode> attribute : tree.properties()) {
            String name = attribute.getKey();
            if (!name.equals("data") && !name.equals("data_base64")) {
                checkAttribute(name, attribute.getValue());
            }
        }
        String time = tree.path("time").asText("");
        try {
            if (!time.isEmpty()) {
                OffsetDateTime.parse(time);
            }
        } catch (DateTimeParseException malformed) {
            throw new RefusedException(Reason.NotACloudEvent, "time \"" + time + "\" is not in RFC 3339");
        }
        if (tree.has("data_base64")) {
            checkBase64(tree.path("data_base64"));
        }
    }

    private static void checkAttribute(String name, JsonNode value) throws RefusedException {
        if (!NAME.matcher(name).matches()) {
            throw new RefusedException(Reason.NotACloudEvent,
                    "\"" + name + "\" is no name of an attribute: small letters and digits");
        }
        if (value.isContainerNode()) {
            throw new RefusedException(Reason.NotACloudEvent, "the attribute " + name + " is no single value");
        }
    }

    private static void checkBase64(JsonNode value) throws RefusedException {
        try {
            if (!value.isTextual()) {
                throw new RefusedException(Reason.MalformedData, "data_base64 is no text");
            }
            Base64.getDecoder().decode(value.asText());
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException(Reason.MalformedData, "data_base64 is not base64: " + malformed.getMessage());
        }
    }

    private static JsonNode parse(Bytes json) throws RefusedException {
        text(json, "the JSON");
        try {
            return Json.parse(json.array());
        } catch (IllegalArgumentException malformed) {
            String why = String.valueOf(malformed.getMessage());
            int line = why.indexOf('\n');
            throw new RefusedException(Reason.MalformedData, "not JSON: " + (line < 0 ? why : why.substring(0, line)));
        }
    }

    private static String text(Bytes bytes, String what) throws RefusedException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.array())).toString();
        } catch (CharacterCodingException malformed) {
            throw new RefusedException(Reason.MalformedData, what + " is not UTF-8");
        }
    }

    private static String mediaType(String type) {
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }
}
