package dev.xebec.gateway.testing;

import dev.xebec.gateway.discovery.HealthCheck;
import dev.xebec.gateway.discovery.ServerPaths;
import dev.xebec.gateway.registry.StoreCommits;
import dev.xebec.gateway.service.Gateway;
import dev.xebec.gateway.service.GatewayConfig;
import dev.xebec.gateway.webhook.WebhookTransport;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.state.memory.InMemoryStateStore;
import java.time.Duration;
import java.util.List;
import java.time.InstantSource;

/** A gateway without doors over a store in memory, with the namespace {@code default}. */
public final class TestApi implements AutoCloseable {
    public static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
    public static final String PODS = "/api/v1/namespaces/default/pods";

    private final InMemoryStateStore store;
    private final boolean ownsStore;
    private final Gateway gateway;
    private final Api api;

    public TestApi() {
        this(WebhookTransport.none());
    }

    /** @param transport by which webhooks are reached */
    public TestApi(WebhookTransport transport) {
        this(new InMemoryStateStore("test"), true, transport);
        api.post("/api/v1/namespaces", "{'metadata':{'name':'default'}}").expect(201);
    }

    /** A second gateway over a store that is there already. */
    public TestApi(InMemoryStateStore store) {
        this(store, WebhookTransport.none());
    }

    public TestApi(InMemoryStateStore store, WebhookTransport transport) {
        this(store, false, transport);
    }

    private TestApi(InMemoryStateStore store, boolean ownsStore, WebhookTransport transport) {
        this.store = store;
        this.ownsStore = ownsStore;
        gateway = new Gateway(store, StoreCommits.direct(store), KindRegistry.builtIn(), InstantSource.system(),
                new PrometheusMetrics(), GatewayConfig.DEFAULT_SERVICE_CIDR, transport);
        ServerPaths.addTo(gateway.routes(), gateway.served(), new PrometheusMetrics(), () -> "localhost:6443",
                List.of(), new HealthCheck("shutdown", () -> true));
        gateway.start();
        api = new Api(gateway.api());
        Await.until("cache synced", Duration.ofSeconds(30), gateway.cache()::synced);
    }

    public Api api() {
        return api;
    }

    public Gateway gateway() {
        return gateway;
    }

    public InMemoryStateStore store() {
        return store;
    }

    public Api.Reply pod(String name) {
        return api.post(PODS, "{'metadata':{'name':'" + name + "','labels':{'app':'" + name
                + "'}},'spec':{'containers':[{'name':'c','image':'i'}]}}").expect(201);
    }

    public Api.Reply configMap(String name) {
        return api.post(CONFIG_MAPS, "{'metadata':{'name':'" + name + "'},'data':{'a':'1'}}").expect(201);
    }

    public Api.Reply node(String name) {
        return api.post("/api/v1/nodes", "{'metadata':{'name':'" + name + "'}}").expect(201);
    }

    @Override
    public void close() {
        gateway.close();
        if (ownsStore) {
            store.close();
        }
    }
}
