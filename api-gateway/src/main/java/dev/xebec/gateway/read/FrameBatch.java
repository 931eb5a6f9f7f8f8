package dev.xebec.gateway.read;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.request.ResponseStream;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Frames on their way to one write; over a WebSocket each is a message of its own. */
final class FrameBatch {
    /** Bytes written in one go. */
    private static final int MAX_WRITE = 128 * 1024;

    private final boolean messages;
    private final Consumer<Bytes> push;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
    private Bytes only = Bytes.EMPTY;
    private int frames;

    FrameBatch(ResponseStream out, Consumer<Bytes> push) {
        this.messages = out instanceof SocketStream;
        this.push = push;
    }

    void add(Bytes frame) {
        if (messages) {
            push.accept(frame);
            return;
        }
        if (frames == 1) {
            bytes.writeBytes(only.array());
        }
        if (frames > 0) {
            bytes.writeBytes(frame.array());
        }
        only = frame;
        frames++;
        if (bytes.size() >= MAX_WRITE) {
            flush();
        }
    }

    void flush() {
        if (frames == 1) {
            push.accept(only);
        } else if (frames > 1) {
            push.accept(Bytes.of(bytes.toByteArray()));
        }
        bytes.reset();
        frames = 0;
    }
}
