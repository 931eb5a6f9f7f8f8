package dev.xebec.model.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A refused request's answer, as {@code meta/v1 Status}. Built here and nowhere else, so that codes, reasons and
 * messages are the ones that clients match on.
 *
 * @param code HTTP status code
 * @param reason machine-readable reason, empty where Kubernetes gives none
 * @param group the API group of {@code details}, empty for core
 * @param kind {@code details.kind}: the resource's plural, or the Kind for {@code Invalid}
 * @param name {@code details.name}
 * @param retryAfterSeconds 0 for none; also sent as the {@code Retry-After} header
 *
 * <p>Source: apimachinery {@code api/errors/errors.go}.
 */
public record Status(int code, String reason, String message, String group, String kind, String name, String uid,
        List<Cause> causes, int retryAfterSeconds) {

    /** One of {@code details.causes}. */
    public record Cause(String reason, String message, String field) {}

    private static Status plain(int code, String reason, String message) {
        return new Status(code, reason, message, "", "", "", "", List.of(), 0);
    }

    private static Status about(int code, String reason, GroupVersionResource resource, String name, String message) {
        return new Status(code, reason, message, resource.group(), resource.resource(), name, "", List.of(), 0);
    }

    public static Status notFound(GroupVersionResource resource, String name) {
        return about(404, "NotFound", resource, name, resource.groupResource() + " \"" + name + "\" not found");
    }

    /** An unknown path. */
    public static Status noSuchPath() {
        return plain(404, "NotFound", "the server could not find the requested resource");
    }

    /** A path that is no API's at all; HTTP clients get the bare text. Source: Go's {@code net/http}, NotFound. */
    public static Status noPage() {
        return plain(404, "NotFound", "404 page not found");
    }

    public static Status alreadyExists(GroupVersionResource resource, String name) {
        return about(409, "AlreadyExists", resource, name,
                resource.groupResource() + " \"" + name + "\" already exists");
    }

    /** Every name that was made up was taken; the next try may have more luck. */
    public static Status noNameGenerated(GroupVersionResource resource, String name) {
        return about(409, "AlreadyExists", resource, name, resource.groupResource() + " \"" + name
                + "\" already exists, the server was not able to generate a unique name for the object").retryAfter(1);
    }

    /** A create that meets an object which is on its way out. */
    public static Status beingDeleted(GroupVersionResource resource, String name) {
        return about(409, "AlreadyExists", resource, name,
                "object is being deleted: " + resource.groupResource() + " \"" + name + "\" already exists");
    }

    public static Status conflict(GroupVersionResource resource, String name, String detail) {
        return about(409, "Conflict", resource, name,
                "Operation cannot be fulfilled on " + resource.groupResource() + " \"" + name + "\": " + detail);
    }

    public static Status staleRevision(GroupVersionResource resource, String name) {
        return conflict(resource, name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static Status invalid(GroupVersionKind kind, String name, List<FieldError> errors) {
        String list = errors.size() == 1
                ? errors.get(0).toString()
                : errors.stream().map(FieldError::toString).collect(Collectors.joining(", ", "[", "]"));
        String group = kind.group().isEmpty() ? kind.kind() : kind.kind() + "." + kind.group();
        return new Status(422, "Invalid", group + " \"" + name + "\" is invalid: " + list, kind.group(), kind.kind(),
                name, "", errors.stream().map(error -> new Cause(error.type().reason(), error.message(), error.field()))
                        .toList(),
                0);
    }

    public static Status badRequest(String message) {
        return plain(400, "BadRequest", message);
    }

    public static Status unauthorized() {
        return plain(401, "Unauthorized", "Unauthorized");
    }

    public static Status forbidden(GroupVersionResource resource, String name, String detail) {
        return about(403, "Forbidden", resource, name, name.isEmpty()
                ? resource.groupResource() + " is forbidden: " + detail
                : resource.groupResource() + " \"" + name + "\" is forbidden: " + detail);
    }

    /** For a path that is about no resource. @param verb the method's name in lower case */
    public static Status forbiddenPath(String user, String verb, String path) {
        return plain(403, "Forbidden", "forbidden: User \"" + user + "\" cannot " + verb + " path \"" + path + "\"");
    }

    public static Status methodNotAllowed(String verb, GroupVersionResource resource) {
        return about(405, "MethodNotAllowed", resource, "",
                verb + " is not supported on resources of kind \"" + resource.groupResource() + "\"");
    }

    /** A path that is there, and has no route for this method. */
    public static Status noSuchMethod() {
        return plain(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    public static Status notAcceptable(List<String> supported) {
        return plain(406, "NotAcceptable",
                "only the following media types are accepted: " + String.join(", ", supported));
    }

    public static Status unsupportedMediaType(List<String> supported) {
        return plain(415, "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + String.join(", ", supported));
    }

    /** What no route of the path consumes. Source: go-restful. */
    public static Status notConsumed() {
        return plain(415, "UnsupportedMediaType", "415: Unsupported Media Type");
    }

    /** A route that answers in none of the forms that are asked for. Source: go-restful {@code curly.go}. */
    public static Status notProduced(List<String> available) {
        return plain(406, "NotAcceptable",
                "406: Not Acceptable\n\nAvailable representations: " + String.join(", ", available));
    }

    public static Status tooLarge(String detail) {
        return plain(413, "RequestEntityTooLarge", "Request entity too large: " + detail);
    }

    /** A revision that has been compacted: the client has to list again. */
    public static Status expired(String message) {
        return plain(410, "Expired", message);
    }

    public static Status tooManyRequests(String message, int retryAfterSeconds) {
        return plain(429, "TooManyRequests", message).retryAfter(retryAfterSeconds);
    }

    public static Status unavailable(String message) {
        return plain(503, "ServiceUnavailable", message).retryAfter(1);
    }

    public static Status timeout(String message, int retryAfterSeconds) {
        return plain(504, "Timeout", "Timeout: " + message).retryAfter(retryAfterSeconds);
    }

    /** A revision that is not reached yet. Source: apiserver {@code storage/errors.go}. */
    public static Status revisionTooLarge(long asked, long current) {
        return timeout("Too large resource version: " + asked + ", current: " + current, 1)
                .cause("ResourceVersionTooLarge", "Too large resource version", "");
    }

    /** Our own fault; the message tells a user nothing that is not his. */
    public static Status internalError(String message) {
        return plain(500, "InternalError", "Internal error occurred: " + message);
    }

    /** What Kubernetes has no reason for. Source: apiserver {@code responsewriters/status.go}. */
    public static Status unexpected(String message) {
        return plain(500, "", message);
    }

    /** Server-side apply met fields of others. */
    public static Status applyConflict(String message, List<Cause> causes) {
        return new Status(409, "Conflict", message, "", "", "", "", List.copyOf(causes), 0);
    }

    public Status retryAfter(int seconds) {
        return new Status(code, reason, message, group, kind, name, uid, causes, seconds);
    }

    public Status cause(String causeReason, String causeMessage, String field) {
        List<Cause> more = new java.util.ArrayList<>(causes);
        more.add(new Cause(causeReason, causeMessage, field));
        return new Status(code, reason, message, group, kind, name, uid, List.copyOf(more), retryAfterSeconds);
    }

    /** Answers about a path, not about an object, have details that say nothing. */
    private boolean generic() {
        return code == 404 || code == 405 || equals(notConsumed()) || (code == 406 && message.startsWith("406: "))
                || (code == 422 && kind.isEmpty());
    }

    /** Whether this is {@link #noSuchPath()}. */
    public boolean isNoSuchPath() {
        return equals(noSuchPath());
    }

    /** Whether this is {@link #noPage()}. */
    public boolean isNoPage() {
        return equals(noPage());
    }

    /** The {@code v1 Status} object. */
    public ObjectNode toTree() {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        ObjectNode details = Json.object();
        putIf(details, "name", name);
        putIf(details, "group", group);
        putIf(details, "kind", kind);
        putIf(details, "uid", uid);
        if (!causes.isEmpty()) {
            ArrayNode list = details.putArray("causes");
            for (Cause cause : causes) {
                ObjectNode one = list.addObject();
                putIf(one, "reason", cause.reason());
                putIf(one, "message", cause.message());
                putIf(one, "field", cause.field());
            }
        }
        if (retryAfterSeconds > 0) {
            details.put("retryAfterSeconds", retryAfterSeconds);
        }
        if (!details.isEmpty() || generic()) {
            status.set("details", details);
        }
        return status.put("code", code);
    }

    /** Reads back what {@link #toTree()} or another API server wrote. */
    public static Status parse(ObjectNode tree) {
        var details = tree.path("details");
        List<Cause> causes = new java.util.ArrayList<>();
        details.path("causes").forEach(cause -> causes.add(new Cause(cause.path("reason").asText(""),
                cause.path("message").asText(""), cause.path("field").asText(""))));
        return new Status(tree.path("code").asInt(500), tree.path("reason").asText(""), tree.path("message").asText(""),
                details.path("group").asText(""), details.path("kind").asText(""), details.path("name").asText(""),
                details.path("uid").asText(""), List.copyOf(causes), details.path("retryAfterSeconds").asInt(0));
    }

    private static void putIf(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }
}
