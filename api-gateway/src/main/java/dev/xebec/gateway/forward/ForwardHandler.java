package dev.xebec.gateway.forward;

import dev.xebec.gateway.node.Nodes;
import dev.xebec.gateway.node.PodTarget;
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
import dev.xebec.model.object.GoString;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code pods/portforward}: what is wrong before the connection is another is answered with a Status. */
public final class ForwardHandler implements Handler {
    private static final String PROTOCOL = "portforward.k8s.io";
    private static final String TUNNEL = "SPDY/3.1+" + PROTOCOL;
    /** Ports of one request over WebSocket channels, which are numbered by a byte. */
    private static final int MAX_PORTS = 127;
    private static final int HIGHEST_PORT = 65_535;

    private final ObjectRegistry registry;
    private final Nodes nodes;
    private final StreamRights rights;
    private final Sessions sessions;

    public ForwardHandler(ObjectRegistry registry, Nodes nodes, StreamRights rights, Sessions sessions) {
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
        checkPorts(call);
        PodTarget pod = PodTarget.of(registry, call.info().namespace(), call.info().name()).onNode();
        if (!SpdyHandshake.leavesHttp(call.wire())) {
            throw new RejectedException(Status.badRequest("Upgrade request required"));
        }
        ForwardTarget target = new ForwardTarget(nodes, pod.node(), pod.namespace(), pod.name(), pod.uid());
        if (!call.wantsWebSocket()) {
            return SpdyHandshake.answer(call, List.of(PROTOCOL),
                    protocol -> socket -> SpdyForwarding.begin(ByteLink.of(socket), target, sessions.begin()));
        }
        List<String> offered = call.wire().words("Sec-WebSocket-Protocol");
        if (offered.contains(TUNNEL)) {
            return new Answer.WebSocket(TUNNEL,
                    socket -> SpdyForwarding.begin(ByteLink.of(socket), target, sessions.begin()));
        }
        return channels(call, offered, target);
    }

    /** Said in the words in which the options of the request are read. Source: apimachinery {@code conversion/queryparams}. */
    private static void checkPorts(Call call) {
        for (String words : call.words("ports")) {
            for (String word : words.split(",", -1)) {
                boolean digits = word.matches("[0-9]+");
                if (!digits || new BigInteger(word).bitLength() > Short.SIZE) {
                    throw new RejectedException(
                            Status.badRequest("cannot convert to []int32: strconv.ParseUint: parsing "
                                    + GoString.quoted(word) + ": "
                                    + (digits ? "value out of range" : "invalid syntax")));
                }
            }
        }
    }

    private Answer channels(Call call, List<String> offered, ForwardTarget target) {
        List<Integer> ports = new ArrayList<>();
        for (String words : call.words("ports")) {
            for (String word : words.split(",", -1)) {
                String wrong = add(word, ports);
                if (!wrong.isEmpty()) {
                    return SpdyHandshake.text(400, wrong, List.of());
                }
            }
        }
        if (ports.isEmpty()) {
            return SpdyHandshake.text(400, "query parameter \"port\" is required", List.of());
        }
        if (ports.size() > MAX_PORTS) {
            return SpdyHandshake.text(400, "at most " + MAX_PORTS + " ports can be forwarded at once", List.of());
        }
        Optional<ChannelProtocol> protocol = ChannelProtocol.choose(offered, ChannelProtocol.FORWARDS);
        if (protocol.isEmpty()) {
            return SpdyHandshake.text(403, "none of the protocols " + offered + " is served", List.of());
        }
        return new Answer.WebSocket(protocol.get().name(), socket -> SocketForwarding.begin(socket, protocol.get(),
                target, ports, sessions.begin()));
    }

    /** What is wrong with the word; empty where it was a port. */
    private static String add(String word, List<Integer> ports) {
        if (word.isEmpty()) {
            return "query parameter \"port\" cannot be empty";
        }
        int port;
        try {
            port = Integer.parseInt(word);
        } catch (NumberFormatException malformed) {
            return "unable to parse \"" + word + "\" as a port: strconv.ParseUint: parsing \"" + word
                    + "\": invalid syntax";
        }
        if (port < 0 || port > HIGHEST_PORT) {
            return "unable to parse \"" + word + "\" as a port: strconv.ParseUint: parsing \"" + word
                    + "\": value out of range";
        }
        if (port == 0) {
            return "port \"" + word + "\" must be > 0";
        }
        ports.add(port);
        return "";
    }
}
