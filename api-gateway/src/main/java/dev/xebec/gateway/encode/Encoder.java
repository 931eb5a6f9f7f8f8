package dev.xebec.gateway.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.request.Answer;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Answers with objects in the form that was asked for. In the plain form ready bytes go out as they are.
 *
 * <p>YAML is answered with JSON text, which is YAML too (YAML 1.2, section 1.3).
 */
public final class Encoder {
    private static final Bytes COMMA = Bytes.utf8(",");
    private static final Bytes LIST_END = Bytes.utf8("]}\n");

    private final TableEncoder tables;

    public Encoder(InstantSource clock) {
        this.tables = new TableEncoder(clock);
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
        Bytes body = switch (form.shape()) {
            case OBJECT -> inVersion(kind, json);
            case TABLE -> tables.table(form, kind, List.of(inVersion(kind, json)), tables.metaOf(json), true);
            case PARTIAL -> partial(form, json);
        };
        return new Answer.Body(code, form.contentType(), Map.of(), List.of(body));
    }

    public Answer.Body list(OutputForm form, Kind kind, ListMeta meta, List<Bytes> objects) {
        List<Bytes> chunks = switch (form.shape()) {
            case OBJECT -> concatenated(kind.listKind(), kind.name().apiVersion(), meta,
                    objects.stream().map(object -> inVersion(kind, object)).toList());
            case TABLE -> List.of(tables.table(form, kind, objects.stream().map(object -> inVersion(kind, object))
                    .toList(), meta.toTree(), true));
            case PARTIAL -> concatenated("PartialObjectMetadataList", "meta.k8s.io/" + form.version(), meta,
                    objects.stream().map(object -> partial(form, object)).toList());
        };
        return new Answer.Body(200, form.contentType(), Map.of(), chunks);
    }

    /** The {@code object} of a watch event. @param first whether it is the stream's first: a Table then has columns */
    public Bytes inEvent(OutputForm form, Kind kind, Bytes json, boolean first) {
        return switch (form.shape()) {
            case OBJECT -> inVersion(kind, json);
            case TABLE -> tables.table(form, kind, List.of(inVersion(kind, json)), tables.metaOf(json), first);
            case PARTIAL -> partial(form, json);
        };
    }

    /** Whether objects go out as they are cached, so that frames can be shared. */
    public static boolean sharesBytes(OutputForm form) {
        return form.shape() == OutputForm.Shape.OBJECT;
    }

    /** An object that carries nothing but a revision and annotations, as a BOOKMARK event shows it. */
    public Bytes bookmark(OutputForm form, Kind kind, long revision, boolean initialEventsEnd) {
        ObjectNode object = Json.object();
        GroupVersionKind name = switch (form.shape()) {
            case OBJECT -> kind.name();
            case TABLE -> new GroupVersionKind("meta.k8s.io", form.version(), "Table");
            case PARTIAL -> new GroupVersionKind("meta.k8s.io", form.version(), "PartialObjectMetadata");
        };
        object.put("kind", name.kind()).put("apiVersion", name.apiVersion());
        ObjectNode metadata = object.putObject("metadata").put("resourceVersion", Long.toString(revision));
        if (initialEventsEnd) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        if (form.shape() == OutputForm.Shape.TABLE) {
            object.putArray("columnDefinitions");
            object.putArray("rows");
        }
        return Bytes.of(Json.bytes(object));
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

    private static Bytes partial(OutputForm form, Bytes json) {
        ObjectNode tree = Json.parseObject(json.array());
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion",
                "meta.k8s.io/" + form.version());
        partial.set("metadata", tree.path("metadata"));
        return Bytes.of(Json.bytes(partial));
    }

    private static List<Bytes> concatenated(String listKind, String apiVersion, ListMeta meta, List<Bytes> objects) {
        List<Bytes> chunks = new ArrayList<>(2 * objects.size() + 2);
        chunks.add(Bytes.utf8("{\"kind\":\"" + listKind + "\",\"apiVersion\":\"" + apiVersion + "\",\"metadata\":"
                + new String(Json.bytes(meta.toTree()), StandardCharsets.UTF_8) + ",\"items\":["));
        for (int at = 0; at < objects.size(); at++) {
            if (at > 0) {
                chunks.add(COMMA);
            }
            chunks.add(objects.get(at));
        }
        chunks.add(LIST_END);
        return chunks;
    }
}
