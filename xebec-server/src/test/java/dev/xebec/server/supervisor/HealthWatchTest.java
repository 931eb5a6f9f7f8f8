package dev.xebec.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.server.plan.ProcessConfig;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthWatchTest {
    private static final String READY = "{\"ready\":true,\"services\":{\"api-gateway\":true}}";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<String> answer = new AtomicReference<>("");
    private final BlockingQueue<Health> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aProcessThatOnceAnsweredNonsenseIsAskedAgain() throws Exception {
        answer.set("Internal Server Error");
        HealthWatch watch = new HealthWatch(vertx, List.of(process(listen())), (port, health) -> heard.add(health));
        assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(Health.SILENT);
        assertThat(watch.allReady()).isFalse();
        answer.set(READY);
        awaitHealth(Health.READY);
        assertThat(watch.allReady()).isTrue();
        answer.set("");
        awaitHealth(Health.SILENT);
        assertThat(watch.allReady()).isFalse();
    }

    private void awaitHealth(Health wanted) throws InterruptedException {
        Health next;
        do {
            next = heard.poll(30, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
        } while (next != wanted);
    }

    private int listen() {
        return vertx.createHttpServer().requestHandler(request -> request.response().end(answer.get()))
                .listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join().actualPort();
    }

    private static ProcessConfig process(int healthPort) {
        return new ProcessConfig("master-0", List.of(ProcessConfig.GATEWAY), "127.0.0.1", 1, healthPort, false, 0, 0,
                List.of(), new ProcessConfig.StateConfiguration("raft", "state", List.of()), List.of(),
                "https://127.0.0.1:1", "pki", "pods", ProcessConfig.StopConfiguration.AT_ONCE,
                ProcessConfig.EventsConfiguration.NONE);
    }
}
