package dev.xebec.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.testing.Await;
import dev.xebec.gateway.testing.NoMembers;
import dev.xebec.kit.api.BusApiClient;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.state.memory.InMemoryStateStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gateway that listens to no socket. */
class BusGatewayTest {
    private final Vertx vertx = Vertx.vertx();
    private final VertxBus bus = new VertxBus(vertx);
    private final InMemoryStateStore store = new InMemoryStateStore("test");
    private final BusGateway gateway = new BusGateway(new ServiceContext("test", bus, new NoMembers(), store,
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
        Resources resources = new Resources(new BusApiClient(bus, new NoMembers(),
                new ApiRequest.User("tester", List.of("system:masters")), "test"));
        assertThat(resources.get(GroupVersionResource.NAMESPACES, "", "kube-system")).isInstanceOf(ApiResult.Ok.class);
        assertThat(gateway.cache().image().all("/namespaces").size()).isPositive();
        assertThat(gateway.condition().address()).isEmpty();
    }
}
