package dev.xebec.events.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells every object's changes. It remembers who is under which key, because a deletion does not say. Secrets are not told at
 * all: their data is also in annotations and in who owns which field. Not thread-safe.
 */
final class ObjectLog {
    /** Bytes of an object that is told whole; brokers take a record of 1 MiB unless told otherwise. */
    static final int MAX_OBJECT_BYTES = 960 * 1024;
    private static final String SECRETS = "/secrets/";

    private final Map<String, Identity> identities = new HashMap<>();

    private record Identity(String apiVersion, String kind, String uid) {}

    static boolean tells(String key) {
        return !key.startsWith(SECRETS) && slashes(key) >= 3;
    }

    private static long slashes(String key) {
        return key.chars().filter(c -> c == '/').count();
    }

    void know(KeyValue stored) {
        if (tells(stored.key())) {
            identities.put(stored.key(), identity(stored.key(), tree(stored)));
        }
    }

    /** Null for what is not told. */
    @Nullable
    Outgoing apply(Change change, Envelopes envelopes) {
        if (!tells(change.key())) {
            return null;
        }
        KeyValue current = change.current();
        if (current == null) {
            Identity was = identities.remove(change.key());
            return was == null ? null : envelopes.object("deleted", gone(change, was));
        }
        ObjectNode object = tree(current);
        identities.put(change.key(), identity(change.key(), object));
        return envelopes.object(current.version() == 1 ? "added" : "modified",
                story(current, object, change.revision(), change.revision()));
    }

    static Outgoing state(KeyValue stored, long revision, Envelopes envelopes) {
        return envelopes.object("state", story(stored, tree(stored), revision, stored.modRevision()));
    }

    private static ObjectStory gone(Change change, Identity was) {
        String[] parts = change.key().split("/", 4);
        ObjectNode object = Json.object().put("apiVersion", was.apiVersion()).put("kind", was.kind());
        ObjectNode metadata = object.putObject("metadata").put("name", parts[3]);
        if (!parts[2].isEmpty()) {
            metadata.put("namespace", parts[2]);
        }
        metadata.put("uid", was.uid()).put("resourceVersion", Long.toString(change.revision()));
        return new ObjectStory(resource(parts), parts[2], parts[3], was.uid(), change.revision(), object, false, null);
    }

    private static ObjectStory story(KeyValue stored, ObjectNode object, long revision, long resourceVersion) {
        String[] parts = stored.key().split("/", 4);
        Identity identity = identity(stored.key(), object);
        boolean cut = stored.value().size() > MAX_OBJECT_BYTES;
        ObjectNode told = cut
                ? Json.object().put("apiVersion", identity.apiVersion()).put("kind", identity.kind())
                : object;
        ObjectNode metadata = told.get("metadata") instanceof ObjectNode found ? found : told.putObject("metadata");
        if (cut) {
            metadata.put("name", parts[3]).put("namespace", parts[2]).put("uid", identity.uid());
        }
        metadata.put("resourceVersion", Long.toString(resourceVersion));
        return new ObjectStory(resource(parts), parts[2], parts[3], identity.uid(), revision, told, cut,
                stored.version() == 1 ? ApiObject.of(object).creationTimestamp().orElse(null) : null);
    }

    private static String resource(String[] parts) {
        return parts[0].isEmpty() ? parts[1] : parts[1] + "." + parts[0];
    }

    private static Identity identity(String key, ObjectNode object) {
        String uid = object.path("metadata").path("uid").asText("");
        return new Identity(object.path("apiVersion").asText("").intern(), object.path("kind").asText("").intern(),
                uid.isEmpty() ? key : uid);
    }

    private static ObjectNode tree(KeyValue stored) {
        try {
            return Json.parseObject(stored.value().array());
        } catch (IllegalArgumentException malformed) {
            return Json.object();
        }
    }
}
