package dev.xebec.gateway.http;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Where and how the door listens.
 *
 * @param host the address to bind
 * @param port 0 for any free one
 */
public record Listening(String host, int port, Path certificate, Path key, Path clientCa, int eventLoops) {
    /** Bytes of a request line with its query. */
    static final int MAX_URL_BYTES = 32 * 1024;
    /** Bytes of all headers of a request. */
    static final int MAX_HEADER_BYTES = 64 * 1024;
    /** Streams of one HTTP/2 connection at once. */
    static final int MAX_STREAMS = 1_000;
    /** Streams that a client may reset in 30 seconds before its connection is closed (CVE-2023-44487). */
    static final int MAX_RESETS = 1_000;
    /** Bytes of one WebSocket frame or message from a client. */
    static final int MAX_SOCKET_BYTES = 1024 * 1024;

    /** Everything that any handler agrees on; which one, the handler says. */
    private static final List<String> SOCKET_PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io",
            "v4.base64.channel.k8s.io", "channel.k8s.io", "base64.channel.k8s.io", "SPDY/3.1+portforward.k8s.io");

    HttpServerOptions options(int wantedPort) {
        HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(wantedPort);
        options.setSsl(true).setUseAlpn(true).setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
        options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        options.setKeyCertOptions(
                new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString()));
        options.setTrustOptions(new PemTrustOptions().addCertPath(clientCa.toString()));
        options.setClientAuth(ClientAuth.REQUEST);
        if (OpenSSLEngineOptions.isAvailable() && OpenSSLEngineOptions.isAlpnAvailable()) {
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
        options.setMaxInitialLineLength(MAX_URL_BYTES).setMaxHeaderSize(MAX_HEADER_BYTES);
        options.setInitialSettings(new Http2Settings().setMaxConcurrentStreams(MAX_STREAMS)
                .setMaxHeaderListSize(MAX_HEADER_BYTES).setInitialWindowSize(1024 * 1024));
        options.setHttp2ConnectionWindowSize(4 * 1024 * 1024);
        options.setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS).setHttp2RstFloodWindowDuration(30)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS);
        options.setMaxWebSocketFrameSize(MAX_SOCKET_BYTES).setMaxWebSocketMessageSize(MAX_SOCKET_BYTES);
        options.setWebSocketSubProtocols(SOCKET_PROTOCOLS);
        options.setPerMessageWebSocketCompressionSupported(false).setPerFrameWebSocketCompressionSupported(false);
        options.setHandle100ContinueAutomatically(true);
        options.setAcceptBacklog(1_024).setReuseAddress(true).setTcpNoDelay(true).setTcpKeepAlive(true);
        return options;
    }
}
