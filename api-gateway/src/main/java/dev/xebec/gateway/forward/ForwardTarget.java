package dev.xebec.gateway.forward;

import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Nodes;
import dev.xebec.gateway.node.PodConnection;

/** The pod whose ports are forwarded. */
record ForwardTarget(Nodes nodes, String node, String namespace, String pod, String uid) {

    PodConnection connect(int port) {
        return PodConnection.open(nodes, node, NodeStreamRequest.forward(namespace, pod, uid, port, false));
    }

    /** What goes onto the error stream. Source: kubelet {@code cri/streaming/portforward/httpstream.go}. */
    String failure(int port, String why) {
        return "error forwarding port " + port + " to pod " + pod + ", uid " + uid + ": " + why;
    }
}
