package dev.xebec.gateway.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.cache.CacheEvent;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.request.Answer;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.Json;
import dev.xebec.model.yaml.YamlEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Answers with objects in the form that was asked for. In the plain form ready bytes go out as they are. */
public final class Encoder {
    private final TableEncoder tables;
    private final ProtobufForm protobuf;

    public Encoder(InstantSource clock) {
        this.tables = new TableEncoder(clock);
        this.protobuf = new ProtobufForm();
    }

    /** Where a list stands. @param next continue token, empty at the end; @param remaining -1 for not said */
    public record ListMeta(long revision, String next, long remaining) {

        ObjectNode toTree() {
            ObjectNode meta = Json.object().put("resourceVersion", Long.toString(revision));
            if (!next.isEmpty()) {
                meta.put("continue", next);
            }
            if (remaining >= 0) {
                meta.put("remainingItemCount", remaining);
            }
            return meta;
        }
    }

    public Answer.Body object(OutputForm form, int code, Kind kind, Bytes json) {
        return body(form, code, switch (form.format()) {
            case PROTOBUF -> protobuf.object(form, kind, json);
            case JSON, YAML -> form.shape() == OutputForm.Shape.TABLE
                    ? tables.object(form, kind, json, true)
                    : List.of(JsonForm.object(form, kind, json));
        });
    }

    /** As the other, for an object whose bytes in other formats may be at hand. */
    public Answer.Body object(OutputForm form, int code, Kind kind, CachedObject object) {
        boolean kept = form.format() == OutputForm.Format.PROTOBUF && form.shape() == OutputForm.Shape.OBJECT;
        return kept
                ? body(form, code, List.of(protobuf.object(kind, object)))
                : object(form, code, kind, object.json());
    }

    public Answer.Body list(OutputForm form, Kind kind, ListMeta meta, List<CachedObject> objects) {
        return body(form, 200, switch (form.format()) {
            case PROTOBUF -> protobuf.list(form, kind, meta.toTree(), objects);
            case JSON, YAML -> form.shape() == OutputForm.Shape.TABLE
                    ? tables.list(form, kind, meta.toTree(), objects)
                    : JsonForm.list(form, kind, meta.toTree(), objects);
        });
    }

    /** A Status, of a refusal or of something done. It is never a Table nor partial. */
    public static Answer.Body status(OutputForm.Format format, int code, ObjectNode status) {
        Bytes bytes = switch (format) {
            case JSON -> Bytes.of(Json.bytes(status));
            case YAML -> Bytes.of(YamlEncoder.encode(status));
            case PROTOBUF -> ProtobufForm.status(status);
        };
        return new Answer.Body(code, format.mediaType(), Map.of(), List.of(bytes));
    }

    private static Answer.Body body(OutputForm form, int code, List<Bytes> chunks) {
        List<Bytes> shown = switch (form.format()) {
            case PROTOBUF -> chunks;
            case JSON -> form.pretty() ? List.of(PrettyJson.of(chunks)) : chunks;
            case YAML -> List.of(Bytes.of(YamlEncoder.encode(Json.parse(Concatenated.of(chunks)))));
        };
        return new Answer.Body(code, form.contentType(), Map.of(), shown);
    }

    /** A frame of a watch. @param first whether it is the stream's first: a Table then has columns */
    public Bytes frame(OutputForm form, Kind kind, CacheEvent event, CacheEvent.Type type, boolean first) {
        if (form.format() == OutputForm.Format.PROTOBUF) {
            return protobuf.frame(form, kind, event, type);
        }
        Bytes json = event.object(type);
        boolean ready = form.shape() == OutputForm.Shape.OBJECT && inVersion(kind, json) == json;
        return ready ? event.frame(type) : CacheEvent.frame(type.name(), inEvent(form, kind, json, first));
    }

    /** The frame that tells a watcher of an object that has been there. */
    public Bytes frame(OutputForm form, Kind kind, CachedObject added, boolean first) {
        return form.format() == OutputForm.Format.PROTOBUF
                ? protobuf.frame(form, kind, added)
                : CacheEvent.frame("ADDED", inEvent(form, kind, added.json(), first));
    }

    private Bytes inEvent(OutputForm form, Kind kind, Bytes json, boolean first) {
        if (form.shape() != OutputForm.Shape.TABLE) {
            return JsonForm.object(form, kind, json);
        }
        byte[] table = Concatenated.of(tables.object(form, kind, json, first));
        return Bytes.of(java.util.Arrays.copyOf(table, table.length - 1));
    }

    /**
     * The frame of an object that has nothing but a revision and annotations. In a Table it is a row like any other's: that is
     * where clients look for it.
     */
    public Bytes bookmark(OutputForm form, Kind kind, long revision, boolean initialEventsEnd, boolean first) {
        ObjectNode object = Json.object().put("kind", kind.name().kind()).put("apiVersion", kind.name().apiVersion());
        ObjectNode metadata = object.putObject("metadata").put("resourceVersion", Long.toString(revision));
        if (initialEventsEnd) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        Bytes json = Bytes.of(Json.bytes(object));
        return form.format() == OutputForm.Format.PROTOBUF
                ? protobuf.frame(form, kind, "BOOKMARK", json)
                : CacheEvent.frame("BOOKMARK", inEvent(form, kind, json, first));
    }

    /** The frame that ends a watch with a Status. */
    public static Bytes error(OutputForm form, ObjectNode status) {
        return form.format() == OutputForm.Format.PROTOBUF
                ? Bytes.of(dev.xebec.model.protobuf.ProtobufEncoder.frame("ERROR", ProtobufForm.status(status).array()))
                : CacheEvent.frame("ERROR", Bytes.of(Json.bytes(status)));
    }

    /** The object with the version that was asked for: all versions of a kind are stored in one. */
    public static Bytes inVersion(Kind kind, Bytes json) {
        String apiVersion = kind.name().apiVersion();
        if (startsWith(json.array(), apiVersion)) {
            return json;
        }
        ObjectNode tree = Json.parseObject(json.array());
        return Bytes.of(Json.bytes(tree.put("apiVersion", apiVersion)));
    }

    private static final byte[] HEAD = "{\"apiVersion\":\"".getBytes(StandardCharsets.US_ASCII);

    private static boolean startsWith(byte[] json, String apiVersion) {
        int length = apiVersion.length();
        if (json.length < HEAD.length + length + 1 || json[HEAD.length + length] != '"') {
            return false;
        }
        for (int at = 0; at < HEAD.length; at++) {
            if (json[at] != HEAD[at]) {
                return false;
            }
        }
        for (int at = 0; at < length; at++) {
            if (json[HEAD.length + at] != apiVersion.charAt(at)) {
                return false;
            }
        }
        return true;
    }
}
