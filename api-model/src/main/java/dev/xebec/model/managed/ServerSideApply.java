package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.Map;

/**
 * Server-side apply: makes an object say what a configuration says, and its manager the owner of it.
 *
 * <p>Source: apimachinery {@code util/managedfields/internal}: fieldmanager.go, versioncheck.go, structuredmerge.go,
 * skipnonapplied.go.
 */
public final class ServerSideApply {
    private ServerSideApply() {}

    /** Applies to an object that does not exist. */
    public static ObjectNode create(Writing writing, ObjectNode config, boolean force) {
        return apply(writing, Ownership.blank(writing), Map.of(), config, force);
    }

    /**
     * Applies to a live object. The result is not defaulted.
     *
     * @param live in the version of the request, with defaults; read-only
     */
    public static ObjectNode apply(Writing writing, ObjectNode live, ObjectNode config, boolean force) {
        Map<FieldOwner, Owned> managed;
        try {
            managed = ManagedFields.stored(ManagedFields.of(live));
        } catch (IllegalArgumentException malformed) {
            throw new RejectedException(
                    Status.unexpected("failed to decode managed fields: " + malformed.getMessage()));
        }
        ObjectNode plain = live.deepCopy();
        if (plain.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(ManagedFields.FIELD);
        }
        try {
            return apply(writing, plain, managed.isEmpty() ? beforeFirst(writing, plain) : managed, config, force);
        } catch (TypedException unfit) {
            throw new RejectedException(Status.unexpected(
                    "failed to create manager for existing fields: " + unfit.text()));
        }
    }

    /** An object that nobody has kept account of: all of it was said by one who stands for all. */
    private static Map<FieldOwner, Owned> beforeFirst(Writing writing, ObjectNode live) {
        Writing before = writing.beforeFirstApply();
        return Ownership.after(before, Ownership.blank(before), live, Map.of());
    }

    private static ObjectNode apply(Writing writing, ObjectNode live, Map<FieldOwner, Owned> managed, ObjectNode config,
            boolean force) {
        check(writing, config);
        Application application = new Application(writing, live, config);
        Application.Result result;
        try {
            result = apply(writing, application, live, managed, config, force);
        } catch (ConflictException conflicts) {
            throw new RejectedException(conflicts.status());
        } catch (TypedException unfit) {
            throw new RejectedException(Status.unexpected("failed to merge config: " + unfit.text()));
        }
        ObjectNode object = result.object().deepCopy();
        if (!(object.get("metadata") instanceof ObjectNode)) {
            object.set("metadata", Json.object());
        }
        LastApplied.refresh(writing, object, config);
        ManagedFields.set(object, result.managed());
        return object;
    }

    private static Application.Result apply(Writing writing, Application application, ObjectNode live,
            Map<FieldOwner, Owned> managed, ObjectNode config, boolean force) {
        try {
            return application.apply(managed, force);
        } catch (ConflictException conflicts) {
            ConflictException left = LastApplied.settle(writing, live, conflicts);
            if (!left.fields().isEmpty()) {
                throw left;
            }
            return application.apply(managed, true);
        }
    }

    private static void check(Writing writing, ObjectNode config) {
        String apiVersion = config.path("apiVersion").asText("");
        String kind = config.path("kind").asText("");
        if (!apiVersion.equals(writing.apiVersion()) || !kind.equals(writing.kind().name().kind())) {
            throw new RejectedException(Status.badRequest("invalid object type: " + type(apiVersion, kind)));
        }
        if (ManagedFields.of(config).isArray()) {
            throw new RejectedException(Status.badRequest("metadata.managedFields must be nil"));
        }
        try {
            TypedCheck.check(writing.kind().schema(), config);
        } catch (TypedException unfit) {
            JsonNode metadata = config.path("metadata");
            throw new RejectedException(Status.unexpected("failed to create typed patch object ("
                    + metadata.path("namespace").asText("") + "/" + metadata.path("name").asText("") + "; "
                    + type(apiVersion, kind) + "): " + unfit.text()));
        }
    }

    /** As Go writes a GroupVersionKind. */
    private static String type(String apiVersion, String kind) {
        return (apiVersion.contains("/") ? apiVersion : "/" + apiVersion) + ", Kind=" + kind;
    }
}
