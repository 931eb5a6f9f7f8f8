package dev.xebec.kit.reconcile;

import static dev.xebec.model.object.GroupVersionResource.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.kit.client.MemoryApi;
import dev.xebec.kit.client.MemoryGateway;
import dev.xebec.kit.client.Objects;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsTest {
    private final MemoryApi api = new MemoryApi();
    private final MemoryGateway gateway = api.gateway();
    private final TestClock clock = new TestClock();
    private final Events events = new Events(new Resources(gateway), "kubelet", clock);
    private final ApiObject web = object("web", "u-1");

    private static ApiObject object(String name, String uid) {
        ObjectNode pod = Objects.pod("default", name);
        pod.withObject("metadata").put("uid", uid).put("resourceVersion", "7");
        return ApiObject.of(pod);
    }

    @AfterEach
    void close() {
        events.close();
    }

    private static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(giveUp);
            try {
                Thread.sleep(2);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private int total() {
        return api.list(EVENTS).stream().mapToInt(event -> event.tree().path("count").asInt()).sum();
    }

    @Test
    void saysWhatKubernetesSays() {
        events.emit(web, "Warning", "BackOff", "restarting failed container");
        await(() -> total() == 1);
        ObjectNode event = api.list(EVENTS).get(0).tree();
        assertThat(event.path("metadata").path("name").asText()).matches("web\\.[0-9a-f]{16}");
        assertThat(event.path("metadata").path("namespace").asText()).isEqualTo("default");
        assertThat(event.path("involvedObject").path("uid").asText()).isEqualTo("u-1");
        assertThat(event.path("involvedObject").path("kind").asText()).isEqualTo("Pod");
        assertThat(event.path("source").path("component").asText()).isEqualTo("kubelet");
        assertThat(event.path("reportingComponent").asText()).isEqualTo("kubelet");
        assertThat(event.path("type").asText()).isEqualTo("Warning");
        assertThat(event.path("firstTimestamp").asText()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void repeatedOnesAreCountedUpAcrossReplicas() {
        try (Events other = new Events(new Resources(gateway), "kubelet", clock)) {
            for (int i = 0; i < 5; i++) {
                events.emit(web, "Normal", "Pulled", "image is there");
                other.emit(web, "Normal", "Pulled", "image is there");
            }
            await(() -> total() == 10);
        }
        clock.advance(Duration.ofSeconds(5));
        events.emit(web, "Normal", "Pulled", "image is there");
        await(() -> total() == 11);
        assertThat(api.list(EVENTS)).singleElement().satisfies(event -> {
            assertThat(event.tree().path("firstTimestamp").asText()).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(event.tree().path("lastTimestamp").asText()).isEqualTo("2026-01-01T00:00:05Z");
        });
    }

    @Test
    void oneThatHasExpiredIsWrittenAnew() {
        events.emit(web, "Normal", "Pulled", "image is there");
        await(() -> total() == 1);
        ApiObject written = api.list(EVENTS).get(0);
        api.delete(EVENTS, written.namespace(), written.name());
        events.emit(web, "Normal", "Pulled", "image is there");
        await(() -> total() == 1);
        assertThat(api.list(EVENTS).get(0).name()).isEqualTo(written.name());
        assertThat(api.requests("PATCH")).isEmpty();
    }

    @Test
    void differentOnesStayApart() {
        events.emit(web, "Normal", "Pulled", "image is there");
        events.emit(web, "Normal", "Created", "image is there");
        events.emit(object("web", "u-2"), "Normal", "Pulled", "image is there");
        events.emit(ApiObject.of(Objects.object("v1", "Node", "", "n1")), "Normal", "Ready", "ready");
        await(() -> total() == 4);
        assertThat(api.list(EVENTS)).hasSize(4).extracting(ApiObject::namespace).containsOnly("default");
    }

    @Test
    void neverFailsItsCallerAndGoesOnAfterTheGatewayIsBack() {
        gateway.die();
        for (int i = 0; i < 3 * Events.MAX_WAITING; i++) {
            events.emit(web, "Normal", "Lost", "message " + i);
        }
        gateway.revive();
        events.emit(web, "Normal", "Written", "x".repeat(5_000));
        events.emit(web, "Normal", "Written", "x".repeat(5_000));
        await(() -> api.list(EVENTS).stream().anyMatch(event -> event.tree().path("reason").asText().equals("Written"))
                || retry());
        ApiObject written = api.list(EVENTS).stream()
                .filter(event -> event.tree().path("reason").asText().equals("Written")).findFirst().orElseThrow();
        assertThat(written.tree().path("message").asText()).hasSize(EventText.MAX_MESSAGE_CHARS);
    }

    /** While older ones fill the queue a new one may be dropped, which is the rule; so it is told again. */
    private boolean retry() {
        events.emit(web, "Normal", "Written", "x".repeat(5_000));
        return false;
    }
}
