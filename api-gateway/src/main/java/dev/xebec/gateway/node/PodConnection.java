package dev.xebec.gateway.node;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a port of a pod, made by the pod's node. One thread sends while another receives; both block. Takes one of
 * the gateway's places for streams until it is closed.
 */
public final class PodConnection implements AutoCloseable {
    private final Nodes nodes;
    private final BusStream stream;
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean over;

    private PodConnection(Nodes nodes, BusStream stream) {
        this.nodes = nodes;
        this.stream = stream;
    }

    /** {@link RejectedException} where the node is not reached; that the port is not, is heard by {@link #receive}. */
    public static PodConnection open(Nodes nodes, String node, NodeStreamRequest request) {
        nodes.enter();
        boolean opened = false;
        try {
            PodConnection connection = new PodConnection(nodes, nodes.open(node, request));
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                nodes.leave();
            }
        }
    }

    public void send(byte[] bytes, int from, int length) {
        byte[] frame = new byte[length + 1];
        System.arraycopy(bytes, from, frame, 1, length);
        stream.send(Bytes.of(frame));
    }

    public void send(Bytes bytes) {
        send(bytes.array(), 0, bytes.size());
    }

    /** Nothing more will be sent. */
    public void endInput() {
        stream.send(Frames.STDIN_END);
    }

    /**
     * What the pod sent; null once it has ended its side. {@link RejectedException} with the node's words where there is no
     * connection, {@link UnavailableException} where it broke.
     */
    public @Nullable Bytes receive() {
        while (!over) {
            Bytes frame = stream.receive(Duration.ZERO);
            if (frame == null) {
                over = true;
                return null;
            }
            Status refusal = Frames.refusal(frame);
            if (refusal != null) {
                over = true;
                throw new RejectedException(refusal);
            }
            if (Frames.channel(frame) == NodeStreamRequest.STDOUT && frame.size() > 1) {
                return Frames.content(frame);
            }
            over = Frames.channel(frame) == NodeStreamRequest.STATUS
                    || Frames.channel(frame) == NodeStreamRequest.STDOUT;
        }
        return null;
    }

    /** Breaks it off. May block. */
    public void fail(String why) {
        stream.fail(why);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stream.close();
            nodes.leave();
        }
    }
}
