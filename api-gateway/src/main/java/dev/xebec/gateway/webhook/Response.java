package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a webhook's answer. What is not one is a failure of the webhook, never an allowance.
 *
 * <p>Source: apiserver {@code pkg/admission/plugin/webhook/request/admissionreview.go}, VerifyAdmissionResponse, and
 * {@code …/webhook/errors/statuserror.go}.
 */
final class Response {
    private static final int UNAVAILABLE = 503;
    private static final int BAD_REQUEST = 400;

    private Response() {}

    static Verdict read(String webhook, String version, String uid, Bytes body, boolean mutating) {
        ObjectNode review;
        try {
            review = Json.parseObject(body.array());
        } catch (IllegalArgumentException malformed) {
            return new Verdict.Failed("failed to call webhook: couldn't get version/kind; json parse error: "
                    + firstLine(malformed.getMessage()), UNAVAILABLE);
        }
        String apiVersion = review.path("apiVersion").asText("");
        String kind = review.path("kind").asText("");
        if (!kind.isEmpty() && !kind.equals("AdmissionReview")) {
            return new Verdict.Failed("failed to call webhook: converting (" + apiVersion + "." + kind
                    + ") to (" + version + ".AdmissionReview): unknown conversion", UNAVAILABLE);
        }
        JsonNode response = review.path("response");
        String wrong = !response.isObject()
                ? "webhook response was absent"
                : version.equals("v1") ? wrong(review, response, uid, mutating) : null;
        if (wrong != null) {
            return invalid(wrong);
        }
        if (!response.path("allowed").asBoolean(false)) {
            return new Verdict.Denied(denied(webhook, response.path("status")),
                    Review.texts(response.path("warnings")));
        }
        return mutating
                ? patched(response)
                : new Verdict.Allowed(null, Review.texts(response.path("warnings")));
    }

    /** What the first version of the form did not ask for and v1 does. */
    private static @Nullable String wrong(ObjectNode review, JsonNode response, String uid, boolean mutating) {
        if (!response.path("uid").asText("").equals(uid)) {
            return "expected response.uid=\"" + uid + "\", got \"" + response.path("uid").asText("") + "\"";
        }
        String apiVersion = review.path("apiVersion").asText("");
        String kind = review.path("kind").asText("");
        if (!apiVersion.equals("admission.k8s.io/v1") || kind.isEmpty()) {
            return "expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got "
                    + (apiVersion.isEmpty() ? "/" : apiVersion) + ", Kind=" + kind;
        }
        boolean patch = !response.path("patch").asText("").isEmpty() && !response.path("patch").isNull();
        JsonNode type = response.path("patchType");
        boolean typed = !type.isMissingNode() && !type.isNull();
        if (!mutating) {
            return patch
                    ? "validating webhook may not return response.patch"
                    : typed ? "validating webhook may not return response.patchType" : null;
        }
        if (patch != typed) {
            return patch
                    ? "webhook returned response.patch but not response.patchType"
                    : "webhook returned response.patchType but not response.patch";
        }
        return typed && type.asText().isEmpty() ? "webhook returned invalid response.patchType of \"\"" : null;
    }

    private static Verdict patched(JsonNode response) {
        JsonNode patch = response.path("patch");
        if (!patch.isTextual() || patch.asText().isEmpty()) {
            return new Verdict.Allowed(null, Review.texts(response.path("warnings")));
        }
        String type = response.path("patchType").asText("JSONPatch");
        if (!type.equals("JSONPatch")) {
            return new Verdict.Failed("unsupported patch type \"" + type + "\"", BAD_REQUEST);
        }
        try {
            JsonNode operations = Json.parse(patch.binaryValue());
            if (!operations.isArray()) {
                return undecodable("json: cannot unmarshal " + (operations.isObject() ? "object" : "value")
                        + " into Go value of type jsonpatch.Patch");
            }
            return new Verdict.Allowed(operations.isEmpty() ? null : operations,
                    Review.texts(response.path("warnings")));
        } catch (IOException notBase64) {
            return new Verdict.Failed("failed to call webhook: illegal base64 data in response.patch", UNAVAILABLE);
        } catch (IllegalArgumentException malformed) {
            return undecodable(firstLine(malformed.getMessage()));
        }
    }

    private static Verdict undecodable(String why) {
        return new Verdict.Failed("received undecodable patch in webhook response: " + why, UNAVAILABLE);
    }

    private static Verdict invalid(String why) {
        return new Verdict.Failed("received invalid webhook response: " + why, UNAVAILABLE);
    }

    /** The webhook's own status with who says it in front; never one of success. */
    private static Status denied(String webhook, JsonNode result) {
        Status said = Status.parse(result instanceof ObjectNode status ? status : Json.object());
        int code = Math.max(BAD_REQUEST, result.path("code").asInt(BAD_REQUEST));
        String why = !said.message().isEmpty() ? said.message() : said.reason();
        String message = "admission webhook \"" + webhook + "\" denied the request"
                + (why.isEmpty() ? " without explanation" : ": " + why);
        return new Status(code, said.reason(), message, said.group(), said.kind(), said.name(), said.uid(),
                said.causes(), said.retryAfterSeconds());
    }

    private static String firstLine(@Nullable String message) {
        String text = message == null ? "malformed" : message;
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
