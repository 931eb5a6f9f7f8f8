package dev.xebec.gateway.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.http1.Http1ServerConnection;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Map;

/**
 * Takes a connection out of HTTP/1.1 whatever the request's method: Vert.x does so for CONNECT and GET only, and clients of
 * SPDY ask by POST. So the answer is written here, and only what stands behind it comes from inside Vert.x.
 */
final class RawUpgrade {
    private RawUpgrade() {}

    static boolean possible(HttpServerRequest request) {
        return request.connection() instanceof Http1ServerConnection;
    }

    /** On the connection's event loop. */
    static Future<NetSocket> begin(HttpServerRequest request, List<Map.Entry<String, String>> headers) {
        if (!(request.connection() instanceof Http1ServerConnection connection)) {
            return Future.failedFuture("only HTTP/1.1 can be left");
        }
        HttpHeaders sent = new DefaultHttpHeaders();
        headers.forEach(header -> sent.add(header.getKey(), header.getValue()));
        connection.channel().writeAndFlush(
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, sent));
        return connection.netSocket();
    }
}
