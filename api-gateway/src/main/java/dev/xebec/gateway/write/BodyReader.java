package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.encode.MediaType;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.protobuf.ProtobufDecoder;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.model.yaml.YamlDecoder;
import java.util.List;
import java.util.function.Supplier;

/** Reads request bodies: JSON, YAML and protobuf become the same tree. */
public final class BodyReader {
    private static final List<String> ACCEPTED = List.of("application/json", "application/yaml",
            "application/vnd.kubernetes.protobuf");

    private final Supplier<KindRegistry> kinds;

    /** @param kinds those that are served now */
    public BodyReader(Supplier<KindRegistry> kinds) {
        this.kinds = kinds;
    }

    /** A body that has to be an object; 400 for a malformed one, 415 for one of an unknown media type. */
    public ObjectNode read(Call call) {
        byte[] body = call.body().array();
        try {
            return switch (mediaType(call)) {
                case "", "application/json" -> object(Json.parse(body));
                case "application/yaml" -> YamlDecoder.decode(body);
                case "application/vnd.kubernetes.protobuf" -> ProtobufDecoder.decode(body, kinds.get());
                default -> throw new RejectedException(Status.unsupportedMediaType(ACCEPTED));
            };
        } catch (IllegalArgumentException malformed) {
            throw new RejectedException(Status.badRequest("the object provided is unrecognized: "
                    + firstLine(malformed.getMessage())));
        }
    }

    /** The body as an object of the expected kind; what it leaves out of apiVersion and kind is filled in. */
    public ObjectNode read(Call call, GroupVersionKind expected) {
        ObjectNode tree = read(call);
        String apiVersion = text(tree, "apiVersion");
        String kind = text(tree, "kind");
        if (!kind.isEmpty() && !kind.equals(expected.kind())) {
            throw new RejectedException(Status.badRequest("the kind in the data (" + kind
                    + ") does not match the expected kind (" + expected.kind() + ")"));
        }
        if (!apiVersion.isEmpty() && !apiVersion.equals(expected.apiVersion())) {
            throw new RejectedException(Status.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + expected.apiVersion() + ")"));
        }
        if (tree.has("metadata") && !tree.path("metadata").isObject() && !tree.path("metadata").isNull()) {
            throw new RejectedException(Status.badRequest("metadata has to be an object"));
        }
        return tree.put("apiVersion", expected.apiVersion()).put("kind", expected.kind());
    }

    public static String mediaType(Call call) {
        String type = call.request().contentType();
        return type.isEmpty() || type.equals("application/json") ? type : MediaType.parse(type).name();
    }

    private static String text(ObjectNode tree, String field) {
        JsonNode value = tree.path(field);
        if (!value.isMissingNode() && !value.isTextual() && !value.isNull()) {
            throw new RejectedException(Status.badRequest(field + " has to be a string"));
        }
        return value.asText("").equals("null") ? "" : value.asText("");
    }

    private static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("not an object");
    }

    /** A parser's message without the place in its source that it goes on about. */
    static String firstLine(@org.jspecify.annotations.Nullable String message) {
        String text = message == null ? "malformed" : message;
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
