package dev.xebec.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.member.Members;
import dev.xebec.gateway.testing.Await;
import dev.xebec.kit.api.BusApiClient;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.state.memory.InMemoryStateStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gateway that listens to no socket. */
class BusGatewayTest {
    private final Vertx vertx = Vertx.vertx();
    private final VertxBus bus = new VertxBus(vertx);
    private final InMemoryStateStore store = new InMemoryStateStore("test");
    private final BusGateway gateway = new BusGateway(new ServiceContext("test", bus, Members.NOBODY, store,
            new PrometheusMetrics(), InstantSource.system(), role -> {
                throw new UnsupportedOperationException("no ownership in this test");
            }, (user, agent) -> {
                throw new UnsupportedOperationException("no clients in this test");
            }), KindRegistry.builtIn(), GatewayConfig.DEFAULT_SERVICE_CIDR);

    @AfterEach
    void stop() {
        gateway.stop();
        bus.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        store.close();
    }

    @Test
    void servesTheWholeApiOnTheBusOnceItsNamespacesAreThere() {
        assertThat(gateway.condition().ready()).isFalse();
        gateway.start();
        Await.until("the gateway is ready", Duration.ofSeconds(60), () -> gateway.condition().ready());
        Resources resources = new Resources(new BusApiClient(bus, Members.NOBODY,
                new ApiRequest.User("tester", List.of("system:masters")), "test"));
        assertThat(resources.get(GroupVersionResource.NAMESPACES, "", "kube-system")).isInstanceOf(ApiResult.Ok.class);
        assertThat(gateway.cache().image().all("/namespaces").size()).isPositive();
        assertThat(gateway.condition().address()).isEmpty();
    }

    @Test
    void makesTheRangeOfServicesOnceAndOverwritesNobody() {
        gateway.start();
        Resources resources = new Resources(new BusApiClient(bus, Members.NOBODY,
                new ApiRequest.User("tester", List.of("system:masters")), "test"));
        GroupVersionResource cidrs = new GroupVersionResource("networking.k8s.io", "v1", "servicecidrs");
        Await.until("the range is ready", Duration.ofSeconds(60), () -> gateway.condition().ready()
                && range(resources, cidrs).path("status").path("conditions").size() == 1);
        JsonNode made = range(resources, cidrs);
        assertThat(made.path("spec").toString()).isEqualTo("{\"cidrs\":[\"127.128.0.0/16\"]}");
        JsonNode ready = made.path("status").path("conditions").path(0);
        assertThat(List.of(ready.path("type").asText(), ready.path("status").asText(), ready.path("message").asText()))
                .containsExactly("Ready", "True", "Kubernetes default Service CIDR is ready");
        assertThat(made.path("metadata").path("managedFields").findValuesAsText("manager"))
                .containsExactlyInAnyOrder("kube-apiserver", "kubernetes-service-cidr-controller");

        SystemObjects.ensure(gateway.api());
        SystemObjects.ensureServiceCidr(gateway.api(), "127.128.0.0/16", Instant.now());
        SystemObjects.ensureServiceCidr(gateway.api(), "10.0.0.0/16", Instant.now());
        assertThat(range(resources, cidrs)).isEqualTo(made);
    }

    private static JsonNode range(Resources resources, GroupVersionResource cidrs) {
        return resources.get(cidrs, "", "kubernetes") instanceof ApiResult.Ok ok
                ? ok.object().tree()
                : Json.object();
    }
}
