package dev.xebec.gateway.service;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.registry.Commits;
import dev.xebec.gateway.registry.StoreCommits;
import dev.xebec.gateway.webhook.WebhookTransport;
import dev.xebec.kit.api.ApiEndpoint;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.kit.state.StateClient;
import dev.xebec.model.kind.KindRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway whose only door is the bus: all of the API for the cluster's own services, and no socket. {@link GatewayService}
 * puts the HTTPS door before it.
 */
public final class BusGateway implements Service {
    /** The role's name in the cluster. */
    public static final String ROLE = "api-gateway";

    private static final Logger LOG = LoggerFactory.getLogger(BusGateway.class);
    private static final long PAUSE_MILLIS = 200;

    private final ServiceContext context;
    private final Gateway gateway;
    private final String serviceCidr;
    private volatile @Nullable ApiEndpoint endpoint;
    private volatile boolean namespacesReady;
    private volatile boolean stopped;

    /** @param serviceCidr where ClusterIP addresses come from, such as {@code 127.128.0.0/16} */
    public BusGateway(ServiceContext context, KindRegistry kinds, String serviceCidr) {
        this(context, kinds, serviceCidr, WebhookTransport.none());
    }

    /** @param webhooks by which admission webhooks are reached */
    BusGateway(ServiceContext context, KindRegistry kinds, String serviceCidr, WebhookTransport webhooks) {
        this.context = context;
        this.serviceCidr = serviceCidr;
        this.gateway = new Gateway(context.state(), commits(context.state()), kinds, context.clock(), context.metrics(),
                serviceCidr, webhooks);
    }

    private static Commits commits(StateStore store) {
        return store instanceof StateClient client ? StoreCommits.over(client) : StoreCommits.direct(store);
    }

    @Override
    public String role() {
        return ROLE;
    }

    /** Begins to follow the store and to serve the bus; does not wait. */
    @Override
    public void start() {
        gateway.start();
        endpoint = new ApiEndpoint(context.bus(), gateway.api(), context.process());
        Thread.ofVirtual().name("system-objects").start(this::ensureSystemObjects);
    }

    private void ensureSystemObjects() {
        while (!stopped) {
            try {
                SystemObjects.ensure(gateway.api());
                namespacesReady = true;
                SystemObjects.ensureServiceCidr(gateway.api(), serviceCidr, context.clock().instant());
                return;
            } catch (UnavailableException unavailable) {
                LOG.info("system objects not there yet: {}", unavailable.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    /** The parts behind the doors, for another door. */
    Gateway gateway() {
        return gateway;
    }

    boolean namespacesReady() {
        return namespacesReady;
    }

    /** The API in this process, without a bus in between. */
    public ApiClient api() {
        return gateway.api();
    }

    /** What this gateway has seen of the store. */
    public WatchCache cache() {
        return gateway.cache();
    }

    @Override
    public Condition condition() {
        return condition("");
    }

    /** @param address where clients reach the gateway besides by the bus */
    Condition condition(String address) {
        boolean synced = gateway.cache().synced();
        boolean ready = synced && namespacesReady;
        String detail = ready ? "" : synced ? "making the system namespaces" : "filling the cache";
        return new Condition(ready, detail, false, gateway.cache().image().revision(), sharePercent(), address);
    }

    /** Connections are spread evenly over the gateways that are ready. */
    private int sharePercent() {
        return 100 / Math.max(1, context.members().ready(ROLE).size());
    }

    /** The bus's clients are sent elsewhere and what they have asked is answered; blocks for {@code grace} at most. */
    void leave(Duration spread, Duration grace) {
        ApiEndpoint serving = endpoint;
        if (serving != null) {
            serving.leave(spread, grace);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        ApiEndpoint serving = endpoint;
        if (serving != null) {
            serving.close();
        }
        gateway.close();
    }
}
