package dev.xebec.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.gateway.testing.Await;
import dev.xebec.gateway.testing.Https;
import dev.xebec.gateway.testing.TestGateway;
import dev.xebec.gateway.testing.WatchLines;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How clients of a gateway that stops are let go: no request fails, and watches say how far they came. */
class FarewellTest {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path directory) {
        gateway = new TestGateway(directory,
                config -> config.farewell(new Farewell(Duration.ofMillis(400), Duration.ofSeconds(20))));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void readinessFailsFirstAndRequestsAreServedOn() throws Exception {
        try (Https admin = new Https(gateway, "admin", Version.HTTP_2)) {
            gateway.service().drain();
            HttpResponse<String> ready = admin.get("/readyz");
            assertThat(ready.statusCode()).isEqualTo(500);
            assertThat(ready.body()).contains("[+]ping ok\n").contains("[-]shutdown failed: reason withheld\n")
                    .endsWith("readyz check failed\n");
            assertThat(admin.get("/readyz/shutdown").body()).startsWith(
                    "internal server error: process is shutting down");
            assertThat(admin.get("/livez").statusCode()).isEqualTo(200);
            assertThat(admin.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(admin.post(CONFIG_MAPS, "{'metadata':{'name':'late'}}").statusCode()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aWatchEndsWithABookmarkOfAllThatItWasTold(Version version) throws Exception {
        try (Https admin = new Https(gateway, "admin", version);
                WatchLines watch = new WatchLines(admin,
                        CONFIG_MAPS + "?watch=1&allowWatchBookmarks=true&resourceVersion=1");
                WatchLines plain = new WatchLines(admin, CONFIG_MAPS + "?watch=1&resourceVersion=1")) {
            for (int i = 0; i < 20; i++) {
                admin.post(CONFIG_MAPS, "{'metadata':{'name':'told-" + i + "'}}");
            }
            long revision = gateway.store().currentRevision(LogGroup.MAIN);
            Thread stop = Thread.ofVirtual().start(gateway.service()::stop);
            for (int i = 0; i < 20; i++) {
                assertThat(watch.nextName()).isEqualTo("ADDED told-" + i);
                assertThat(plain.nextName()).isEqualTo("ADDED told-" + i);
            }
            ObjectNode last = watch.next();
            assertThat(last.path("type").asText()).isEqualTo("BOOKMARK");
            assertThat(last.at("/object/metadata/resourceVersion").asLong()).isGreaterThanOrEqualTo(revision);
            watch.awaitEnd();
            plain.awaitEnd();
            stop.join();
        }
    }

    @Test
    void aWatchOverAWebSocketIsClosedInGoodOrder() throws Exception {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Https admin = new Https(gateway, "admin", Version.HTTP_1_1)) {
            admin.client().newWebSocketBuilder().buildAsync(URI.create(gateway.url().replace("https", "wss")
                    + CONFIG_MAPS + "?watch=1&allowWatchBookmarks=true&resourceVersion=1"), listener(heard)).join();
            Thread stop = Thread.ofVirtual().start(gateway.service()::stop);
            assertThat(heard.poll(60, TimeUnit.SECONDS)).contains("BOOKMARK");
            assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("closed 1000");
            stop.join();
        }
    }

    private static WebSocket.Listener listener(LinkedBlockingQueue<String> heard) {
        return new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                heard.add(text.toString());
                socket.request(1);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                heard.add("closed " + code);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void onError(WebSocket socket, Throwable broken) {
                heard.add("broken " + broken);
            }
        };
    }

    @Test
    void answersOverHttp11SayThatTheyAreTheConnectionsLast() throws Exception {
        try (Https admin = new Https(gateway, "admin", Version.HTTP_1_1)) {
            assertThat(admin.get(CONFIG_MAPS).headers().firstValue("Connection")).isEmpty();
            Thread stop = Thread.ofVirtual().start(gateway.service()::stop);
            List<String> said = List.of();
            while (said.isEmpty()) {
                said = admin.get(CONFIG_MAPS).headers().allValues("Connection");
            }
            assertThat(said).containsExactly("close");
            stop.join();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void noRequestIsLostWhileConnectionsEnd(Version version) throws Exception {
        LinkedBlockingQueue<String> failures = new LinkedBlockingQueue<>();
        AtomicInteger answered = new AtomicInteger();
        try (Https admin = new Https(gateway, "admin", version)) {
            List<Thread> load = IntStream.range(0, 8).mapToObj(worker -> Thread.ofVirtual()
                    .start(() -> writeToTheLast(admin, "c-" + worker + "-", answered, failures))).toList();
            Await.until("the load runs", Duration.ofSeconds(60), () -> answered.get() > 100);
            gateway.service().stop();
            for (Thread each : load) {
                each.join();
            }
        }
        assertThat(failures).isEmpty();
    }

    /** Until an answer says that it is the last, or the port is closed to new connections, which loses nothing. */
    private static void writeToTheLast(Https admin, String prefix, AtomicInteger answered,
            LinkedBlockingQueue<String> failures) {
        for (int i = 0;; i++) {
            try {
                HttpResponse<String> made = admin.post(CONFIG_MAPS, "{'metadata':{'name':'" + prefix + i + "'}}");
                if (made.statusCode() != 201) {
                    failures.add(prefix + i + " got " + made.statusCode());
                }
                if (made.headers().firstValue("Connection").isPresent()) {
                    return;
                }
                answered.incrementAndGet();
            } catch (ConnectException refused) {
                return;
            } catch (IOException broken) {
                failures.add(prefix + i + " " + broken);
                return;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
