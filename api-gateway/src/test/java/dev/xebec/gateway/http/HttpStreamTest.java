package dev.xebec.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams to clients that are slower than their source. */
class HttpStreamTest {
    private static final Bytes CHUNK = Bytes.of(new byte[256 * 1024]);
    private static final int WRITES = 100;
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void writesThatWereHeldBackLeaveNothingBehind() throws Exception {
        CompletableFuture<Integer> waiting = new CompletableFuture<>();
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            request.response().setChunked(true);
            HttpStream stream = new HttpStream(request.response(), Vertx.currentContext());
            Thread.ofVirtual().start(() -> {
                for (int at = 0; at < WRITES; at++) {
                    stream.write(CHUNK);
                }
                stream.onLoop(() -> waiting.complete(stream.waiting()));
                stream.end();
            });
        }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort())).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                assertThat(body.skip((long) WRITES * CHUNK.size())).isEqualTo((long) WRITES * CHUNK.size());
            }
        }
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isZero();
    }
}
