package dev.xebec.gateway.stream;

import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.forward.ForwardHandler;
import dev.xebec.gateway.node.Nodes;
import dev.xebec.gateway.node.Sessions;
import dev.xebec.gateway.node.StreamRights;
import dev.xebec.gateway.pipeline.Authorizer;
import dev.xebec.gateway.proxy.Proxies;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.Routes;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.metrics.Metrics;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Adds the subresources that talk to a pod's node. */
public final class ContainerStreams {
    private ContainerStreams() {}

    public static void addTo(Routes routes, ObjectRegistry registry, Authorizer authorizer, Bus bus, Metrics metrics,
            InstantSource clock) {
        Nodes nodes = new Nodes(bus);
        metrics.gauge("xebec_gateway_node_streams", "Streams to nodes that are open.", nodes::open);
        StreamRights rights = new StreamRights(authorizer);
        Handler logs = new LogHandler(registry, nodes, clock);
        routes.subresource("pods/log", logs);
        Proxies.addTo(routes, registry, nodes, metrics, logs, new SecureRandom());
        routes.subresource("pods/exec", new ConversationHandler(NodeStreamRequest.Type.EXEC, registry, nodes, rights,
                new Sessions(metrics, "exec")));
        routes.subresource("pods/attach", new ConversationHandler(NodeStreamRequest.Type.ATTACH, registry, nodes,
                rights, new Sessions(metrics, "attach")));
        routes.subresource("pods/portforward",
                new ForwardHandler(registry, nodes, rights, new Sessions(metrics, "portforward")));
    }
}
