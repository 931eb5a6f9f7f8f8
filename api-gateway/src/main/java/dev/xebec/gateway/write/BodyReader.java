package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.encode.MediaType;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.JsonFault;
import dev.xebec.model.object.RepeatedFields;
import dev.xebec.model.protobuf.ProtobufDecoder;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.model.validation.Shape;
import dev.xebec.model.yaml.YamlDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** Reads request bodies: JSON, YAML and protobuf become the same tree. */
public final class BodyReader {
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final List<String> ACCEPTED = List.of("application/json", "application/yaml", PROTOBUF);

    /** Where kube-apiserver registers its kinds, which its messages name. */
    private static final String SCHEME = "pkg/runtime/scheme.go:111";

    /** How messages begin that are Go's already. */
    private static final String GO_ERROR = "json: ";

    /** Bytes of a body that a refusal repeats. */
    private static final int MAX_SHOWN = 30;

    private final Supplier<KindRegistry> kinds;

    /** @param kinds those that are served now */
    public BodyReader(Supplier<KindRegistry> kinds) {
        this.kinds = kinds;
    }

    /** A body that has to be an object; 400 for a malformed one, 415 for one of an unknown media type. */
    public ObjectNode read(Call call) {
        return read(call, "", new ArrayList<>());
    }

    /** The body as an object of the expected kind; what it leaves out of apiVersion and kind is filled in. */
    public ObjectNode read(Call call, GroupVersionKind expected) {
        return read(call, expected, new ArrayList<>());
    }

    /**
     * As {@link #read(Call, GroupVersionKind)}.
     *
     * @param repeated gets what is said twice, in Kubernetes' words; in JSON among what is unknown, as it comes
     */
    ObjectNode read(Call call, GroupVersionKind expected, List<String> repeated) {
        ObjectNode tree = read(call, expected.kind(), repeated);
        GroupVersionKind said = said(tree, call, expected);
        if (kinds.get().byKind(expected).filter(kind -> kind.custom() != null).isPresent()) {
            checkCustom(call, tree, expected);
            return tree;
        }
        if (!said.kind().equals(expected.kind())) {
            throw handledAs(said, expected, kinds.get().body(said).isPresent()
                    ? conversion(said, expected)
                    : unregistered(said));
        }
        if (!said.equals(expected)) {
            throw kinds.get().byKind(said).isPresent()
                    ? new RejectedException(Status.badRequest("the API version in the data (" + said.apiVersion()
                            + ") does not match the expected API version (" + expected.apiVersion() + ")"))
                    : handledAs(said, expected, unregistered(said));
        }
        inOrder(call, expected, repeated);
        return tree.put("apiVersion", expected.apiVersion()).put("kind", expected.kind());
    }

