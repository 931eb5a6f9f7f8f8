package dev.xebec.kit.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.member.Member;
import dev.xebec.kit.health.HealthServer;
import dev.xebec.kit.metrics.PrometheusMetrics;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceHostTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> diary = new CopyOnWriteArrayList<>();
    private final List<Supplier<Member>> announced = new CopyOnWriteArrayList<>();
    private final ServiceHost host = new ServiceHost(vertx, "master-0", member -> {
        announced.add(member);
        return () -> announced.remove(member);
    }, InstantSource.system());

    /** A service that writes a diary. */
    private final class Diarist implements Service {
        private final String role;
        private final String failure;
        private volatile boolean ready;

        Diarist(String role, String failure) {
            this.role = role;
            this.failure = failure;
        }

        @Override
        public String role() {
            return role;
        }

        @Override
        public void start() {
            diary.add("start " + role + (Thread.currentThread().isVirtual() ? "" : " on a platform thread"));
            if (!failure.isEmpty()) {
                throw new IllegalStateException(failure);
            }
            ready = true;
        }

        @Override
        public Condition condition() {
            return ready ? new Condition(true, "", false, 42, 50, "here") : Condition.starting("warming up");
        }

        @Override
        public void stop() {
            diary.add("stop " + role + (announced.stream().anyMatch(member -> member.get().role().equals(role))
                    ? " while announced"
                    : ""));
        }
    }

    @AfterEach
    void close() {
        host.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void startsInOrderAndStopsInReverseAfterLeaving() {
        host.start(new Diarist("first", ""));
        host.start(new Diarist("second", ""));
        assertThat(announced).extracting(Supplier::get).extracting(Member::name)
                .containsExactly("first@master-0", "second@master-0");
        assertThat(announced.get(0).get().ready()).isTrue();
        assertThat(announced.get(0).get().revision()).isEqualTo(42);
        assertThat(host.conditions()).containsOnlyKeys("first", "second");
        host.close();
        assertThat(diary).containsExactly("start first", "start second", "stop second", "stop first");
        assertThat(announced).isEmpty();
        assertThat(host.conditions().get("first").ready()).isFalse();
    }

    @Test
    void aServiceThatCannotStartSaysWhyAndLeaves() {
        host.start(new Diarist("first", ""));
        assertThatThrownBy(() -> host.start(new Diarist("second", "port 6443 is in use")))
                .isInstanceOf(ServiceFailedException.class).hasMessage("second cannot start: port 6443 is in use");
        assertThat(announced).hasSize(1);
        assertThatThrownBy(() -> host.start(new Diarist("first", ""))).hasMessageContaining("runs already");
    }

    @Test
    void tellsProbesAndScrapers() throws Exception {
        try (HealthServer health = new HealthServer(vertx, new PrometheusMetrics(), host::conditions)) {
            int port = health.listen("127.0.0.1", 0);
            host.start(new Diarist("first", ""));
            assertThat(get(port, "/readyz")).isEqualTo("200 ok");
            assertThatThrownBy(() -> host.start(new Diarist("second", "no"))).isNotNull();
            assertThat(get(port, "/readyz"))
                    .isEqualTo(
                            "503 [+]first ok\n[+]ping ok\n[-]second failed: warming up\n[+]shutdown ok\nreadyz check failed\n");
            assertThat(get(port, "/readyz/first")).isEqualTo("200 ok");
            assertThat(get(port, "/readyz/second")).isEqualTo("503 [-]second failed: warming up\n");
            assertThat(get(port, "/readyz/none")).startsWith("404 ");
            assertThat(get(port, "/livez")).isEqualTo("200 ok");
            assertThat(get(port, "/healthz?verbose")).isEqualTo("200 [+]ping ok\nhealthz check passed\n");
            assertThat(get(port, "/metrics")).startsWith("200 # HELP").contains("process_cpu_seconds_total");
            assertThat(get(port, "/")).startsWith("404 ");
            assertThatThrownBy(() -> new HealthServer(vertx, new PrometheusMetrics(), host::conditions)
                    .listen("127.0.0.1", port)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + port);
        }
    }

    @Test
    void whoeverDrainsIsAliveAndNotReady() throws Exception {
        AtomicBoolean stopping = new AtomicBoolean();
        try (HealthServer health = new HealthServer(vertx, new PrometheusMetrics(), host::conditions, stopping::get)) {
            int port = health.listen("127.0.0.1", 0);
            host.start(new Diarist("first", ""));
            stopping.set(true);
            host.drain();
            assertThat(get(port, "/readyz")).isEqualTo("503 [-]first failed: shutting down\n[+]ping ok\n"
                    + "[-]shutdown failed: process is shutting down\nreadyz check failed\n");
            assertThat(get(port, "/statusz")).contains("\"ready\":false").contains("\"first\":false");
            assertThat(get(port, "/livez")).isEqualTo("200 ok");
            assertThat(announced.get(0).get().ready()).isFalse();
        }
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        }
    }
}
