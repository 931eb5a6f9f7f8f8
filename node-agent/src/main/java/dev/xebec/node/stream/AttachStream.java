package dev.xebec.node.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.node.runtime.AttachSession;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerRuntime;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what a container's main process reads and writes, until it is over or the client leaves. */
final class AttachStream {
    private static final Logger LOG = LoggerFactory.getLogger(AttachStream.class);
    private static final int BUFFER_BYTES = 64 * 1024;
    /** How often output is looked for. */
    private static final Duration LOOK = Duration.ofMillis(15);

    private final AttachSession session;
    private final NodeStreamRequest request;
    private final BusStream stream;
    private volatile boolean left;

    private AttachStream(AttachSession session, NodeStreamRequest request, BusStream stream) {
        this.session = session;
        this.request = request;
        this.stream = stream;
    }

    static Bytes serve(ContainerRuntime runtime, ContainerId id, NodeStreamRequest request, BusStream stream)
            throws InterruptedException {
        AttachSession session = runtime.attach(id).orElseThrow(() -> new RejectedException(
                Status.internalError("container " + id.container() + " is not running")));
        try (session) {
            return new AttachStream(session, request, stream).run();
        } catch (IOException failed) {
            throw new RejectedException(Status.internalError("attach: " + failed.getMessage()));
        }
    }

    private Bytes run() throws IOException, InterruptedException {
        Thread in = Thread.ofVirtual().name("attach-in").start(this::receive);
        try {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (!left) {
                int out = session.stdout(buffer);
                send(NodeStreamRequest.STDOUT, buffer, out, request.stdout());
                int err = session.stderr(buffer);
                send(NodeStreamRequest.STDERR, buffer, err, request.stderr());
                if (out < 0 && err < 0) {
                    return Frames.success();
                }
                if (out <= 0 && err <= 0) {
                    Thread.sleep(LOOK);
                }
            }
            throw new UnavailableException("the client has gone");
        } finally {
            in.interrupt();
        }
    }

    private void send(byte channel, byte[] buffer, int length, boolean wanted) {
        if (wanted && length > 0) {
            stream.send(Frames.of(channel, buffer, length));
        }
    }

    private void receive() {
        try {
            for (Bytes frame = stream.receive(Duration.ZERO); frame != null; frame = stream.receive(Duration.ZERO)) {
                take(frame);
            }
        } catch (UnavailableException gone) {
            left = true;
        }
    }

    private void take(Bytes frame) {
        if (frame.isEmpty()) {
            return;
        }
        switch (frame.array()[0]) {
            case NodeStreamRequest.STDIN -> {
                if (frame.size() == 1) {
                    session.endInput();
                } else {
                    input(frame);
                }
            }
            case NodeStreamRequest.RESIZE -> resize(Frames.content(frame));
            default -> LOG.debug("A frame on channel {} means nothing here", frame.array()[0]);
        }
    }

    /** Input that nobody reads (any more) is dropped, as it would be in a terminal. */
    private void input(Bytes frame) {
        try {
            session.input(frame.array(), 1, frame.size() - 1);
        } catch (IOException none) {
            LOG.trace("Input is dropped: {}", none.toString());
        }
    }

    private void resize(byte[] content) {
        try {
            ObjectNode size = Json.parseObject(content);
            session.resize(size.path("Width").asInt(80), size.path("Height").asInt(24));
        } catch (IllegalArgumentException malformed) {
            LOG.debug("A malformed terminal size: {}", malformed.getMessage());
        }
    }
}
