package dev.xebec.gateway.stream;

import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Nodes;
import dev.xebec.gateway.node.Sessions;
import dev.xebec.gateway.node.StreamRights;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.Verb;
import dev.xebec.gateway.socket.ChannelProtocol;
import dev.xebec.gateway.spdy.ByteLink;
import dev.xebec.gateway.spdy.SpdyHandshake;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Optional;

/**
 * Exec and attach: a conversation over WebSocket channels or SPDY streams. Everything that can be judged without the node is
 * judged before the upgrade, so that it is answered with a Status; what the node says is the conversation's result.
 */
final class ConversationHandler implements Handler {
    private final NodeStreamRequest.Type type;
    private final ObjectRegistry registry;
    private final Nodes nodes;
    private final StreamRights rights;
    private final Sessions sessions;

    ConversationHandler(NodeStreamRequest.Type type, ObjectRegistry registry, Nodes nodes, StreamRights rights,
            Sessions sessions) {
        this.type = type;
        this.registry = registry;
        this.nodes = nodes;
        this.rights = rights;
        this.sessions = sessions;
    }

    @Override
    public boolean longRunning() {
        return true;
    }

    @Override
    public Answer handle(Call call) {
        Verb verb = call.info().verb();
        if (verb != Verb.GET && verb != Verb.CREATE) {
            throw new RejectedException(Status.methodNotAllowed(verb.word(), call.info().servedResource()));
        }
        rights.require(call);
        Target target = Target.of(call, registry);
        if (target.node().isEmpty()) {
            throw new RejectedException(Status.badRequest("pod " + target.pod() + " does not have a host assigned"));
        }
        NodeStreamRequest request = request(call, target);
        if (!SpdyHandshake.leavesHttp(call.wire())) {
            throw new RejectedException(Status.badRequest("Upgrade request required"));
        }
        if (!call.wantsWebSocket()) {
            return SpdyHandshake.answer(call, SpdyClient.PROTOCOLS,
                    protocol -> socket -> SpdyClient.begin(ByteLink.of(socket), protocol,
                            new Conversation(nodes, target.node(), request), sessions.begin()));
        }
        List<String> offered = call.wire().words("Sec-WebSocket-Protocol");
        Optional<ChannelProtocol> protocol = ChannelProtocol.choose(offered, ChannelProtocol.CONVERSATIONS);
        if (protocol.isEmpty()) {
            return SpdyHandshake.text(403, "none of the protocols " + offered + " is served", List.of());
        }
        return new Answer.WebSocket(protocol.get().name(), socket -> SocketClient.begin(socket, protocol.get(),
                new Conversation(nodes, target.node(), request), sessions.begin()));
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
        boolean exec = type == NodeStreamRequest.Type.EXEC;
        if (exec && command.isEmpty()) {
            throw new RejectedException(Status.badRequest("you must specify at least 1 command for the container"));
        }
        return NodeStreamRequest.conversation(type, target.namespace(), target.pod(), target.uid(), target.container(),
                exec ? command : List.of(), new NodeStreamRequest.Ends(stdin, stdout, stderr, tty));
    }
}
