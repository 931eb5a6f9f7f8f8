package dev.xebec.gateway.stream;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Frames;
import dev.xebec.gateway.node.Nodes;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One conversation between a client and a container. Two virtual threads carry it, one for each direction; a side that does
 * not keep up holds back the other one. Whoever leaves takes the other one with him.
 */
final class Conversation {
    private final Nodes nodes;
    private final String node;
    private final NodeStreamRequest request;
    private volatile boolean left;
    private volatile @Nullable BusStream stream;

    Conversation(Nodes nodes, String node, NodeStreamRequest request) {
        this.nodes = nodes;
        this.node = node;
        this.request = request;
    }

    NodeStreamRequest request() {
        return request;
    }

    void begin(ClientSide client) {
        Thread.ofVirtual().name("conversation").start(() -> run(client));
    }

    /** The client has gone. Does not block. */
    void leave() {
        left = true;
        BusStream open = stream;
        if (open != null) {
            // May wait for a sender, which event loops do not.
            Thread.ofVirtual().start(() -> open.fail("the client has gone"));
        }
    }

    private void run(ClientSide client) {
        try {
            nodes.enter();
        } catch (RejectedException full) {
            client.finish(json(full.status()));
            return;
        }
        try {
            client.finish(carry(client, nodes.open(node, request)));
        } catch (RejectedException refused) {
            client.finish(json(refused.status()));
        } finally {
            nodes.leave();
        }
    }

    private static Bytes json(Status status) {
        return Frames.content(Frames.status(status));
    }

    /** Until one side ends; returns the result. */
    private Bytes carry(ClientSide client, BusStream open) {
        stream = open;
        if (left) {
            open.fail("the client has gone");
        }
        Thread sender = Thread.ofVirtual().name("conversation-input").start(() -> send(client, open));
        try {
            client.begun();
            Bytes frame = open.receive(Duration.ZERO);
            while (frame != null && Frames.channel(frame) != NodeStreamRequest.STATUS) {
                if (frame.size() > 1) {
                    client.output(Frames.channel(frame), Frames.content(frame).array());
                }
                frame = open.receive(Duration.ZERO);
            }
            open.close();
            return frame == null
                    ? json(Status.internalError("node \"" + node + "\" ended the stream without a result"))
                    : Frames.content(frame);
        } catch (UnavailableException broken) {
            open.fail("the client has gone");
            return json(Nodes.unreachable("the stream to node \"" + node + "\" broke: " + broken.getMessage()));
        } finally {
            sender.interrupt();
        }
    }

    private static void send(ClientSide client, BusStream open) {
        try {
            client.input(open::send);
        } catch (UnavailableException over) {
            // The receiving side sees the same and says so to the client; where it was the client, the node has to hear it.
            open.fail("the client's input broke off: " + over.getMessage());
        }
    }
}
