package dev.xebec.gateway.stream;

import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.request.Routes;
import dev.xebec.kit.bus.Bus;
import java.time.InstantSource;

/** Adds the subresources that talk to a pod's node. */
public final class ContainerStreams {
    private ContainerStreams() {}

    public static void addTo(Routes routes, ObjectRegistry registry, Bus bus, InstantSource clock) {
        Nodes nodes = new Nodes(bus);
        routes.subresource("pods/log", new LogHandler(registry, nodes, clock));
        routes.subresource("pods/exec", new SocketHandler(NodeStreamRequest.Type.EXEC, registry, nodes));
        routes.subresource("pods/attach", new SocketHandler(NodeStreamRequest.Type.ATTACH, registry, nodes));
    }
}
