package dev.xebec.system.role;

import dev.xebec.server.supervisor.Balancer;
import dev.xebec.server.supervisor.Health;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A balancer that asks each gateway's {@code /readyz} several times a second, as HAProxy does in the Compose cluster. */
final class Entrance implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(200);
    /** What has not answered by then is as it was: a loaded machine may take its time, and nothing hangs here. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int port;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final Balancer balancer;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE).build();
    private final List<Thread> asking;
    private volatile boolean closed;

    /** Listens from now on. */
    Entrance(int port, List<Ports> gateways) {
        this.port = port;
        balancer = new Balancer(vertx, "127.0.0.1", gateways.stream().map(Ports::gateway).toList());
        balancer.listen("127.0.0.1", port);
        asking = gateways.stream().map(gateway -> Thread.ofVirtual().start(() -> ask(gateway))).toList();
    }

    private void ask(Ports gateway) {
        HttpRequest question = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + gateway.health() + "/readyz")).timeout(PATIENCE).build();
        try {
            while (!closed) {
                health(question).ifPresent(health -> balancer.health(gateway.gateway(), health));
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Health> health(HttpRequest question) throws InterruptedException {
        try {
            return Optional.of(http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200
                    ? Health.READY
                    : Health.NOT_READY);
        } catch (HttpTimeoutException slow) {
            return Optional.empty();
        } catch (IOException gone) {
            return Optional.of(Health.SILENT);
        }
    }

    URI api() {
        return URI.create("https://127.0.0.1:" + port);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        for (Thread each : asking) {
            each.interrupt();
            each.join();
        }
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
