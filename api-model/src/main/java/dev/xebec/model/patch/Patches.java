package dev.xebec.model.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;

/**
 * Applies a patch to an object: each function leaves the object and the patch as they are and returns a new tree.
 * Throws {@link RejectedException} with the Status that Kubernetes gives.
 */
public final class Patches {
    /** Operations of one JSON patch. Source: apiserver {@code endpoints/handlers/patch.go}. */
    public static final int MAX_JSON_PATCH_OPERATIONS = 10_000;
    /** Bytes that the copy operations of one JSON patch may add (CVE-2019-1002100). */
    public static final int MAX_JSON_PATCH_COPIED_BYTES = 3 * 1024 * 1024;

    private Patches() {}

    /** RFC 6902, {@code application/json-patch+json}. */
    public static ObjectNode json(ObjectNode object, JsonNode patch) {
        return JsonPatch.apply(object, patch);
    }

    /** RFC 7386, {@code application/merge-patch+json}. */
    public static ObjectNode merge(ObjectNode object, JsonNode patch) {
        if (patch.isNull()) {
            throw malformed("Invalid JSON Patch");
        }
        if (!patch.isObject()) {
            throw malformed("error decoding patch: json: cannot unmarshal " + jsonType(patch)
                    + " into Go value of type map[string]interface {}");
        }
        return MergePatch.apply(object, (ObjectNode) patch);
    }

    /** {@code application/strategic-merge-patch+json}: lists merge by the keys that the schema names. */
    public static ObjectNode strategic(Schema.Struct schema, ObjectNode object, ObjectNode patch) {
        return StrategicMerge.apply(schema, object, patch);
    }

    static RejectedException malformed(String message) {
        return new RejectedException(Status.badRequest(message));
    }

    /** What Kubernetes has no code for: 500. Source: apiserver, interpretStrategicMergePatchError. */
    static RejectedException confused(String message) {
        return new RejectedException(Status.unexpected(message));
    }

    /** What a patch asks for cannot be done. Source: apiserver {@code endpoints/handlers/patch.go}. */
    static RejectedException unprocessable(String detail) {
        return new RejectedException(new Status(422, "Invalid",
                "the server rejected our request due to an error in our request", "", "", "", "", List.of(), 0),
                detail);
    }

    static String jsonType(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case STRING, BINARY -> "string";
            case OBJECT, POJO -> "object";
            case MISSING, NULL -> "null";
        };
    }
}
