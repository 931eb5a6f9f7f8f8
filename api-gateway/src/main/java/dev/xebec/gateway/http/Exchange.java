package dev.xebec.gateway.http;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.authentication.Authenticator;
import dev.xebec.gateway.authentication.ClientCertificates;
import dev.xebec.gateway.authentication.Impersonation;
import dev.xebec.gateway.pipeline.Pipeline;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Requests of one event loop: from headers and body to a call, and from an answer back to the socket. */
final class Exchange {
    /** Bytes of a request's body. Source: apiserver {@code MaxRequestBodyBytes}. */
    static final int MAX_BODY_BYTES = 3 * 1024 * 1024;
    /** How long a request that is no watch may take. */
    static final long TIMEOUT_MILLIS = 60_000;
    private static final String BEARER = "bearer ";

    private final Pipeline pipeline;
    private final Authenticator authenticator;
    private final RequestLog log;
    /** Only touched by this event loop. */
    private final Map<HttpConnection, ApiRequest.User> certified = new HashMap<>();

    Exchange(Pipeline pipeline, Authenticator authenticator, RequestLog log) {
        this.pipeline = pipeline;
        this.authenticator = authenticator;
        this.log = log;
    }

    void begin(HttpServerRequest request) {
        Reply reply = new Reply(request, newAuditId(), System.nanoTime(), log);
        String method = request.method().name();
        String upgrade = method.equals("GET") ? header(request, HttpHeaders.UPGRADE).toLowerCase(Locale.ROOT) : "";
        ApiRequest.User shown = user(request);
        if (shown == null) {
            reply.refuse(Status.unauthorized());
            return;
        }
        ApiRequest.User user;
        try {
            user = Impersonation.of(shown, header(request, Impersonation.USER),
                    request.headers().getAll(Impersonation.GROUP));
        } catch (RejectedException refused) {
            reply.refuse(refused.status());
            return;
        }
        boolean hasBody = !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
        if (!hasBody) {
            if (!upgrade.isEmpty()) {
                request.pause();
            }
            dispatch(request, reply, user, upgrade, Bytes.EMPTY);
            return;
        }
        readBody(request, reply, user, upgrade);
    }

    private void readBody(HttpServerRequest request, Reply reply, ApiRequest.User user, String upgrade) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (reply.answered()) {
                return;
            }
            if (body.length() + chunk.length() > MAX_BODY_BYTES) {
                reply.refuse(Status.tooLarge("limit is " + MAX_BODY_BYTES));
                return;
            }
            body.appendBuffer(chunk);
        });
        request.endHandler(done -> {
            if (!reply.answered()) {
                dispatch(request, reply, user, upgrade, Bytes.of(body.getBytes()));
            }
        });
    }

    private void dispatch(HttpServerRequest request, Reply reply, ApiRequest.User user, String upgrade, Bytes body) {
        String path = request.path();
        if (path == null || request.uri() == null) {
            reply.refuse(Status.badRequest("the request has no path"));
            return;
        }
        Map<String, String> query;
        try {
            path = Urls.decodePath(path);
            query = Urls.query(request.query());
        } catch (IllegalArgumentException malformed) {
            reply.refuse(Status.badRequest("malformed URL: " + malformed.getMessage()));
            return;
        }
        ApiRequest asked = new ApiRequest(request.method().name(), path, query,
                header(request, HttpHeaders.CONTENT_TYPE),
                header(request, HttpHeaders.ACCEPT), body, user, header(request, HttpHeaders.USER_AGENT));
        Call call = pipeline.call(asked, reply.auditId(), upgrade);
        reply.call(call);
        Answer atOnce = pipeline.atOnce(call);
        if (atOnce != null) {
            reply.send(atOnce);
            return;
        }
        reply.limit(TIMEOUT_MILLIS);
        Context loop = Vertx.currentContext();
        Thread.ofVirtual().name("request").start(() -> {
            Answer answer = pipeline.handle(call);
            loop.runOnContext(ignored -> reply.send(answer));
        });
    }

    /** Null where a credential was shown that is not valid. */
    private ApiRequest.@Nullable User user(HttpServerRequest request) {
        String authorization = header(request, HttpHeaders.AUTHORIZATION);
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authenticator.authenticate(authorization.substring(BEARER.length()).strip());
        }
        HttpConnection connection = request.connection();
        ApiRequest.User known = certified.get(connection);
        if (known != null) {
            return known;
        }
        ApiRequest.User found = connection.isSsl() ? ClientCertificates.user(connection.sslSession()) : null;
        ApiRequest.User user = found == null ? Authenticator.ANONYMOUS : found;
        certified.put(connection, user);
        connection.closeHandler(closed -> certified.remove(connection));
        return user;
    }

    private static String header(HttpServerRequest request, CharSequence name) {
        MultiMap headers = request.headers();
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    /** A random UUID's form; it has to be unique, not secret. */
    private static String newAuditId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
    }
}
