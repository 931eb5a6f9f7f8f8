package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of who set which field when objects are created, replaced or patched. What a write changes is the writer's
 * from then on, and nobody else's.
 *
 * <p>Source: apimachinery {@code util/managedfields/internal/fieldmanager.go}, structured-merge-diff v6
 * {@code merge/update.go}.
 */
public final class Ownership {
    /** What is never owned. Source: apimachinery {@code util/managedfields/internal/stripmeta.go}. */
    static final FieldSet STRIPPED = FieldSet.of(FieldPath.of("apiVersion"), FieldPath.of("kind"),
            FieldPath.of("metadata"), FieldPath.of("metadata", "name"), FieldPath.of("metadata", "namespace"),
            FieldPath.of("metadata", "creationTimestamp"), FieldPath.of("metadata", "selfLink"),
            FieldPath.of("metadata", "uid"), FieldPath.of("metadata", "clusterName"),
            FieldPath.of("metadata", "generation"), FieldPath.of("metadata", "managedFields"),
            FieldPath.of("metadata", "resourceVersion"));

    private Ownership() {}

    /** Gives a new object its managed fields: all that is said in it belongs to its creator. */
    public static void created(Writing writing, ObjectNode object) {
        ObjectNode blank = blank(writing);
        written(writing, blank, object, managed(writing, blank, object));
    }

    /**
     * Gives a changed object its managed fields. An object whose live state has none, or whose writer asks to forget them,
     * gets none: it is not tracked until somebody applies it.
     *
     * @param live in the version of the request; read-only
     * @param object with the managed fields that the client sent, which are used where they are valid
     */
    public static void updated(Writing writing, ObjectNode live, ObjectNode object) {
        Map<FieldOwner, Owned> managed = managed(writing, live, object);
        if (managed.isEmpty()) {
            ManagedFields.set(object, managed);
        } else {
            written(writing, live, object, managed);
        }
    }

    /** What is wrong with managed fields; empty for nothing. */
    public static String problem(JsonNode managedFields) {
        try {
            ManagedFields.foreign(managedFields);
            return "";
        } catch (IllegalArgumentException malformed) {
            return String.valueOf(malformed.getMessage());
        }
    }

    /** What a new object is compared with. */
    static ObjectNode blank(Writing writing) {
        return Json.object().put("apiVersion", writing.apiVersion()).put("kind", writing.kind().name().kind());
    }

    /** Through a subresource nobody sets managed fields; through the object itself one can, and who sends none keeps them. */
    private static Map<FieldOwner, Owned> managed(Writing writing, ObjectNode live, ObjectNode object) {
        JsonNode stored = ManagedFields.of(live);
        JsonNode sent = ManagedFields.of(object);
        if (writing.subresource().isEmpty() && !sent.equals(stored)) {
            if (ManagedFields.isReset(sent)) {
                return Map.of();
            }
            Map<FieldOwner, Owned> foreign = orNone(ManagedFields::foreign, sent);
            if (!foreign.isEmpty()) {
                return foreign;
            }
        }
        return orNone(ManagedFields::stored, stored);
    }

    private static Map<FieldOwner, Owned> orNone(Function<JsonNode, Map<FieldOwner, Owned>> reader, JsonNode list) {
        try {
            return reader.apply(list);
        } catch (IllegalArgumentException malformed) {
            return Map.of();
        }
    }

    /** What cannot be compared leaves managed fields as they were. */
    private static void written(Writing writing, ObjectNode live, ObjectNode object, Map<FieldOwner, Owned> managed) {
        try {
            ManagedFields.set(object, ManagerLimit.kept(after(writing, live, object, managed)));
        } catch (TypedException unfit) {
            JsonNode before = ManagedFields.of(live);
            if (object.get("metadata") instanceof ObjectNode metadata) {
                if (before.isMissingNode()) {
                    metadata.remove(ManagedFields.FIELD);
                } else {
                    metadata.set(ManagedFields.FIELD, before);
                }
            }
        }
    }

    /** Who owns what after a write that made one object of another. */
    static Map<FieldOwner, Owned> after(Writing writing, ObjectNode live, ObjectNode object,
            Map<FieldOwner, Owned> managed) {
        Changes changes = new Changes(writing, live, object);
        Comparison own = changes.own();
        FieldSet said = own.said().difference(STRIPPED);
        FieldOwner self = FieldOwner.updater(writing.manager(), writing.apiVersion(), writing.subresource());
        Map<FieldOwner, Owned> after = new LinkedHashMap<>();
        changes.carried(managed).forEach((manager, owned) -> {
            boolean mine = manager.equals(self) && owned.contains(said) && !owned.touches(own.removed());
            Owned left = mine ? owned : without(owned, changes.in(owned.apiVersion()));
            if (left != null) {
                after.put(manager, left);
            }
        });
        if (!said.isEmpty()) {
            Owned before = after.get(self);
            after.put(self, before == null
                    ? Owned.of(writing.apiVersion(), writing.time(), said)
                    : before.contains(said)
                            ? before.at(writing.time())
                            : before.with(before.set().union(said)).at(writing.time()));
        }
        return after;
    }

    /** What a manager has left; null for nothing, or for a version that is no longer served. */
    static @Nullable Owned without(Owned owned, @Nullable Comparison changes) {
        if (changes == null) {
            return null;
        }
        FieldSet said = changes.said();
        if (!owned.touches(said) && !owned.touches(changes.removed())) {
            return owned;
        }
        FieldSet left = owned.set().difference(said).difference(changes.removed());
        return left.isEmpty() ? null : owned.with(left);
    }
}
