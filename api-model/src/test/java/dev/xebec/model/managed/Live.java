package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object that managers write to, one after the other; each write is a second later. JSON may use single quotes. */
final class Live {
    private @Nullable ObjectNode object;
    private Kind kind = Sample.V1;
    private Versions versions = Sample.VERSIONS;
    private String subresource = "";
    private int second;

    Live of(Kind other) {
        kind = other;
        versions = Versions.only(other);
        return this;
    }

    Live in(Kind version) {
        kind = version;
        return this;
    }

    Live serving(Versions served) {
        versions = served;
        return this;
    }

    Live through(String part) {
        subresource = part;
        return this;
    }

    ObjectNode object() {
        if (object == null) {
            throw new IllegalStateException("nothing was written");
        }
        return object;
    }

    /** Applies what goes into {@code spec}. */
    Live apply(String manager, String spec) {
        return applyWhole(manager, "{'metadata':{'name':'x'},'spec':" + spec + "}", false);
    }

    Live force(String manager, String spec) {
        return applyWhole(manager, "{'metadata':{'name':'x'},'spec':" + spec + "}", true);
    }

    Live applyWhole(String manager, String config, boolean force) {
        ObjectNode whole = typed(config);
        Writing writing = writing(manager);
        object = object == null
                ? ServerSideApply.create(writing, whole, force)
                : ServerSideApply.apply(writing, converted(object), whole, force);
        return this;
    }

    private ObjectNode converted(ObjectNode live) {
        return versions.convert(live, kind);
    }

    private Writing writing(String manager) {
        second++;
        return new Writing(kind, subresource, manager, ResetFields.of(kind, subresource, Set.of(), false), versions,
                String.format("2026-01-01T00:00:%02dZ", second));
    }

    private ObjectNode typed(String json) {
        return json(json).put("apiVersion", kind.name().apiVersion()).put("kind", kind.name().kind());
    }

    /** Replaces the whole object, managed fields apart. */
    Live update(String manager, String whole) {
        ObjectNode next = typed(whole);
        if (object == null) {
            Ownership.created(writing(manager), next);
        } else {
            Ownership.updated(writing(manager), converted(object), next);
        }
        object = next;
        return this;
    }

    /** The same with {@code spec} alone. */
    Live set(String manager, String spec) {
        return update(manager, "{'metadata':{'name':'x'},'spec':" + spec + "}");
    }

    /** Takes away all managed fields, as who never heard of them would. */
    Live forgetful() {
        if (object().get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return this;
    }

    JsonNode spec() {
        return object().path("spec");
    }

    /** What a manager owns, as text: its entries' sets, one after the other. */
    String owned(String manager) {
        StringBuilder text = new StringBuilder();
        for (JsonNode entry : ManagedFields.of(object())) {
            if (entry.path("manager").asText().equals(manager)) {
                text.append(text.isEmpty() ? "" : " ").append(entry.path("fieldsV1").toString().replace('"', '\''));
            }
        }
        return text.toString();
    }

    String time(String manager) {
        for (JsonNode entry : ManagedFields.of(object())) {
            if (entry.path("manager").asText().equals(manager)) {
                return entry.path("time").asText("none");
            }
        }
        return "no such manager";
    }

    Status refused(Runnable write) {
        try {
            write.run();
        } catch (RejectedException refused) {
            return refused.status();
        }
        throw new AssertionError("was not refused");
    }

    static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
