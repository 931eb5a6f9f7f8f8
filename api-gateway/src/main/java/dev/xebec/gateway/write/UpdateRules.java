package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.registry.Decision;
import dev.xebec.gateway.registry.Present;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GoString;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.model.strategy.Strategy;
import java.util.List;

/**
 * What an update does to a stored object, by PUT or PATCH alike: which parts of the incoming object count, and what follows
 * from them. Pure.
 *
 * <p>Source: apiserver {@code registry/rest/update.go}, {@code registry/generic/registry/store.go}.
 */
final class UpdateRules {
    private static final String MANAGED_FIELDS = "managedFields";

    private UpdateRules() {}

    /** Refuses an update that was made from another state or another object than the stored one. */
    static void checkPreconditions(Kind kind, ObjectKey key, ObjectNode incoming, Present present, boolean patch) {
        JsonNode metadata = incoming.path("metadata");
        String revision = metadata.path("resourceVersion").asText("");
        String uid = metadata.path("uid").asText("");
        ApiObject stored = present.existing();
        if (!uid.isEmpty() && !uid.equals(stored.uid())) {
            throw patch
                    ? new RejectedException(Status.invalid(kind.name(), key.name(),
                            List.of(FieldError.invalid("metadata.uid", uid, "field is immutable"))))
                    : new RejectedException(Status.conflict(kind.resource(), key.name(),
                            "StorageError: invalid object, Code: 4, Key: " + EtcdKey.of(kind, key)
                                    + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in "
                                    + "precondition: " + uid + ", UID in object meta: " + stored.uid()));
        }
        if (!revision.matches("[0-9]*")) {
            throw new RejectedException(Status.unexpected(
                    "strconv.ParseUint: parsing " + GoString.quoted(revision) + ": invalid syntax"));
        }
        if (revision.isEmpty() || revision.equals("0")) {
            if (!kind.unconditionalUpdate()) {
                GroupVersionKind named = new GroupVersionKind(kind.name().group(), kind.name().version(),
                        kind.plural());
                throw new RejectedException(Status.invalid(named, key.name(), List.of(FieldError
                        .invalid("metadata.resourceVersion", 0, "must be specified for an update"))));
            }
        } else if (!revision.equals(Long.toString(present.revision()))) {
            throw new RejectedException(Status.staleRevision(kind.resource(), key.name()));
        }
    }

    /**
     * The object as it is to be stored: the incoming one with what a client cannot say put back.
     *
     * @param time of the request, as RFC 3339
     */
    static ObjectNode merged(Kind kind, String subresource, ObjectNode incoming, ApiObject stored, String time) {
        ObjectNode merged = switch (subresource) {
            case "" -> {
                Stamps.kept(incoming, stored.tree());
                yield incoming;
            }
            case "status" -> {
                Strategy.of(kind).prepareStatusUpdate(incoming, stored.tree(), Strategy.statusMetadata(kind), time);
                Stamps.kept(incoming, stored.tree());
                yield incoming;
            }
            default -> {
                ObjectNode parts = SubresourceParts.merged(subresource, incoming, stored);
                Strategy.of(kind).prepareSubresourceUpdate(parts, stored.tree(), time);
                copyManagedFields(incoming, parts);
                yield parts;
            }
        };
        Stamps.metadata(merged).remove("resourceVersion");
        return merged;
    }

    private static void copyManagedFields(ObjectNode from, ObjectNode to) {
        JsonNode managed = from.path("metadata").get(MANAGED_FIELDS);
        if (managed != null) {
            Stamps.metadata(to).set(MANAGED_FIELDS, managed);
        }
    }

    /** Raises the generation where the change counts as one. */
    static void count(Kind kind, String subresource, ObjectNode merged, ApiObject stored) {
        if (kind.generation() && !subresource.equals("status")
                && Strategy.of(kind).generationChanges(merged, stored.tree())) {
            Stamps.raiseGeneration(merged);
        }
    }

    /** An update that changes nothing writes nothing; one that takes the last finalizer of a deleted object removes it. */
    static Decision decide(Kind kind, ObjectNode merged, ApiObject stored) {
        if (stored.deleting() && !Finalizers.remain(merged)
                && stored.metadata().path("deletionGracePeriodSeconds").asLong(0) == 0) {
            return new Decision.Remove(merged);
        }
        Finalizers.checkNoneAdded(kind, merged, stored);
        return same(withoutRevision(stored.tree()), merged) ? new Decision.Keep() : new Decision.Put(merged);
    }

    /** The stored object but for its revision; all else is shared with it and only read. */
    private static ObjectNode withoutRevision(ObjectNode stored) {
        ObjectNode without = Json.object();
        without.setAll(stored);
        if (stored.get("metadata") instanceof ObjectNode metadata) {
            ObjectNode rest = Json.object();
            rest.setAll(metadata);
            without.set("metadata", rest.without("resourceVersion"));
        }
        return without;
    }

    /**
     * Whether nothing changes but the times of managed fields. Source: apiserver
     * {@code handlers/fieldmanager/equality.go}.
     */
    private static boolean same(ObjectNode before, ObjectNode merged) {
        ObjectNode metadata = Stamps.metadata(merged);
        JsonNode managed = metadata.get(MANAGED_FIELDS);
        JsonNode managedBefore = before.path("metadata").get(MANAGED_FIELDS);
        if (managed == null || managedBefore == null || !sameButTimes(managedBefore, managed)) {
            return managed == managedBefore && Json.same(before, merged);
        }
        metadata.set(MANAGED_FIELDS, managedBefore);
        boolean same = Json.same(before, merged);
        metadata.set(MANAGED_FIELDS, managed);
        return same;
    }

    private static boolean sameButTimes(JsonNode before, JsonNode after) {
        boolean same = before.size() == after.size();
        for (int at = 0; same && at < before.size(); at++) {
            JsonNode one = before.get(at);
            JsonNode two = after.get(at);
            same = one.has("time") == two.has("time") && one.size() == two.size() && one.properties().stream()
                    .allMatch(
                            field -> field.getKey().equals("time") || field.getValue().equals(two.get(field.getKey())));
        }
        return same;
    }
}
