package dev.xebec.gateway.read;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.request.ResponseStream;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/**
 * A watch over a WebSocket: each event is a message, of text where it is JSON, else of bytes. Made on the socket's event
 * loop.
 */
final class SocketStream implements ResponseStream {
    private static final int LENGTH_BYTES = 4;

    private final ServerWebSocket socket;
    private final boolean text;
    private final Context context = Vertx.currentContext();

    /** @param text false for frames that begin with their length, which a message does not need */
    SocketStream(ServerWebSocket socket, boolean text) {
        this.socket = socket;
        this.text = text;
    }

    @Override
    public boolean write(Bytes chunk) {
        throw new UnsupportedOperationException("a watch pushes");
    }

    @Override
    public void onLoop(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    @Override
    public Runnable onLoopAfter(long delayMillis, Runnable task) {
        long timer = context.owner().setTimer(Math.max(1, delayMillis), ignored -> task.run());
        return () -> context.owner().cancelTimer(timer);
    }

    @Override
    public void push(Bytes chunk) {
        int end = chunk.size();
        byte[] bytes = chunk.array();
        if (!text) {
            socket.writeBinaryMessage(Buffer.buffer().appendBytes(bytes, LENGTH_BYTES, end - LENGTH_BYTES));
            return;
        }
        while (end > 0 && bytes[end - 1] == '\n') {
            end--;
        }
        socket.writeTextMessage(new String(bytes, 0, end, StandardCharsets.UTF_8));
    }

    @Override
    public boolean ready() {
        return !socket.writeQueueFull();
    }

    @Override
    public void whenReady(Runnable task) {
        socket.drainHandler(ignored -> task.run());
    }

    @Override
    public boolean closed() {
        return socket.isClosed();
    }

    @Override
    public void onClose(Runnable task) {
        socket.closeHandler(ignored -> task.run());
    }

    @Override
    public void end() {
        socket.close();
    }
}
