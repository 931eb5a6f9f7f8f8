package dev.xebec.gateway.service;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.authentication.Authenticator;
import dev.xebec.gateway.discovery.HealthCheck;
import dev.xebec.gateway.discovery.ServerPaths;
import dev.xebec.gateway.http.Farewell;
import dev.xebec.gateway.http.HttpDoor;
import dev.xebec.gateway.http.Listening;
import dev.xebec.gateway.stream.ContainerStreams;
import dev.xebec.gateway.webhook.VertxWebhookTransport;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of the api-gateway: the HTTPS door and the bus door before one pipeline. Stateless: what it knows it has from
 * the store, and any other gateway knows it too.
 */
public final class GatewayService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayService.class);

    private final GatewayConfig config;
    private final VertxWebhookTransport webhooks;
    private final BusGateway inner;
    private final Gateway gateway;
    private final HttpDoor door;
    private volatile boolean draining;

    /** @param vertx whose event loops serve the door's sockets */
    public GatewayService(Vertx vertx, ServiceContext context, GatewayConfig config) {
        this.config = config;
        KindRegistry kinds = KindRegistry.onByDefault();
        this.webhooks = new VertxWebhookTransport(vertx);
        this.inner = new BusGateway(context, kinds, config.serviceCidr(), webhooks);
        this.gateway = inner.gateway();
        this.door = new HttpDoor(vertx,
                new Listening(config.host(), config.port(), config.certificate(), config.key(), config.clientCa(),
                        config.eventLoops()),
                gateway.pipeline(), Authenticator.none(), gateway.log());
        ContainerStreams.addTo(gateway.routes(), gateway.registry(), gateway.authorizer(), context.bus(),
                context.metrics(), context.clock());
        ServerPaths.addTo(gateway.routes(), gateway.served(), context.metrics(), this::address, checks(),
                new HealthCheck("shutdown", () -> !draining, "process is shutting down"));
        measure(context.metrics(), kinds);
    }

    private List<HealthCheck> checks() {
        return List.of(new HealthCheck("cache-synced", () -> gateway.cache().synced()),
                new HealthCheck("system-namespaces", inner::namespacesReady));
    }

    private String address() {
        return config.host() + ":" + door.port();
    }

    private void measure(Metrics metrics, KindRegistry kinds) {
        for (Kind kind : kinds.all()) {
            String resource = StoreKey.resourceOf(kind);
            if (kind.stored()) {
                metrics.gauge("apiserver_storage_objects", "Objects stored, by resource.",
                        () -> gateway.cache().image().all(resource).size(), "resource",
                        kind.resource().groupResource());
            }
        }
        metrics.gauge("apiserver_registered_watchers", "Running watches.", () -> gateway.cache().watcherCount());
        metrics.gauge("apiserver_longrunning_requests", "Requests without a known end that are under way.",
                () -> gateway.cache().watcherCount(), "verb", "WATCH");
        metrics.gauge("xebec_gateway_cache_revision", "Newest revision that the cache has.",
                () -> gateway.cache().image().revision());
    }

    @Override
    public String role() {
        return inner.role();
    }

    @Override
    public void start() {
        inner.start();
        door.start();
        LOG.info("serving on https://{}:{}", config.host(), door.port());
    }

    /** The port of the HTTPS door; for who asked for any. */
    public int port() {
        return door.port();
    }

    /** The API in this process, without a bus in between. */
    public ApiClient api() {
        return inner.api();
    }

    @Override
    public Condition condition() {
        return inner.condition(address());
    }

    /** Not ready from now on, and serving on. */
    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public void stop() {
        draining = true;
        Farewell farewell = config.farewell();
        Thread bus = Thread.ofVirtual().name("leave-bus")
                .start(() -> inner.leave(farewell.spread(), farewell.grace()));
        gateway.watches().leave(farewell.spread());
        door.leave(farewell);
        try {
            bus.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        door.stop();
        inner.stop();
        webhooks.close();
    }
}
