package dev.xebec.gateway.testing;

import dev.xebec.contracts.member.Members;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.service.GatewayConfig;
import dev.xebec.gateway.service.GatewayService;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.state.memory.InMemoryStateStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** A whole gateway with both doors over a store in memory. */
public final class TestGateway implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final VertxBus bus = new VertxBus(vertx);
    private final InMemoryStateStore ownStore;
    private final StateStore store;
    private final GatewayService service;
    private final PrometheusMetrics metrics = new PrometheusMetrics();
    private final TestPki pki;

    public TestGateway(Path directory) {
        this(directory, new InMemoryStateStore("test"), 0);
    }

    /** @param settled what is to be other than by default */
    public TestGateway(Path directory, UnaryOperator<GatewayConfig> settled) {
        this(directory, new InMemoryStateStore("test"), 0, settled);
    }

    public TestGateway(Path directory, InMemoryStateStore store, int port) {
        this(directory, store, port, UnaryOperator.identity());
    }

    private TestGateway(Path directory, InMemoryStateStore store, int port, UnaryOperator<GatewayConfig> settled) {
        this.ownStore = store;
        this.store = store;
        this.pki = new TestPki(directory).issue("server", "CN=gateway").issue("admin", "CN=admin,O=system:masters");
        ServiceContext context = new ServiceContext("test", bus, Members.NOBODY, store, metrics,
                InstantSource.system(), role -> {
                    throw new UnsupportedOperationException("no ownership in this test");
                }, (user, agent) -> {
                    throw new UnsupportedOperationException("no clients in this test");
                });
        service = new GatewayService(vertx, context,
                settled.apply(GatewayConfig.of("127.0.0.1", port, pki.file("server.crt"), pki.file("server.key"),
                        pki.file("ca.crt"))));
        service.start();
        Await.until("the gateway is ready", Duration.ofSeconds(60), () -> service.condition().ready());
    }

    public GatewayService service() {
        return service;
    }

    public VertxBus bus() {
        return bus;
    }

    public Vertx vertx() {
        return vertx;
    }

    /** The in-process API, for what a test needs to be there. */
    public Api api() {
        return new Api(service.api());
    }

    public StateStore store() {
        return store;
    }

    public PrometheusMetrics metrics() {
        return metrics;
    }

    public TestPki pki() {
        return pki;
    }

    public String url() {
        return "https://127.0.0.1:" + service.port();
    }

    @Override
    public void close() {
        service.stop();
        bus.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        ownStore.close();
    }
}
