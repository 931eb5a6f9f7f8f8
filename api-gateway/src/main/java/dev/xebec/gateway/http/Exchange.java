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
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Requests of one event loop: from headers and body to a call, and from an answer back to the socket. */
final class Exchange {
    /** How long a request that is no watch may take, from its first byte. */
    static final long TIMEOUT_MILLIS = 60_000;
    private static final String BEARER = "bearer ";

    private final Pipeline pipeline;
    private final Authenticator authenticator;
    private final RequestLog log;
    private final BodyBudget bodies;
    private final long timeoutMillis;
    private final OpenConnections connections;

    /** @param bodies shared by all event loops */
    Exchange(Pipeline pipeline, Authenticator authenticator, RequestLog log, BodyBudget bodies, long timeoutMillis,
            OpenConnections connections) {
        this.connections = connections;
        this.pipeline = pipeline;
        this.authenticator = authenticator;
        this.log = log;
        this.bodies = bodies;
        this.timeoutMillis = timeoutMillis;
    }

    void begin(HttpServerRequest request) {
        connections.asked(request);
        Reply reply = new Reply(request, newAuditId(), System.nanoTime(), log, connections);
        String method = request.method().name();
        String upgrade = upgrade(request);
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
        HttpWire wire = new HttpWire(request);
        Call early = understood(request, reply, user, upgrade, wire);
        if (early == null) {
            return;
        }
        if (!user.name().isEmpty() && pipeline.longRunning(early)) {
            wire.hold();
            reply.holds(wire);
            run(reply, early, bodies.share());
            return;
        }
        long limit;
        try {
            limit = RequestDeadline.millis(early, timeoutMillis);
        } catch (RejectedException refused) {
            reply.refuse(refused.status());
            return;
        }
        if (!hasBody) {
            if (!upgrade.isEmpty()) {
                request.pause();
            }
            dispatch(reply, early, bodies.share(), limit);
            return;
        }
        if (user.name().isEmpty()) {
            reply.refuse(Status.unauthorized());
            return;
        }
        reply.limit(limit);
        BodyBudget.Share share = bodies.share();
        IncomingBody.read(request, reply, share, body -> {
            Call whole = early.with(body);
            reply.call(whole);
            dispatch(reply, whole, share, limit);
        });
    }

    /** As it is asked for in HTTP/1.1. */
    private static String upgrade(HttpServerRequest request) {
        return header(request, HttpHeaders.UPGRADE).toLowerCase(Locale.ROOT);
    }

    private void dispatch(Reply reply, Call call, BodyBudget.Share share, long limit) {
        Answer atOnce = pipeline.atOnce(call);
        if (atOnce != null) {
            share.giveBack();
            reply.send(atOnce);
            return;
        }
        reply.limit(limit);
        run(reply, call, share);
    }

    private void run(Reply reply, Call call, BodyBudget.Share share) {
        Context loop = Vertx.currentContext();
        Thread.ofVirtual().name("request").start(() -> {
            Answer answer;
            try {
                answer = pipeline.handle(call);
            } finally {
                share.giveBack();
            }
            loop.runOnContext(ignored -> reply.send(answer));
        });
    }

    /** Null where it is refused already. */
    private @Nullable Call understood(HttpServerRequest request, Reply reply, ApiRequest.User user, String upgrade,
            HttpWire wire) {
        String path = request.path();
        if (path == null || request.uri() == null) {
            reply.refuse(Status.badRequest("the request has no path"));
            return null;
        }
        Map<String, String> query;
        try {
            path = Urls.decodePath(path);
            query = Urls.query(request.query());
        } catch (IllegalArgumentException malformed) {
            reply.refuse(Status.badRequest("malformed URL: " + malformed.getMessage()));
            return null;
        }
        ApiRequest asked = new ApiRequest(request.method().name(), path, query,
                header(request, HttpHeaders.CONTENT_TYPE),
                header(request, HttpHeaders.ACCEPT), Bytes.EMPTY, user, header(request, HttpHeaders.USER_AGENT));
        Call call = pipeline.call(asked, reply.auditId(), upgrade, wire);
        reply.call(call);
        return call;
    }

    /** Null where a credential was shown that is not valid. */
    private ApiRequest.@Nullable User user(HttpServerRequest request) {
        String authorization = header(request, HttpHeaders.AUTHORIZATION);
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authenticator.authenticate(authorization.substring(BEARER.length()).strip());
        }
        HttpConnection connection = request.connection();
        return connections.user(connection, () -> {
            ApiRequest.User found = connection.isSsl() ? ClientCertificates.user(connection.sslSession()) : null;
            return found == null ? Authenticator.ANONYMOUS : found;
        });
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
