package dev.xebec.gateway.encode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Answers in JSON: ready bytes one after another, or parts of them. */
final class JsonForm {
    private static final Bytes COMMA = Bytes.utf8(",");
    private static final Bytes BRACE = Bytes.utf8("{");
    private static final Bytes COMMA_BRACE = Bytes.utf8(",{");
    private static final Bytes LIST_END = Bytes.utf8("]}\n");
    private static final byte[] NONE = {'{', '}'};

    private JsonForm() {}

    static Bytes object(OutputForm form, Kind kind, Bytes json) {
        return form.shape() == OutputForm.Shape.PARTIAL ? partial(form, json) : Encoder.inVersion(kind, json);
    }

    static List<Bytes> list(OutputForm form, Kind kind, ObjectNode meta, List<CachedObject> objects) {
        boolean partial = form.shape() == OutputForm.Shape.PARTIAL;
        List<Bytes> chunks = new ArrayList<>(2 * objects.size() + 2);
        chunks.add(Bytes.utf8("{\"kind\":\"" + (partial ? "PartialObjectMetadataList" : kind.listKind())
                + "\",\"apiVersion\":\"" + (partial ? "meta.k8s.io/" + form.version() : kind.name().apiVersion())
                + "\",\"metadata\":" + new String(Json.bytes(ofCustom(kind, partial, meta)), StandardCharsets.UTF_8)
                + ",\"items\":["));
        byte[] head = partial || kind.custom() != null ? NONE : head(kind);
        for (int at = 0; at < objects.size(); at++) {
            Bytes object = object(form, kind, objects.get(at).json());
            int skipped = begins(object, head) ? head.length : 0;
            if (at > 0 || skipped > 0) {
                chunks.add(at == 0 ? BRACE : skipped > 0 ? COMMA_BRACE : COMMA);
            }
            chunks.add(object.without(skipped));
        }
        chunks.add(LIST_END);
        return chunks;
    }

    /**
     * What an object of a built-in kind begins with, and in a list does not: there the list's own kind says it. Source:
     * {@code runtime.WithVersionEncoder} of apimachinery, which sets them on the outermost object alone.
     */
    private static byte[] head(Kind kind) {
        return ("{\"apiVersion\":\"" + kind.name().apiVersion() + "\",\"kind\":\"" + kind.name().kind() + "\",")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean begins(Bytes object, byte[] head) {
        return head.length > NONE.length && object.size() > head.length && Arrays.equals(object.backing(),
                object.start(), object.start() + head.length, head, 0, head.length);
    }

    /** Lists of custom resources always say where they go on. Source: apimachinery {@code unstructured_list.go}. */
    private static ObjectNode ofCustom(Kind kind, boolean partial, ObjectNode meta) {
        return partial || kind.custom() == null || meta.has("continue") ? meta : meta.put("continue", "");
    }

    /** The bytes of an object's metadata, cut out of it without reading what comes after. */
    static byte[] metadata(Bytes json) {
        try (JsonParser parser = Json.MAPPER.getFactory().createParser(json.array())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean metadata = parser.currentName().equals("metadata");
                parser.nextToken();
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                if (metadata) {
                    return Arrays.copyOfRange(json.array(), from, (int) parser.currentLocation().getByteOffset());
                }
            }
            return NONE;
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private static Bytes partial(OutputForm form, Bytes json) {
        byte[] head = ("{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/" + form.version()
                + "\",\"metadata\":").getBytes(StandardCharsets.US_ASCII);
        byte[] metadata = metadata(json);
        byte[] partial = Arrays.copyOf(head, head.length + metadata.length + 1);
        System.arraycopy(metadata, 0, partial, head.length, metadata.length);
        partial[partial.length - 1] = '}';
        return Bytes.of(partial);
    }
}
