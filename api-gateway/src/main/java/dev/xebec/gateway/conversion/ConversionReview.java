package dev.xebec.gateway.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.model.names.Names;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a conversion webhook is asked, and how its answer is read: everything that may not be in it is refused in the words
 * of Kubernetes. Pure.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/conversion/webhook_converter.go}.
 */
final class ConversionReview {
    private static final String GROUP = "apiextensions.k8s.io/";
    private static final String KIND = "ConversionReview";

    private ConversionReview() {}

    /** Why an answer cannot be used. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /** The first version of the review that both sides know. */
    static String version(JsonNode reviewVersions) throws Unusable {
        for (JsonNode version : reviewVersions) {
            if (version.asText().equals("v1") || version.asText().equals("v1beta1")) {
                return version.asText();
            }
        }
        throw new Unusable("no supported conversion review versions");
    }

    static Bytes question(String version, String uid, String desired, List<ObjectNode> objects) {
        ObjectNode review = Json.object().put("kind", KIND).put("apiVersion", GROUP + version);
        ObjectNode request = review.putObject("request").put("uid", uid).put("desiredAPIVersion", desired);
        ArrayNode list = request.putArray("objects");
        objects.forEach(list::add);
        return Bytes.of(Json.bytes(review));
    }

    /** The converted objects in the order of the originals, each with its original's metadata but labels and annotations. */
    static List<ObjectNode> answer(String version, String uid, String desired, List<ObjectNode> originals, Bytes body)
            throws Unusable {
        ObjectNode review;
        if (body.array().length == 0) {
            throw new Unusable("0-length response with status code: 200 and content type: application/json");
        }
        try {
            review = Json.parseObject(body.array());
        } catch (IllegalArgumentException malformed) {
            throw new Unusable("unable to decode the webhook's answer: it is no JSON object");
        }
        JsonNode response = review.path("response");
        if (version.equals("v1")) {
            checkIdentity(review, response, uid);
        } else if (!response.isObject()) {
            throw new Unusable("no response provided");
        }
        String status = response.path("result").path("status").asText("");
        if (!status.equals("Success")) {
            String message = response.path("result").path("message").asText("");
            throw new Unusable(
                    message.isEmpty() ? "response.result.status was '" + status + "', not 'Success'" : message);
        }
        JsonNode converted = response.path("convertedObjects");
        if (converted.size() != originals.size()) {
            throw new Unusable("returned " + converted.size() + " objects, expected " + originals.size());
        }
        List<ObjectNode> objects = new ArrayList<>(originals.size());
        for (int at = 0; at < originals.size(); at++) {
            objects.add(checked(originals.get(at), converted.get(at), desired, at));
        }
        return objects;
    }

    private static void checkIdentity(ObjectNode review, JsonNode response, String uid) throws Unusable {
        String kind = review.path("kind").asText("");
        String apiVersion = review.path("apiVersion").asText("");
        if (kind.equals(KIND) && apiVersion.equals(GROUP + "v1beta1")) {
            throw new Unusable("converting (v1beta1.ConversionReview) to (v1.ConversionReview): unknown conversion");
        }
        if (!kind.equals(KIND) || !apiVersion.equals(GROUP + "v1")) {
            throw new Unusable(kind.isEmpty() || apiVersion.isEmpty()
                    ? "expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview, got " + apiVersion
                            + ", Kind=" + kind
                    : "no kind \"" + kind + "\" is registered for version \"" + apiVersion
                            + "\" in scheme \"pkg/runtime/scheme.go:111\"");
        }
        if (!response.isObject()) {
            throw new Unusable("no response provided");
        }
        String answered = response.path("uid").asText("");
        if (!answered.equals(uid)) {
            throw new Unusable("expected response.uid=\"" + uid + "\", got \"" + answered + "\"");
        }
    }

    private static ObjectNode checked(ObjectNode original, JsonNode answered, String desired, int at) throws Unusable {
        String invalid = "returned invalid object at index " + at + ": ";
        if (!(answered instanceof ObjectNode converted)) {
            throw new Unusable(
                    "returned invalid converted object at index " + at + ": invalid type, expected=Unstructured");
        }
        String version = converted.path("apiVersion").asText("");
        if (!version.equals(desired)) {
            throw new Unusable(invalid + "invalid groupVersion (expected " + desired + ", received " + version + ")");
        }
        String kind = original.path("kind").asText("");
        if (!converted.path("kind").asText("").equals(kind)) {
            throw new Unusable(invalid + "invalid kind (expected " + kind + ", received "
                    + converted.path("kind").asText("") + ")");
        }
        for (Map.Entry<String, String> field : List.of(Map.entry("name", "name"), Map.entry("namespace", "namespace"),
                Map.entry("uid", "UID"))) {
            String before = original.path("metadata").path(field.getKey()).asText("");
            String after = converted.path("metadata").path(field.getKey()).asText("");
            if (!before.equals(after)) {
                throw new Unusable("returned invalid object: must have the same " + field.getValue() + ": " + before
                        + " != " + after);
            }
        }
        return restored(original, converted);
    }

    private static ObjectNode restored(ObjectNode original, ObjectNode converted) throws Unusable {
        ObjectNode metadata = original.get("metadata") instanceof ObjectNode before ? before.deepCopy() : Json.object();
        for (String open : List.of("labels", "annotations")) {
            JsonNode value = converted.path("metadata").path(open);
            metadata.remove(open);
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            boolean strings = value.isObject() && value.valueStream().allMatch(JsonNode::isTextual);
            if (!strings) {
                throw new Unusable("returned invalid metadata: metadata." + open + " of input object is malformed");
            }
            checkNames(open, value);
            if (!value.isEmpty()) {
                metadata.set(open, value);
            }
        }
        converted.set("metadata", metadata);
        return converted;
    }

    /** What clients may not write webhooks may not either: an object with such a label could never be changed again. */
    private static void checkNames(String field, JsonNode names) throws Unusable {
        String where = "metadata." + field;
        for (Map.Entry<String, JsonNode> entry : names.properties()) {
            if (field.equals("annotations")) {
                refuse(where, entry.getKey(), Names.qualified(entry.getKey().toLowerCase(Locale.ROOT)));
            } else {
                refuse(where, entry.getKey(), Names.qualified(entry.getKey()));
                refuse(where, entry.getValue().asText(), Names.labelValue(entry.getValue().asText()));
            }
        }
    }

    private static void refuse(String where, String said, List<String> wrong) throws Unusable {
        if (!wrong.isEmpty()) {
            throw new Unusable("returned invalid metadata: " + where + ": "
                    + FieldError.invalid(where, said, wrong.get(0)).message());
        }
    }
}
