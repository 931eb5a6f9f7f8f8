package dev.xebec.gateway.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody would do: a verb on a path.
 *
 * @param verb in the words of authorization, such as {@code list}, or of HTTP where the path is of no resource
 * @param path the URL's path that a request would have; {@code *} may stand for any group, resource or name
 */
record Question(String verb, String path) {

    /** Reads a review's spec, which has to have attributes of one of the two sorts. */
    static Question of(ObjectNode review) {
        JsonNode resource = review.path("spec").path("resourceAttributes");
        JsonNode other = review.path("spec").path("nonResourceAttributes");
        if (resource.isObject() == other.isObject()) {
            throw invalid(review, resource.isObject()
                    ? FieldError.invalid("spec.nonResourceAttributes", "",
                            "cannot be specified in combination with resourceAttributes")
                    : FieldError.invalid("spec.resourceAttributes", "",
                            "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        return resource.isObject()
                ? new Question(text(resource, "verb"), path(resource))
                : new Question(text(other, "verb"), text(other, "path"));
    }

    /** A LocalSubjectAccessReview's: about its own namespace only. */
    static Question within(String namespace, ObjectNode review) {
        JsonNode attributes = review.path("spec").path("resourceAttributes");
        if (review.path("spec").path("nonResourceAttributes").isObject()) {
            throw invalid(review, FieldError.invalid("spec.nonResourceAttributes", "",
                    "disallowed on this kind of request"));
        }
        if (!text(attributes, "namespace").equals(namespace)) {
            throw invalid(review, FieldError.invalid("spec.resourceAttributes.namespace", text(attributes, "namespace"),
                    "must match metadata.namespace"));
        }
        return of(review);
    }

    /** About whom a review asks. */
    static ApiRequest.User subject(ObjectNode review) {
        JsonNode spec = review.path("spec");
        List<String> groups = new ArrayList<>();
        spec.path("groups").forEach(group -> groups.add(group.asText()));
        String user = text(spec, "user");
        if (user.isEmpty() && groups.isEmpty()) {
            throw invalid(review,
                    FieldError.invalid("spec.user", "", "at least one of user or group must be specified"));
        }
        return new ApiRequest.User(user, List.copyOf(groups));
    }

    /** A SelfSubjectRulesReview's namespace. */
    static String rulesNamespace(ObjectNode review) {
        String namespace = text(review.path("spec"), "namespace");
        if (namespace.isEmpty()) {
            throw new RejectedException(Status.badRequest("no namespace on request"));
        }
        return namespace;
    }

    private static String path(JsonNode attributes) {
        String version = text(attributes, "version");
        String group = text(attributes, "group");
        StringBuilder path = new StringBuilder(group.isEmpty() ? "/api" : "/apis/" + group);
        path.append('/').append(version.isEmpty() ? "*" : version);
        if (!text(attributes, "namespace").isEmpty()) {
            path.append("/namespaces/").append(text(attributes, "namespace"));
        }
        for (String part : List.of("resource", "name", "subresource")) {
            boolean anyName = part.equals("name") && !text(attributes, "subresource").isEmpty();
            String value = text(attributes, part);
            if (!value.isEmpty() || anyName) {
                path.append('/').append(value.isEmpty() ? "*" : value);
            }
        }
        return path.toString();
    }

    private static RejectedException invalid(ObjectNode review, FieldError error) {
        return new RejectedException(Status.invalid(
                new GroupVersionKind("authorization.k8s.io", "v1", review.path("kind").asText()), "", List.of(error)));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.asText() : "";
    }
}
