package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The metadata that the server says, whatever a client sent: identity, times, generation. */
final class Stamps {
    private static final List<String> KEPT = List.of("namespace", "uid", "creationTimestamp", "generation");

    /** What an object on its way out keeps; said of another one, it is for validation to refuse. */
    private static final List<String> KEPT_OF_DELETED = List.of("deletionTimestamp", "deletionGracePeriodSeconds");

    private Stamps() {}

    /** {@code metadata} as an object, made where it is missing. */
    static ObjectNode metadata(ObjectNode tree) {
        return tree.get("metadata") instanceof ObjectNode metadata ? metadata : tree.putObject("metadata");
    }

    /** RFC 3339 in whole seconds. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static void created(ObjectNode tree, Kind kind, ObjectKey key, String uid, Instant now) {
        ObjectNode metadata = metadata(tree);
        for (String field : new String[]{"selfLink", "resourceVersion", "deletionTimestamp",
                "deletionGracePeriodSeconds"}) {
            metadata.remove(field);
        }
        metadata.put("name", key.name());
        if (kind.namespaced()) {
            metadata.put("namespace", key.namespace());
        } else {
            metadata.remove("namespace");
        }
        metadata.put("uid", uid).put("creationTimestamp", time(now));
        if (kind.generation()) {
            metadata.put("generation", 1);
        }
        withoutEmpty(metadata);
    }

    /** Takes over from the stored object what an update cannot change. */
    static void kept(ObjectNode tree, ObjectNode stored) {
        ObjectNode metadata = metadata(tree);
        ObjectNode before = metadata(stored);
        for (String field : KEPT) {
            if (before.has(field)) {
                metadata.set(field, before.get(field));
            } else {
                metadata.remove(field);
            }
        }
        for (String field : KEPT_OF_DELETED) {
            if (before.has("deletionTimestamp") && before.has(field)) {
                metadata.set(field, before.get(field));
            }
        }
        withoutEmpty(metadata);
    }

    /**
     * Nulls and empty maps and lists of metadata say nothing, and a no-op has to be seen as one. Only an empty list of
     * managed fields asks for something.
     */
    private static void withoutEmpty(ObjectNode metadata) {
        metadata.properties().removeIf(field -> field.getValue().isNull() || (field.getValue().isContainerNode()
                && field.getValue().isEmpty() && !field.getKey().equals("managedFields")));
    }

    /** The key that a body is to be stored at; 400 where it says otherwise than the path. */
    static ObjectKey keyOf(ObjectNode tree, Kind kind, String pathNamespace, String pathName) {
        String namespace = metadata(tree).path("namespace").asText("");
        if (kind.namespaced() && !namespace.isEmpty() && !namespace.equals(pathNamespace)) {
            throw new RejectedException(Status.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request"));
        }
        if (!kind.namespaced()) {
            metadata(tree).remove("namespace");
        }
        String name = metadata(tree).path("name").asText("");
        if (!pathName.isEmpty() && !name.isEmpty() && !name.equals(pathName)) {
            throw new RejectedException(Status.badRequest("the name of the object (" + name
                    + ") does not match the name on the URL (" + pathName + ")"));
        }
        return new ObjectKey(kind.namespaced() ? pathNamespace : "", pathName.isEmpty() ? name : pathName);
    }

    static void raiseGeneration(ObjectNode tree) {
        ObjectNode metadata = metadata(tree);
        metadata.put("generation", metadata.path("generation").asLong(0) + 1);
    }
}
