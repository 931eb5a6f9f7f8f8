package dev.xebec.gateway.http;

import dev.xebec.contracts.api.ApiRequest;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.ShutdownEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop, and how they end in good order: over HTTP/2 the client is told to open no more streams,
 * over HTTP/1.1 that this answer is the connection's last. Vert.x by itself drops requests that are on their way by then.
 * Only touched by its event loop.
 */
final class OpenConnections {
    /** A stream id as high as there is: whatever the client has sent before it hears of the end is still served. */
    private static final int ANY_STREAM = Integer.MAX_VALUE;
    private static final short GOING_AWAY = 1001;
    private static final long LOOK_MILLIS = 25;
    /** Between the two words that end an HTTP/2 connection. */
    private static final Duration LATE = Duration.ofMillis(500);
    /** Between the end of an HTTP/2 connection's last stream and its own. */
    private static final long LINGER_MILLIS = 1_000;

    private final Vertx vertx;
    /** Those that speak HTTP. */
    private final Map<HttpConnection, Known> open = new HashMap<>();
    private final Set<ServerWebSocket> sockets = new HashSet<>();
    private @Nullable Farewell farewell;

    /** What is known of a connection. */
    private static final class Known {
        /** Whose certificate was shown. */
        private ApiRequest.@Nullable User user;
        /** The last request's answer. */
        private @Nullable HttpServerResponse last;

        /** Looks one after the other that have found it idle. */
        private int idleLooks;

        boolean idle() {
            return last == null || last.ended();
        }
    }

    OpenConnections(Vertx vertx) {
        this.vertx = vertx;
    }

    /** A connection that is made. */
    void opened(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            base.channel().pipeline().addFirst(new ShutdownFilter());
        }
        open.put(connection, new Known());
        connection.closeHandler(closed -> open.remove(connection));
        if (farewell != null && connection.protocolVersion() == HttpVersion.HTTP_2) {
            goAway(connection, farewell);
        }
    }

    void asked(HttpServerRequest request) {
        Known known = open.get(request.connection());
        if (known != null) {
            known.last = request.response();
        }
    }

    /** Who has shown his certificate, read when it is asked for first. */
    ApiRequest.User user(HttpConnection connection, Supplier<ApiRequest.User> shown) {
        Known known = open.get(connection);
        if (known == null) {
            return shown.get();
        }
        ApiRequest.User user = known.user;
        if (user == null) {
            user = shown.get();
            known.user = user;
        }
        return user;
    }

    /** To be called before an answer's head is written. */
    void answering(HttpServerRequest request) {
        Farewell said = farewell;
        if (said != null && request.version() != HttpVersion.HTTP_2 && open.containsKey(request.connection())) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            request.connection().shutdown(said.grace());
        }
    }

    /** A connection that leaves HTTP; what becomes of it is its session's affair. */
    void upgraded(HttpServerRequest request) {
        open.remove(request.connection());
    }

    /** @param request which it began with */
    void opened(HttpServerRequest request, ServerWebSocket socket) {
        if (request.connection() instanceof ConnectionBase base) {
            sockets.add(socket);
            base.channel().closeFuture().addListener(closed -> sockets.remove(socket));
        }
    }

    /** Ends all connections, each as soon as it is without harm, those of the future too. */
    void leave(Farewell said) {
        farewell = said;
        Map.copyOf(open).keySet().stream().filter(connection -> connection.protocolVersion() == HttpVersion.HTTP_2)
                .forEach(connection -> goAway(connection, said));
        long looks = Math.ceilDiv(said.spread().toMillis(), LOOK_MILLIS);
        endIdle(said, looks);
        vertx.setPeriodic(LOOK_MILLIS, again -> endIdle(said, looks));
        after(said.grace(), () -> List.copyOf(sockets).forEach(socket -> socket.close(GOING_AWAY,
                "the server shuts down")));
    }

    /**
     * Over HTTP/1.1 the next request may be on its way when an answer ends that did not say it was the last, such as a watch's.
     * So only what has been idle for a while ends of itself.
     */
    private void endIdle(Farewell said, long looks) {
        Map.copyOf(open).forEach((connection, known) -> {
            if (connection.protocolVersion() == HttpVersion.HTTP_2) {
                return;
            }
            known.idleLooks = known.idle() ? known.idleLooks + 1 : 0;
            if (known.idleLooks > looks) {
                connection.shutdown(said.grace());
            }
        });
    }

    private void after(Duration delay, Runnable task) {
        if (delay.isZero()) {
            task.run();
        } else {
            vertx.setTimer(delay.toMillis(), due -> task.run());
        }
    }

    /**
     * Twice: first so that the client stops, then, once its answer to a ping proves that it has heard, with the last stream
     * that there is. In between some time passes: what a client had made up its mind to send before it heard comes late, and not
     * every client asks again when it is refused by the second word. Source: RFC 9113, 6.8.
     */
    private void goAway(HttpConnection connection, Farewell said) {
        connection.goAway(0, ANY_STREAM);
        Duration late = said.spread().isZero() ? Duration.ZERO : LATE;
        connection.ping(Buffer.buffer(new byte[Long.BYTES])).onComplete(heard -> after(late, () -> {
            if (open.containsKey(connection)) {
                connection.goAway(0, -1);
                closeWhenQuiet(connection, said);
            }
        }));
    }

    /**
     * Some time after the last answer: clients that find the connection closed while they read take the answer for cut off,
     * and what they have sent too late is to be refused by the word above and not by a reset. Source: Go's
     * {@code net/http/h2_bundle.go}, which waits as long.
     */
    private void closeWhenQuiet(HttpConnection connection, Farewell said) {
        if (!open.containsKey(connection)) {
            return;
        }
        if (streams(connection) > 0) {
            vertx.setTimer(LOOK_MILLIS, again -> closeWhenQuiet(connection, said));
        } else if (said.spread().isZero()) {
            connection.close();
        } else {
            vertx.setTimer(LINGER_MILLIS, late -> closeUnlessAsked(connection, said));
        }
    }

    /** A client may have asked after it was told, and may count on it. */
    private void closeUnlessAsked(HttpConnection connection, Farewell said) {
        if (streams(connection) > 0) {
            closeWhenQuiet(connection, said);
        } else {
            connection.close();
        }
    }

    private static int streams(HttpConnection connection) {
        return connection instanceof ConnectionBase base
                && base.channel().pipeline().get(Http2ConnectionHandler.class) instanceof Http2ConnectionHandler handler
                        ? handler.connection().numActiveStreams()
                        : 0;
    }

    /** Keeps the server's word that it shuts down from connections, which would take it for themselves at once. */
    private static final class ShutdownFilter extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (!(event instanceof ShutdownEvent)) {
                super.userEventTriggered(context, event);
            }
        }
    }
}
