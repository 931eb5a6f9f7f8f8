package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An AdmissionReview as a webhook is sent it. {@code admission.k8s.io/v1} and {@code v1beta1} say the same.
 *
 * <p>Source: apiserver {@code pkg/admission/plugin/webhook/request/admissionreview.go}.
 */
final class Review {
    static final String GROUP = "admission.k8s.io/";
    private static final Set<String> KNOWN = Set.of("v1", "v1beta1");

    private Review() {}

    /** The first version that the webhook accepts and we know; null for none. */
    static @Nullable String version(List<String> accepted) {
        for (String version : accepted) {
            if (KNOWN.contains(version)) {
                return version;
            }
        }
        return null;
    }

    /** @param object and {@code oldObject}: in the version that the webhook wants */
    static Bytes question(String version, String uid, Invocation invocation, Attributes asked,
            @Nullable ObjectNode object, @Nullable ObjectNode oldObject) {
        ObjectNode review = Json.object().put("kind", "AdmissionReview").put("apiVersion", GROUP + version);
        ObjectNode request = request(uid, invocation, asked);
        request.set("object", object);
        request.set("oldObject", oldObject);
        review.set("request", request);
        return Bytes.of(Json.bytes(review));
    }

    /** All but the objects; conditions see it as {@code request}. @param uid empty for none */
    static ObjectNode request(String uid, Invocation invocation, Attributes asked) {
        ObjectNode request = Json.object();
        text(request, "uid", uid);
        request.set("kind", kind(invocation.kind()));
        request.set("resource", resource(invocation.resource()));
        text(request, "subResource", asked.subresource());
        request.set("requestKind", kind(asked.kind()));
        request.set("requestResource", resource(asked.resource()));
        text(request, "requestSubResource", asked.subresource());
        text(request, "name", asked.name());
        text(request, "namespace", asked.namespace());
        request.put("operation", asked.operation().name());
        request.set("userInfo", user(asked));
        request.put("dryRun", asked.dryRun());
        request.set("options", asked.options().isEmpty() ? null : asked.options());
        return request;
    }

    private static ObjectNode user(Attributes asked) {
        ObjectNode user = Json.object();
        text(user, "username", asked.user().name());
        if (!asked.user().groups().isEmpty()) {
            ArrayNode groups = user.putArray("groups");
            asked.user().groups().forEach(groups::add);
        }
        return user;
    }

    private static ObjectNode kind(GroupVersionKind kind) {
        return Json.object().put("group", kind.group()).put("version", kind.version()).put("kind", kind.kind());
    }

    private static ObjectNode resource(GroupVersionResource resource) {
        return Json.object().put("group", resource.group()).put("version", resource.version()).put("resource",
                resource.resource());
    }

    private static void text(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }

    /** A list's texts; empty for what is none. */
    static List<String> texts(JsonNode list) {
        return list.valueStream().filter(JsonNode::isTextual).map(JsonNode::asText).toList();
    }
}