    /** A custom object has to say itself what it is. Source: apiextensions-apiserver {@code pkg/apiserver/customresource_handler.go}. */
    private static void checkCustom(Call call, ObjectNode tree, GroupVersionKind expected) {
        String kind = tree.path("kind").asText("");
        String apiVersion = tree.path("apiVersion").asText("");
        if (kind.isEmpty()) {
            throw unrecognized(call, expected.kind(), "Object 'Kind' is missing in '" + call.body().utf8() + "'");
        }
        if (apiVersion.indexOf('/') != apiVersion.lastIndexOf('/')) {
            throw unrecognized(call, expected.kind(), "unexpected GroupVersion string: " + apiVersion);
        }
        if (!apiVersion.equals(expected.apiVersion())) {
            throw new RejectedException(Status.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + expected.apiVersion() + ")"));
        }
        String name = tree.path("metadata").path("name").asText("");
        boolean meant = call.info().name().isEmpty() || call.info().name().equals(name);
        if (meant && !kind.equals(expected.kind())) {
            throw new RejectedException(Status.invalid(expected.groupVersion().kind(kind), name,
                    List.of(FieldError.invalid("kind", kind, "must be " + expected.kind()))));
        }
    }

    private void inOrder(Call call, GroupVersionKind expected, List<String> repeated) {
        if (!repeated.isEmpty() && !mediaType(call).equals("application/yaml")) {
            kinds.get().byKind(expected).ifPresent(kind -> {
                List<String> found = Shape.strictly(kind, call.body().array(), List.copyOf(repeated));
                repeated.clear();
                repeated.addAll(found);
            });
        }
    }

    /** The name of the structure that Kubernetes reads all versions of a kind into. */
    private static String internal(GroupVersionKind kind) {
        String group = kind.group().isEmpty() ? "core" : kind.group().replaceFirst("\\..*", "");
        return group + "." + kind.kind();
    }

    private static GroupVersionKind said(ObjectNode tree, Call call, GroupVersionKind expected) {
        String apiVersion = text(tree, "apiVersion", call, expected.kind());
        String kind = text(tree, "kind", call, expected.kind());
        GroupVersion version = apiVersion.isEmpty() ? expected.groupVersion() : GroupVersion.parse(apiVersion);
        return version.kind(kind.isEmpty() ? expected.kind() : kind);
    }

    private static RejectedException handledAs(GroupVersionKind said, GroupVersionKind expected, String why) {
        return new RejectedException(Status.badRequest(said.kind() + " in version \"" + said.version()
                + "\" cannot be handled as a " + expected.kind() + ": " + why));
    }

    static String conversion(GroupVersionKind said, GroupVersionKind expected) {
        return "converting (" + said.version() + "." + said.kind() + ") to (" + internal(expected)
                + "): unknown conversion";
    }

    private static String unregistered(GroupVersionKind said) {
        return unregistered(said.apiVersion(), said.kind());
    }

    static String unregistered(String apiVersion, String kind) {
        return "no kind \"" + kind + "\" is registered for version \"" + apiVersion + "\" in scheme \""
                + SCHEME + "\"";
    }

    /** Source: apiserver {@code endpoints/handlers/create.go}, transformDecodeError. */
    private ObjectNode read(Call call, String expectedKind, List<String> repeated) {
        try {
            return decode(call, repeated);
        } catch (IllegalArgumentException malformed) {
            throw unrecognized(call, expectedKind, decodeError(call, malformed));
        }
    }

    /** A body that says how something is to be done: refused in the decoder's own words. */
    ObjectNode options(Call call, GroupVersionKind expected) {
        ObjectNode tree;
        try {
            tree = decode(call, new ArrayList<>());
        } catch (IllegalArgumentException malformed) {
            throw new RejectedException(Status.badRequest(decodeError(call, malformed)));
        }
        GroupVersionKind said = said(tree, call, expected);
        if (!said.kind().equals(expected.kind())) {
            throw new RejectedException(Status.badRequest(unregistered(said)));
        }
        return tree;
    }

    private ObjectNode decode(Call call, List<String> repeated) {
        byte[] body = call.body().array();
        String said = call.request().contentType();
        if (!said.isEmpty() && !said.equals("application/json") && !MediaType.isOne(said)) {
            throw new RejectedException(Status.unsupportedMediaType(ACCEPTED));
        }
        return switch (mediaType(call)) {
            case "", "application/json" -> json(body, repeated);
            case "application/yaml" -> yaml(body, repeated);
            case PROTOBUF -> ProtobufDecoder.decode(body, kinds.get());
            default -> throw new RejectedException(Status.unsupportedMediaType(ACCEPTED));
        };
    }

    /** No mark of a byte order: it is no JSON. */
    private static ObjectNode json(byte[] body, List<String> repeated) {
        if (body.length > 0 && body[0] == (byte) 0xef) {
            throw new IllegalArgumentException("a byte order mark");
        }
        return object(RepeatedFields.parse(body, repeated));
    }

    private static ObjectNode yaml(byte[] body, List<String> repeated) {
        return YamlDecoder.decode(body, repeated);
    }

    private static RejectedException unrecognized(Call call, String expectedKind, String why) {
        String of = expectedKind.isEmpty() ? "" : " (must be of type " + expectedKind + ")";
        return new RejectedException(Status.badRequest("the object provided is unrecognized" + of + ": " + why + " ("
                + summary(call.body().array()) + ")"));
    }

    private static String decodeError(Call call, IllegalArgumentException malformed) {
        byte[] body = call.body().array();
        return mediaType(call).equals(PROTOBUF) && !ProtobufDecoder.isMessage(body)
                ? "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]"
                : jsonError(body, malformed);
    }

    private static String jsonError(byte[] body, IllegalArgumentException malformed) {
        String fault = JsonFault.of(body);
        String what = fault.isEmpty() || malformed.getMessage() != null && malformed.getMessage().startsWith(GO_ERROR)
                ? firstLine(malformed.getMessage())
                : fault;
        return "couldn't get version/kind; json parse error: " + what;
    }

    /** The first bytes of a body, as text where they may be some. */
    private static String summary(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        int shown = Math.min(body.length, MAX_SHOWN);
        String text = body[0] == '{'
                ? new String(body, 0, shown, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(body, 0, shown);
        return body.length > MAX_SHOWN ? text + " ..." : text;
    }

    public static String mediaType(Call call) {
        String type = call.request().contentType();
        return type.isEmpty() || type.equals("application/json") ? type : MediaType.parse(type).name();
    }

    private static String text(ObjectNode tree, String field, Call call, String expectedKind) {
        JsonNode value = tree.path(field);
        if (!value.isMissingNode() && !value.isTextual() && !value.isNull()) {
            throw unrecognized(call, expectedKind,
                    "couldn't get version/kind; json parse error: json: cannot unmarshal "
                            + goName(value) + " into Go struct field ." + field + " of type string");
        }
        return value.isTextual() ? value.textValue() : "";
    }

    private static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        if (node.isNull()) {
            return Json.object();
        }
        throw new IllegalArgumentException("json: cannot unmarshal " + goName(node)
                + " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; "
                + "Kind string \"json:\\\"kind,omitempty\\\"\" }");
    }

    static String goName(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case STRING, BINARY -> "string";
            case OBJECT, POJO -> "object";
            case NULL, MISSING -> "null";
        };
    }

    /** A parser's message without the place in its source that it goes on about. */
    static String firstLine(@org.jspecify.annotations.Nullable String message) {
        String text = message == null ? "malformed" : message;
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
