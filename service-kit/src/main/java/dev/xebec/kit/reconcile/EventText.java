package dev.xebec.kit.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** What one Event says about one object. Saying the same again gives the same name. */
record EventText(ObjectNode involved, String name, String component, String type, String reason, String message) {
    /** Characters of a message; the rest is cut off. */
    static final int MAX_MESSAGE_CHARS = 1_024;
    /** Source: DNS subdomain names. */
    private static final int MAX_NAME_CHARS = 253;
    private static final int HASH_BYTES = 8;

    static EventText of(ApiObject about, String component, String type, String reason, String message) {
        String cut = message.length() <= MAX_MESSAGE_CHARS
                ? message
                : message.substring(0, MAX_MESSAGE_CHARS - 3) + "...";
        ObjectNode involved = Json.object().put("kind", about.kind()).put("name", about.name()).put("uid", about.uid())
                .put("apiVersion", about.apiVersion());
        if (!about.namespace().isEmpty()) {
            involved.put("namespace", about.namespace());
        }
        if (about.revision() > 0) {
            involved.put("resourceVersion", Long.toString(about.revision()));
        }
        String hash = hash(about.kind(), about.uid(), component, type, reason, cut);
        int room = MAX_NAME_CHARS - hash.length() - 1;
        String prefix = about.name().length() <= room
                ? about.name()
                : about.name().substring(0, room).replaceAll("[^a-z0-9]+$", "");
        return new EventText(involved, prefix + "." + hash, component, type, reason, cut);
    }

    /** Events about cluster-scoped objects are in {@code default}. Source: client-go {@code tools/record}. */
    String namespace() {
        String namespace = involved.path("namespace").asText("");
        return namespace.isEmpty() ? "default" : namespace;
    }

    String key() {
        return namespace() + "/" + name;
    }

    ApiObject object(int count, Instant first, Instant last) {
        ObjectNode event = Json.object().put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata").put("name", name).put("namespace", namespace());
        event.set("involvedObject", involved);
        event.put("reason", reason).put("message", message).put("type", type);
        event.putObject("source").put("component", component);
        event.put("firstTimestamp", time(first)).put("lastTimestamp", time(last)).put("count", count);
        event.putNull("eventTime");
        return ApiObject.of(event.put("reportingComponent", component).put("reportingInstance", ""));
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
