package dev.xebec.contracts.api;

import dev.xebec.contracts.Bytes;
import java.util.Map;

/**
 * A Kubernetes API request, whatever carries it: the HTTP door and the bus door hand the same thing to the pipeline.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param path without the query, such as {@code /api/v1/namespaces/default/pods/web}; not percent-encoded
 * @param query query parameters, decoded; the last one wins where a name is repeated
 * @param contentType of the body, empty without one
 * @param accept the Accept header; empty for JSON
 * @param user who asks; over HTTP it is what authentication found
 * @param userAgent becomes the field manager where none is named
 */
public record ApiRequest(String method, String path, Map<String, String> query, String contentType, String accept,
        Bytes body, User user, String userAgent) {

    /** @param groups such as {@code system:masters} */
    public record User(String name, java.util.List<String> groups) {}
}
