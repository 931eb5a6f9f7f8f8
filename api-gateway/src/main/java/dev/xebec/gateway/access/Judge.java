package dev.xebec.gateway.access;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.pipeline.Authorizer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.RequestInfoParser;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import java.util.Locale;
import java.util.Map;

/** Asks the authorizer what it would say to a request that nobody has made. */
final class Judge {
    private final RequestInfoParser parser;
    private final Authorizer authorizer;

    Judge(RequestInfoParser parser, Authorizer authorizer) {
        this.parser = parser;
        this.authorizer = authorizer;
    }

    /** The status of an access review. */
    ObjectNode verdict(ApiRequest.User user, Question question) {
        Status refused = authorizer.refuse(call(user, question));
        ObjectNode status = Json.object().put("allowed", refused == null);
        return refused == null ? status : status.put("reason", refused.message());
    }

    /** The status of a rules review: one rule for those who may do everything. */
    ObjectNode rules(ApiRequest.User user, String namespace) {
        boolean everything = authorizer
                .refuse(call(user, new Question("*", "/apis/*/*/namespaces/" + namespace + "/*/*"))) == null
                && authorizer.refuse(call(user, new Question("*", "/*"))) == null;
        ObjectNode status = Json.object().put("incomplete", !everything);
        ArrayNode resources = status.putArray("resourceRules");
        ArrayNode others = status.putArray("nonResourceRules");
        if (everything) {
            ObjectNode rule = resources.addObject();
            rule.putArray("verbs").add("*");
            rule.putArray("apiGroups").add("*");
            rule.putArray("resources").add("*");
            ObjectNode other = others.addObject();
            other.putArray("verbs").add("*");
            other.putArray("nonResourceURLs").add("*");
        } else {
            status.put("evaluationError", "the server cannot list rules of users with partial access");
        }
        return status;
    }

    private Call call(ApiRequest.User user, Question question) {
        boolean watch = question.verb().equals("watch");
        ApiRequest request = new ApiRequest(method(question.verb()), question.path(),
                watch ? Map.of("watch", "true") : Map.of(), "", "", Bytes.EMPTY, user, "");
        return new Call(request, parser.parse(request), "", "");
    }

    private static String method(String verb) {
        return switch (verb) {
            case "get", "list", "watch" -> "GET";
            case "create" -> "POST";
            case "update" -> "PUT";
            case "delete", "deletecollection" -> "DELETE";
            default -> verb.toUpperCase(Locale.ROOT);
        };
    }
}
