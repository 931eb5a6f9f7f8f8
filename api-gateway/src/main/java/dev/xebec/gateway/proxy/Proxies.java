package dev.xebec.gateway.proxy;

import dev.xebec.gateway.node.Nodes;
import dev.xebec.gateway.node.Sessions;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.Routes;
import dev.xebec.kit.metrics.Metrics;
import java.util.random.RandomGenerator;

/** Adds the proxy subresources. */
public final class Proxies {
    private Proxies() {}

    /** @param logs answers for {@code pods/log} */
    public static void addTo(Routes routes, ObjectRegistry registry, Nodes nodes, Metrics metrics, Handler logs,
            RandomGenerator random) {
        Sessions sessions = new Sessions(metrics, "proxy");
        routes.subresource("pods/proxy", new ProxyHandler(
                call -> ProxyTarget.ofPod(registry, call.info().namespace(), call.info().name()), nodes, sessions));
        routes.subresource("services/proxy", new ProxyHandler(
                call -> ProxyTarget.ofService(registry, random, call.info().namespace(), call.info().name()), nodes,
                sessions));
        routes.subresource("nodes/proxy", new NodeProxyHandler(registry, nodes, logs));
    }
}
