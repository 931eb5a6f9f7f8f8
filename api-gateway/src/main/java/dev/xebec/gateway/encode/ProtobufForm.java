package dev.xebec.gateway.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.cache.CacheEvent;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.KeptBytes;
import dev.xebec.gateway.cache.KeptBytes.WhenFull;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.protobuf.ProtobufEncoder;
import dev.xebec.model.schema.Schema.Struct;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers in protobuf. An object's message is made once, from its JSON, and kept beside it while there is room; an event's
 * frame likewise.
 */
final class ProtobufForm {
    private static final Struct OBJECT_META = described("meta.v1.ObjectMeta");
    private static final Struct LIST_META = described("meta.v1.ListMeta");
    private static final GroupVersionKind STATUS = new GroupVersionKind("", "v1", "Status");

    /** Bytes of messages that are kept beside their objects. */
    private static final long MAX_MESSAGE_BYTES = 64L * 1024 * 1024;
    /** Bytes of frames that are kept beside their events. */
    private static final long MAX_FRAME_BYTES = 16L * 1024 * 1024;

    private final KeptBytes messages = new KeptBytes(MAX_MESSAGE_BYTES, WhenFull.KEEP_WHAT_LIVES);
    private final KeptBytes frames = new KeptBytes(MAX_FRAME_BYTES, WhenFull.DROP_OLDEST);

    private static Struct described(String type) {
        return KindRegistry.builtIn().type(type).orElseThrow();
    }

    private static Struct struct(Kind kind) {
        return (Struct) kind.schema();
    }

    /** A body with one object. */
    List<Bytes> object(OutputForm form, Kind kind, Bytes json) {
        GroupVersionKind name = form.shape() == OutputForm.Shape.PARTIAL ? partialName(form) : kind.name();
        return List.of(Bytes.of(ProtobufEncoder.body(name, wrapped(form, kind, json))));
    }

    Bytes object(Kind kind, CachedObject object) {
        return Bytes.of(ProtobufEncoder.body(kind.name(), wrapped(kind, object).array()));
    }

    List<Bytes> list(OutputForm form, Kind kind, ObjectNode meta, List<CachedObject> objects) {
        boolean partial = form.shape() == OutputForm.Shape.PARTIAL;
        GroupVersionKind name = partial
                ? new GroupVersionKind("meta.k8s.io", form.version(), "PartialObjectMetadataList")
                : kind.groupVersion().kind(kind.listKind());
        List<Bytes> chunks = new ArrayList<>(objects.size() + 2);
        chunks.add(Bytes.EMPTY);
        long size = 0;
        for (CachedObject object : objects) {
            Bytes one = partial ? Bytes.of(wrapped(form, kind, object.json())) : wrapped(kind, object);
            chunks.add(one);
            size += one.size();
        }
        chunks.set(0, Bytes.of(ProtobufEncoder.listHead(name, LIST_META, meta, size)));
        chunks.add(Bytes.of(ProtobufEncoder.tail()));
        return chunks;
    }

    /** The frame of an event, which all watchers of the kind share where it is of the event's own type. */
    Bytes frame(OutputForm form, Kind kind, CacheEvent event, CacheEvent.Type type) {
        if (form.shape() != OutputForm.Shape.OBJECT || type != event.ownType()) {
            return frame(form, kind, type.name(), event.object(type));
        }
        return frames.of(event, kind.name().apiVersion(), () -> {
            CachedObject shown = event.shown(type);
            byte[] message = shown.revision() == event.revision()
                    ? wrapped(kind, shown).array()
                    : wrapped(form, kind, event.object(type));
            return Bytes.of(ProtobufEncoder.frame(type.name(), ProtobufEncoder.body(kind.name(), message)));
        });
    }

    Bytes frame(OutputForm form, Kind kind, CachedObject added) {
        return form.shape() == OutputForm.Shape.OBJECT
                ? Bytes.of(ProtobufEncoder.frame("ADDED",
                        ProtobufEncoder.body(kind.name(), wrapped(kind, added).array())))
                : frame(form, kind, "ADDED", added.json());
    }

    Bytes frame(OutputForm form, Kind kind, String type, Bytes json) {
        return Bytes.of(ProtobufEncoder.frame(type, object(form, kind, json).get(0).array()));
    }

    static Bytes status(ObjectNode status) {
        return Bytes.of(ProtobufEncoder.body(STATUS,
                ProtobufEncoder.wrapped(KindRegistry.builtIn().body(STATUS).orElseThrow(), status)));
    }

    private Bytes wrapped(Kind kind, CachedObject object) {
        return messages.of(object, kind.name().apiVersion(), () -> Bytes
                .of(ProtobufEncoder.wrapped(struct(kind), tree(kind, object.json()))));
    }

    private static byte[] wrapped(OutputForm form, Kind kind, Bytes json) {
        if (form.shape() == OutputForm.Shape.OBJECT) {
            return ProtobufEncoder.wrapped(struct(kind), tree(kind, json));
        }
        ObjectNode metadata = Json.parseObject(JsonForm.metadata(json));
        return ProtobufEncoder.wrappedField(1, OBJECT_META, metadata);
    }

    private static ObjectNode tree(Kind kind, Bytes json) {
        return Json.parseObject(Encoder.inVersion(kind, json).array());
    }

    private static GroupVersionKind partialName(OutputForm form) {
        return new GroupVersionKind("meta.k8s.io", form.version(), "PartialObjectMetadata");
    }
}
