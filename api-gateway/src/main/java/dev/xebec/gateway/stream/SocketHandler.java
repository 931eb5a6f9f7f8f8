package dev.xebec.gateway.stream;

import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.Verb;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;

/**
 * Exec and attach: a conversation over a WebSocket with the channels of {@code v4} and {@code v5.channel.k8s.io}.
 * Everything that can be judged without the node is judged before the upgrade, so that it is answered with a Status;
 * what the node says comes on the status channel.
 */
final class SocketHandler implements Handler {
    private final NodeStreamRequest.Type type;
    private final ObjectRegistry registry;
    private final Nodes nodes;

    SocketHandler(NodeStreamRequest.Type type, ObjectRegistry registry, Nodes nodes) {
        this.type = type;
        this.registry = registry;
        this.nodes = nodes;
    }

    @Override
    public Answer handle(Call call) {
        Verb verb = call.info().verb();
        if (verb != Verb.GET && verb != Verb.CREATE) {
            throw new RejectedException(Status.methodNotAllowed(verb.word(), call.info().servedResource()));
        }
        Target target = Target.of(call, registry);
        if (target.node().isEmpty()) {
            throw new RejectedException(Status.badRequest("pod " + target.pod() + " does not have a host assigned"));
        }
        NodeStreamRequest request = request(call, target);
        if (!call.wantsWebSocket()) {
            throw new RejectedException(Status.badRequest("Upgrade request required: this server talks to containers "
                    + "over WebSockets (v5.channel.k8s.io, v4.channel.k8s.io), not over SPDY"));
        }
        return new Answer.WebSocket(socket -> SocketBridge.begin(socket, nodes, target.node(), request));
    }

    private NodeStreamRequest request(Call call, Target target) {
        boolean stdin = call.flag("stdin");
        boolean stdout = call.flag("stdout");
        boolean tty = call.flag("tty");
        // A terminal has one output for both.
        boolean stderr = call.flag("stderr") && !tty;
        if (!stdin && !stdout && !stderr) {
            throw new RejectedException(Status.badRequest("you must specify at least 1 of stdin, stdout, stderr"));
        }
        List<String> command = call.words("command");
        if (type == NodeStreamRequest.Type.EXEC && command.isEmpty()) {
            throw new RejectedException(Status.badRequest("you must specify at least 1 command for the container"));
        }
        return new NodeStreamRequest(type, target.namespace(), target.pod(), target.uid(), target.container(),
                type == NodeStreamRequest.Type.EXEC ? command : List.of(), stdin, stdout, stderr, tty, false, false,
                false,
                -1, 0, 0);
    }
}
