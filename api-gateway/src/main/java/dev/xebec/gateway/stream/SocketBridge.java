package dev.xebec.gateway.stream;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One conversation between a client's WebSocket and a container. Both sides speak the same frames. Two virtual threads
 * carry them, one for each direction; a side that does not keep up holds back the other one. Whoever leaves takes the
 * other one with him.
 */
final class SocketBridge {
    /** Input that waits for the node; with more the socket is not read. */
    private static final int MAX_WAITING_BYTES = 256 * 1024;
    /** A frame on this channel closes the channel that it names; only in {@code v5}. */
    private static final int CLOSE_SIGNAL = 255;
    private static final String WITH_CLOSE_SIGNAL = "v5.channel.k8s.io";

    private final ServerWebSocket socket;
    private final Context loop;
    private final Nodes nodes;
    private final String node;
    private final NodeStreamRequest request;
    private final boolean closeSignal;
    private final LinkedBlockingQueue<Bytes> input = new LinkedBlockingQueue<>();
    private final AtomicInteger waitingBytes = new AtomicInteger();
    /** Only touched on the event loop. */
    private boolean paused;
    /** Only touched on the event loop: who waits for the client to take what was written. */
    private @Nullable CountDownLatch writing;
    private volatile boolean closed;
    private volatile @Nullable BusStream stream;

    private SocketBridge(ServerWebSocket socket, Context loop, Nodes nodes, String node, NodeStreamRequest request) {
        this.socket = socket;
        this.loop = loop;
        this.nodes = nodes;
        this.node = node;
        this.request = request;
        this.closeSignal = WITH_CLOSE_SIGNAL.equals(socket.subProtocol());
    }

    /** On the socket's event loop. */
    static void begin(ServerWebSocket socket, Nodes nodes, String node, NodeStreamRequest request) {
        SocketBridge bridge = new SocketBridge(socket, Vertx.currentContext(), nodes, node, request);
        socket.binaryMessageHandler(bridge::fromClient);
        socket.exceptionHandler(failure -> bridge.gone());
        socket.closeHandler(left -> bridge.gone());
        Thread.ofVirtual().name("socket-bridge").start(bridge::converse);
    }

    private void fromClient(Buffer message) {
        if (message.length() < 2) {
            return;
        }
        switch (message.getUnsignedByte(0)) {
            case NodeStreamRequest.STDIN -> take(request.stdin(), Bytes.of(message.getBytes()));
            case NodeStreamRequest.RESIZE -> take(request.tty(), Bytes.of(message.getBytes()));
            case CLOSE_SIGNAL -> take(closeSignal && request.stdin() && message.getByte(1) == NodeStreamRequest.STDIN,
                    Frames.STDIN_END);
            default -> {
                // The other channels are for what comes from the container.
            }
        }
    }

    private void take(boolean wanted, Bytes frame) {
        if (!wanted || closed) {
            return;
        }
        input.add(frame);
        if (waitingBytes.addAndGet(frame.size()) > MAX_WAITING_BYTES && !paused) {
            paused = true;
            socket.pause();
        }
    }

    private void gone() {
        closed = true;
        CountDownLatch waiter = writing;
        if (waiter != null) {
            waiter.countDown();
        }
        BusStream open = stream;
        if (open != null) {
            // May wait for a sender, which event loops do not.
            Thread.ofVirtual().start(() -> open.fail("the client has gone"));
        }
    }

    private void converse() {
        try {
            nodes.enter();
        } catch (RejectedException full) {
            finish(Frames.status(full.status()));
            return;
        }
        try {
            finish(carry(nodes.open(node, request)));
        } catch (RejectedException refused) {
            finish(Frames.status(refused.status()));
        } finally {
            nodes.leave();
        }
    }

    /** Until one side ends; returns the last frame for the client. */
    private Bytes carry(BusStream open) {
        stream = open;
        if (closed) {
            open.fail("the client has gone");
        }
        Thread sender = Thread.ofVirtual().name("socket-bridge-input").start(() -> send(open));
        try {
            // Tells the client that the container is reached; clients may wait for it.
            write(Frames.empty(request.stdout() ? NodeStreamRequest.STDOUT : NodeStreamRequest.STATUS));
            Bytes frame = open.receive(Duration.ZERO);
            while (frame != null && Frames.channel(frame) != NodeStreamRequest.STATUS) {
                write(frame);
                frame = open.receive(Duration.ZERO);
            }
            open.close();
            return frame == null
                    ? Frames.status(Status.internalError("node \"" + node + "\" ended the stream without a result"))
                    : frame;
        } catch (UnavailableException broken) {
            return Frames
                    .status(Nodes.unreachable("the stream to node \"" + node + "\" broke: " + broken.getMessage()));
        } finally {
            sender.interrupt();
        }
    }

    private void send(BusStream open) {
        try {
            while (true) {
                Bytes frame = input.take();
                open.send(frame);
                if (waitingBytes.addAndGet(-frame.size()) < MAX_WAITING_BYTES / 2) {
                    loop.runOnContext(ignored -> readOn());
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (UnavailableException over) {
            // The receiving side sees the same and says so to the client.
            input.clear();
        }
    }

    private void readOn() {
        if (paused && !closed) {
            paused = false;
            socket.resume();
        }
    }

    /** Blocks while the client does not keep up. */
    private void write(Bytes frame) {
        CountDownLatch taken = new CountDownLatch(1);
        loop.runOnContext(ignored -> {
            if (closed) {
                taken.countDown();
                return;
            }
            socket.writeBinaryMessage(Buffer.buffer(frame.array()));
            if (!socket.writeQueueFull()) {
                taken.countDown();
                return;
            }
            writing = taken;
            socket.drainHandler(drained -> taken.countDown());
        });
        try {
            taken.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
    }

    /** The status is the last that a client hears; then the socket closes in good order. */
    private void finish(Bytes last) {
        loop.runOnContext(ignored -> {
            if (!closed) {
                closed = true;
                socket.writeBinaryMessage(Buffer.buffer(last.array()));
                // Also where input was held back: the client's goodbye has to be read.
                socket.resume();
                socket.close();
            }
        });
    }
}
