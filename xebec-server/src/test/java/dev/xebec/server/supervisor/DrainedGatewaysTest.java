package dev.xebec.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.gateway.http.Farewell;
import dev.xebec.model.object.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients without any retry of their own write and watch through the balancer while its gateways are drained and started
 * again in turn. What a gateway costs that dies is printed beside it: {@code -Dtest=DrainedGatewaysTest}.
 */
class DrainedGatewaysTest {
    private static final String PATH = "/api/v1/namespaces/default/configmaps";
    private static final int WRITERS = 3;
    private static final Duration NOTICE = Duration.ofMillis(500);

    /** What clients saw. */
    private static final class Load implements AutoCloseable {
        private final GatewayPair pair;
        private final HttpClient client;
        private final List<Thread> threads = new ArrayList<>();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final Queue<String> made = new ConcurrentLinkedQueue<>();
        private final Queue<String> seen = new ConcurrentLinkedQueue<>();
        private final Queue<String> broken = new ConcurrentLinkedQueue<>();
        private final AtomicInteger watches = new AtomicInteger();
        private final AtomicLong longestNanos = new AtomicLong();
        private volatile boolean writing = true;
        private volatile boolean watching = true;

        Load(GatewayPair pair, Version version) throws Exception {
            this.pair = pair;
            client = HttpClient.newBuilder().sslContext(pair.admin()).version(version)
                    .connectTimeout(Duration.ofMinutes(1)).build();
            String first = Json.parse(get(PATH).body().getBytes(StandardCharsets.UTF_8))
                    .at("/metadata/resourceVersion").asText();
            threads.add(Thread.ofVirtual().start(() -> watch(first)));
            for (int i = 0; i < WRITERS; i++) {
                String prefix = version.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "-" + i + "-";
                threads.add(Thread.ofVirtual().start(() -> write(prefix)));
            }
            GatewayPair.await(() -> seen.size() > 20);
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(pair.url() + path)).timeout(Duration.ofMinutes(2));
        }

        private HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        }

        private void write(String prefix) {
            long before = System.nanoTime();
            for (int i = 0; writing; i++) {
                String name = prefix + i;
                try {
                    HttpResponse<String> answer = client.send(request(PATH).header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"metadata\":{\"name\":\"" + name + "\"}}"))
                            .build(), HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() == 201) {
                        made.add(name);
                        long now = System.nanoTime();
                        longestNanos.accumulateAndGet(now - before, Math::max);
                        before = now;
                    } else {
                        failures.add(name + ": " + answer.statusCode() + " " + answer.body());
                    }
                } catch (IOException failed) {
                    failures.add(name + ": " + failed);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        private void watch(String from) {
            String revision = from;
            while (watching) {
                watches.incrementAndGet();
                try {
                    HttpResponse<java.io.InputStream> answer = client.send(request(
                            PATH + "?watch=1&allowWatchBookmarks=true&resourceVersion=" + revision).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
                    try (BufferedReader lines = new BufferedReader(
                            new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            JsonNode event = Json.parse(line.getBytes(StandardCharsets.UTF_8));
                            if (event.path("type").asText().equals("ADDED")) {
                                seen.add(event.at("/object/metadata/name").asText());
                            } else if (!event.path("type").asText().equals("BOOKMARK")) {
                                broken.add(line);
                            }
                            revision = event.at("/object/metadata/resourceVersion").asText();
                        }
                    }
                } catch (IOException cut) {
                    broken.add(cut.toString());
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        /** Ends the writes, waits until the watcher has seen them, and says what happened. */
        String end() throws InterruptedException {
            writing = false;
            for (Thread writer : threads.subList(1, threads.size())) {
                writer.join();
            }
            if (failures.isEmpty()) {
                GatewayPair.await(() -> new HashSet<>(seen).containsAll(made));
            }
            watching = false;
            return made.size() + " writes, " + failures.size() + " failed, longest pause of a writer "
                    + longestNanos.get() / 1_000_000 + " ms, " + watches.get() + " watches, " + broken.size()
                    + " broken";
        }

        @Override
        public void close() {
            writing = false;
            watching = false;
            client.shutdownNow();
        }
    }

    @Test
    void drainedInTurnNoRequestFailsAndNoEventIsMissed(@TempDir Path folder) throws Exception {
        try (GatewayPair pair = new GatewayPair(folder)) {
            // Those that are drained say goodbye at length from their second life on.
            Farewell farewell = Farewell.after(NOTICE);
            pair.drain(0, Duration.ZERO);
            pair.start(0, farewell);
            pair.drain(1, Duration.ZERO);
            pair.start(1, farewell);
            try (Load two = new Load(pair, Version.HTTP_2); Load one = new Load(pair, Version.HTTP_1_1)) {
                for (int round = 0; round < 2; round++) {
                    for (int index = 0; index < 2; index++) {
                        pair.drain(index, NOTICE);
                        pair.start(index, farewell);
                    }
                }
                System.out.println("drained over HTTP/2: " + two.end());
                System.out.println("drained over HTTP/1.1: " + one.end());
                for (Load load : List.of(two, one)) {
                    assertThat(load.failures).isEmpty();
                    assertThat(load.broken).isEmpty();
                    assertThat(load.watches.get()).isGreaterThan(1);
                    assertThat(new HashSet<>(load.seen)).hasSameSizeAs(load.seen).containsAll(load.made);
                }
            }
        }
    }

    @Test
    void whatItCostsWhereAGatewayDies(@TempDir Path folder) throws Exception {
        try (GatewayPair pair = new GatewayPair(folder)) {
            Farewell none = new Farewell(Duration.ZERO, Duration.ZERO);
            pair.drain(0, Duration.ZERO);
            pair.start(0, none);
            try (Load load = new Load(pair, Version.HTTP_1_1)) {
                pair.strike(0);
                int after = load.made.size();
                GatewayPair.await(() -> load.made.size() > after + 20);
                System.out.println("struck: " + load.end());
                assertThat(load.made).isNotEmpty();
            }
        }
    }
}
