package dev.xebec.gateway.request;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.model.object.GoString;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request with all that the pipeline has found out about it. Immutable.
 *
 * @param auditId names the request in logs and in the {@code Audit-Id} header
 * @param upgrade the protocol that the client asks for in {@code Upgrade}, lower-case; empty for none
 * @param wire the connection that it came over
 */
public record Call(ApiRequest request, RequestInfo info, String auditId, String upgrade, Wire wire) {

    /** Stands between the values of a repeated parameter: the one character that no command's argument can have. */
    public static final char WORD_END = '\0';

    public Call(ApiRequest request, RequestInfo info, String auditId, String upgrade) {
        this(request, info, auditId, upgrade, Wire.NONE);
    }

    /** The same, as if another verb had been asked for: for what needs a second right. */
    public Call as(Verb verb) {
        return new Call(request, new RequestInfo(verb, info.path(), info.resource(), info.kind(), info.namespace(),
                info.name(), info.subresource(), info.subpath()), auditId, upgrade, wire);
    }

    /** The same with its body, which comes behind all else. */
    public Call with(Bytes body) {
        return new Call(new ApiRequest(request.method(), request.path(), request.query(), request.contentType(),
                request.accept(), body, request.user(), request.userAgent()), info, auditId, upgrade, wire);
    }

    public ApiRequest.User user() {
        return request.user();
    }

    public Bytes body() {
        return request.body();
    }

    /** A query parameter; empty where it is missing. */
    public String query(String name) {
        String value = request.query().get(name);
        return value == null ? "" : value;
    }

    /** A boolean query parameter as Kubernetes reads it: present and neither {@code false} nor {@code 0}. */
    public boolean flag(String name) {
        @Nullable
        String value = request.query().get(name);
        return value != null && !value.equalsIgnoreCase("false") && !value.equals("0");
    }

    /** A number; null where it is missing, 400 in Go's words where it is none. */
    public @Nullable Long number(String name) {
        String value = query(name);
        if (value.isEmpty()) {
            return null;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException malformed) {
            throw new RejectedException(Status.badRequest("strconv.ParseInt: parsing " + GoString.quoted(value) + ": "
                    + (value.matches("[+-]?[0-9]+") ? "value out of range" : "invalid syntax")));
        }
    }

    /** The values of a parameter that may be repeated, in order; empty where it is missing. */
    public List<String> words(String name) {
        @Nullable
        String value = request.query().get(name);
        return value == null ? List.of() : List.of(value.split(String.valueOf(WORD_END), -1));
    }

    public boolean wantsWebSocket() {
        return upgrade.equals("websocket");
    }
}
