package dev.xebec.gateway.service;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.authentication.Authenticator;
import dev.xebec.gateway.discovery.HealthCheck;
import dev.xebec.gateway.discovery.ServerPaths;
import dev.xebec.gateway.http.HttpDoor;
import dev.xebec.gateway.http.Listening;
import dev.xebec.gateway.registry.Commits;
import dev.xebec.gateway.registry.StoreCommits;
import dev.xebec.gateway.stream.ContainerStreams;
import dev.xebec.kit.api.ApiEndpoint;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.kit.state.StateClient;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of the api-gateway: the HTTPS door and the bus door before one pipeline. Stateless: what it knows it has from
 * the store, and any other gateway knows it too.
 */
public final class GatewayService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayService.class);

    private final ServiceContext context;
    private final GatewayConfig config;
    private final Gateway gateway;
    private final HttpDoor door;
    private volatile @Nullable ApiEndpoint busDoor;
    private volatile boolean namespacesReady;
    private volatile boolean stopped;

    public GatewayService(ServiceContext context, GatewayConfig config) {
        this.context = context;
        this.config = config;
        KindRegistry kinds = KindRegistry.builtIn();
        this.gateway = new Gateway(context.state(), commits(context.state()), kinds, context.clock(), context.metrics(),
                config);
        this.door = new HttpDoor(context.vertx(),
                new Listening(config.host(), config.port(), config.certificate(), config.key(), config.clientCa(),
                        config.eventLoops()),
                gateway.pipeline(), Authenticator.none(), gateway.log());
        ContainerStreams.addTo(gateway.routes(), gateway.registry(), context.bus(), context.clock());
        ServerPaths.addTo(gateway.routes(), kinds, context.metrics(), this::address, checks());
        measure(context.metrics(), kinds);
    }

    private List<HealthCheck> checks() {
        return List.of(new HealthCheck("cache-synced", () -> gateway.cache().synced()),
                new HealthCheck("system-namespaces", () -> namespacesReady));
    }

    private String address() {
        return config.host() + ":" + door.port();
    }

    private static Commits commits(StateStore store) {
        return store instanceof StateClient client ? StoreCommits.over(client) : StoreCommits.direct(store);
    }

    private void measure(Metrics metrics, KindRegistry kinds) {
        for (Kind kind : kinds.all()) {
            String resource = kind.name().group() + "/" + kind.plural();
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
        return "api-gateway";
    }

    @Override
    public void start() {
        gateway.start();
        busDoor = new ApiEndpoint(context.bus(), gateway.api(), context.process());
        door.start();
        LOG.info("serving on https://{}:{}", config.host(), door.port());
        Thread.ofVirtual().name("system-namespaces").start(this::ensureNamespaces);
    }

    private void ensureNamespaces() {
        while (!stopped && !namespacesReady) {
            try {
                SystemNamespaces.ensure(gateway.api());
                namespacesReady = true;
            } catch (UnavailableException unavailable) {
                LOG.info("system namespaces not there yet: {}", unavailable.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    /** The port of the HTTPS door; for who asked for any. */
    public int port() {
        return door.port();
    }

    /** The API in this process, without a bus in between. */
    public dev.xebec.contracts.api.ApiClient api() {
        return gateway.api();
    }

    @Override
    public Condition condition() {
        boolean synced = gateway.cache().synced();
        boolean ready = synced && namespacesReady;
        String detail = ready ? "" : synced ? "making the system namespaces" : "filling the cache";
        return new Condition(ready, detail, false, gateway.cache().image().revision(), sharePercent(), address());
    }

    /** Connections are spread evenly over the gateways that are ready. */
    private int sharePercent() {
        return 100 / Math.max(1, context.members().ready(role()).size());
    }

    @Override
    public void stop() {
        stopped = true;
        ApiEndpoint bus = busDoor;
        if (bus != null) {
            bus.close();
        }
        door.stop();
        gateway.close();
    }
}
