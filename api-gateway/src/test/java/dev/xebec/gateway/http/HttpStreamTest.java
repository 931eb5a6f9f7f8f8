package dev.xebec.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
        CompletableFuture<HttpStream> opened = new CompletableFuture<>();
        CompletableFuture<Integer> left = new CompletableFuture<>();
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            request.response().setChunked(true);
            HttpStream stream = new HttpStream(request.response(), Vertx.currentContext());
            opened.complete(stream);
            Thread.ofVirtual().start(() -> {
                for (int at = 0; at < WRITES; at++) {
                    stream.write(CHUNK);
                }
                stream.onLoop(() -> left.complete(stream.waiting()));
                stream.end();
            });
        }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        try (Socket slow = new Socket("127.0.0.1", server.actualPort())) {
            slow.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            HttpStream stream = opened.get(30, TimeUnit.SECONDS);
            Await.until("a write is held back", Duration.ofSeconds(30), () -> waiting(stream) > 0);
            long read = slow.getInputStream().transferTo(OutputStream.nullOutputStream());
            assertThat(read).isGreaterThan((long) WRITES * CHUNK.size());
        }
        assertThat(left.get(30, TimeUnit.SECONDS)).isZero();
    }

    private static int waiting(HttpStream stream) {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        stream.onLoop(() -> count.complete(stream.waiting()));
        return count.join();
    }
}
