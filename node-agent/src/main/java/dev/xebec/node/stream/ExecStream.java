package dev.xebec.node.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.runtime.ExecSession;
import dev.xebec.node.runtime.ExecSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries a command's input and output; ends with its exit code. The command ends with its user. */
final class ExecStream {
    private static final Logger LOG = LoggerFactory.getLogger(ExecStream.class);
    private static final int BUFFER_BYTES = 16 * 1024;
    /** How long output of processes that the command left behind is waited for. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final ExecSession session;
    private final BusStream stream;
    private final ReentrantLock sending = new ReentrantLock();

    private ExecStream(ExecSession session, BusStream stream) {
        this.session = session;
        this.stream = stream;
    }

    static Bytes serve(ContainerRuntime runtime, ContainerId id, NodeStreamRequest request, BusStream stream)
            throws InterruptedException {
        if (request.command().isEmpty()) {
            throw new RejectedException(Status.badRequest("you must specify at least 1 command for the container"));
        }
        ExecSession session = runtime.exec(id, new ExecSpec(request.command(), request.stdin(), request.tty()))
                .orElseThrow(() -> new RejectedException(
                        Status.internalError("container " + id.container() + " does not run")));
        try (session) {
            return new ExecStream(session, stream).run(request);
        }
    }

    private Bytes run(NodeStreamRequest request) throws InterruptedException {
        Thread in = Thread.ofVirtual().name("exec-in").start(this::receive);
        Thread out = Thread.ofVirtual().name("exec-out")
                .start(() -> send(NodeStreamRequest.STDOUT, session.stdout(), request.stdout()));
        Thread err = Thread.ofVirtual().name("exec-err")
                .start(() -> send(NodeStreamRequest.STDERR, session.stderr(), request.stderr()));
        int code = session.await();
        out.join(LINGER);
        err.join(LINGER);
        in.interrupt();
        // Whatever is still being sent is whole before the status, and nothing comes behind it.
        sending.lock();
        out.interrupt();
        err.interrupt();
        return Frames.exit(code);
    }

    private void send(byte channel, InputStream from, boolean wanted) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                if (wanted && read > 0) {
                    sending.lockInterruptibly();
                    try {
                        stream.send(Frames.of(channel, buffer, read));
                    } finally {
                        sending.unlock();
                    }
                }
            }
        } catch (IOException closed) {
            LOG.trace("Output of an exec ended: {}", closed.toString());
        } catch (UnavailableException left) {
            session.close();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive() {
        OutputStream stdin = session.stdin();
        try {
            Bytes frame = stream.receive(Duration.ZERO);
            while (frame != null) {
                take(frame, stdin);
                frame = stream.receive(Duration.ZERO);
            }
            close(stdin);
        } catch (UnavailableException left) {
            session.close();
        }
    }

    private void take(Bytes frame, OutputStream stdin) {
        if (frame.isEmpty()) {
            return;
        }
        byte[] content = Frames.content(frame);
        switch (frame.array()[0]) {
            case NodeStreamRequest.STDIN -> {
                if (content.length == 0) {
                    close(stdin);
                } else {
                    write(stdin, content);
                }
            }
            case NodeStreamRequest.RESIZE -> resize(content);
            default -> LOG.debug("A frame on channel {} means nothing here", frame.array()[0]);
        }
    }

    /** A command that does not read any more takes nothing more; it says itself how it ended. */
    private static void write(OutputStream stdin, byte[] content) {
        try {
            stdin.write(content);
            stdin.flush();
        } catch (IOException closed) {
            LOG.trace("Input of an exec is closed: {}", closed.toString());
        }
    }

    private static void close(OutputStream stdin) {
        try {
            stdin.close();
        } catch (IOException closed) {
            LOG.trace("Input of an exec was closed: {}", closed.toString());
        }
    }

    private void resize(byte[] content) {
        ObjectNode size;
        try {
            size = Json.parseObject(content);
        } catch (IllegalArgumentException malformed) {
            LOG.debug("A malformed terminal size: {}", malformed.getMessage());
            return;
        }
        session.resize(size.path("Width").asInt(80), size.path("Height").asInt(24));
    }
}
