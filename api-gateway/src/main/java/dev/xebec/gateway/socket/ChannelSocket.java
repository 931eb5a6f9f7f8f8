package dev.xebec.gateway.socket;

import dev.xebec.contracts.UnavailableException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A WebSocket with channels. Messages arrive on its event loop; virtual threads write and block while it is full. */
public final class ChannelSocket {
    /** Bytes that arrived and are not consumed yet; with more the socket is not read. */
    private static final int MAX_WAITING_BYTES = 256 * 1024;
    /** What one byte array costs beyond its content, so that tiny messages are not free. */
    private static final int MESSAGE_COST = 64;
    /** A socket on which nothing happens for so long is closed. Source: kubelet streamingConnectionIdleTimeout. */
    private static final Duration IDLE = Duration.ofHours(4);
    private static final long IDLE_LOOK_MILLIS = 60_000;

    private final ServerWebSocket socket;
    private final Context loop;
    private final ChannelProtocol protocol;
    private final Listener listener;
    private final AtomicInteger waiting = new AtomicInteger();
    private final long idleTimer;
    private final HeldGoodbye goodbye;
    // Only touched on the event loop.
    private final List<CountDownLatch> writers = new ArrayList<>();
    private long busyNanos = System.nanoTime();
    private boolean paused;
    private volatile boolean closed;
    private volatile boolean saidGoodbye;

    /** On the socket's event loop. */
    public interface Listener {
        /** Content that counts as waiting until it is {@linkplain ChannelSocket#consumed consumed}. */
        void message(int channel, byte[] content);

        /** The client has gone, or all was said; once. */
        void gone();

        /**
         * The client closes in good order. Whoever answers true still works on what was sent, and
         * {@linkplain ChannelSocket#finish finishes} then, whether or not the client has waited; for others it is the end.
         */
        default boolean goodbye() {
            return false;
        }
    }

    /** On the socket's event loop. */
    public ChannelSocket(ServerWebSocket socket, ChannelProtocol protocol, Listener listener) {
        this.socket = socket;
        this.loop = Vertx.currentContext();
        this.protocol = protocol;
        this.listener = listener;
        idleTimer = loop.owner().setPeriodic(IDLE_LOOK_MILLIS, look -> loop.runOnContext(ignored -> {
            if (System.nanoTime() - busyNanos > IDLE.toNanos()) {
                socket.close();
            }
        }));
        if (protocol.base64()) {
            socket.textMessageHandler(this::takeText);
        } else {
            socket.binaryMessageHandler(this::takeBinary);
        }
        goodbye = HeldGoodbye.of(socket, protocol.base64());
        socket.exceptionHandler(failure -> left());
        socket.closeHandler(closed -> left());
    }

    /** After a goodbye nobody is missed. */
    private void left() {
        if (saidGoodbye) {
            end();
        } else {
            gone();
        }
    }

    public ChannelProtocol protocol() {
        return protocol;
    }

    private void takeBinary(Buffer message) {
        if (message.length() > 0) {
            take(message.getUnsignedByte(0), message.getBytes(1, message.length()));
        }
    }

    private void takeText(String message) {
        if (!message.isEmpty()) {
            try {
                take(message.charAt(0) - '0', Base64.getDecoder().decode(message.substring(1)));
            } catch (IllegalArgumentException malformed) {
                socket.close();
            }
        }
    }

    private void take(int channel, byte[] content) {
        busyNanos = System.nanoTime();
        if (closed) {
            return;
        }
        if (channel == HeldGoodbye.CHANNEL) {
            saidGoodbye = goodbye.waits() && listener.goodbye();
            if (!saidGoodbye) {
                goodbye.release();
            }
            return;
        }
        int before = waiting.getAndAdd(content.length + MESSAGE_COST);
        listener.message(channel, content);
        if (before + content.length + MESSAGE_COST > MAX_WAITING_BYTES && !paused
                && waiting.get() > MAX_WAITING_BYTES) {
            paused = true;
            socket.pause();
        }
    }

    /** Takes back what {@link Listener#message} brought; from any thread. @param length of the content */
    public void consumed(int length) {
        int cost = length + MESSAGE_COST;
        int before = waiting.getAndAdd(-cost);
        if (before >= MAX_WAITING_BYTES / 2 && before - cost < MAX_WAITING_BYTES / 2) {
            loop.runOnContext(ignored -> {
                if (paused && !closed) {
                    paused = false;
                    socket.resume();
                }
            });
        }
    }

    private void gone() {
        if (!closed) {
            end();
            listener.gone();
        }
    }

    private void end() {
        closed = true;
        loop.owner().cancelTimer(idleTimer);
        writers.forEach(CountDownLatch::countDown);
        writers.clear();
    }

    /** Blocks while the client does not keep up; {@link UnavailableException} where he has gone. */
    public void write(int channel, byte[] content) {
        CountDownLatch taken = new CountDownLatch(1);
        loop.runOnContext(ignored -> {
            if (closed) {
                taken.countDown();
                return;
            }
            busyNanos = System.nanoTime();
            writeNow(channel, content);
            if (socket.writeQueueFull()) {
                writers.add(taken);
                socket.drainHandler(drained -> {
                    writers.forEach(CountDownLatch::countDown);
                    writers.clear();
                });
            } else {
                taken.countDown();
            }
        });
        try {
            taken.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
        if (closed && !saidGoodbye) {
            throw new UnavailableException("the client has gone");
        }
    }

    private void writeNow(int channel, byte[] content) {
        if (protocol.base64()) {
            socket.writeTextMessage((char) ('0' + channel) + new String(Base64.getEncoder().encode(content),
                    StandardCharsets.US_ASCII));
        } else {
            byte[] message = new byte[content.length + 1];
            message[0] = (byte) channel;
            System.arraycopy(content, 0, message, 1, content.length);
            socket.writeBinaryMessage(Buffer.buffer(message));
        }
    }

    /** Closes it in good order behind what was written, with a last message where there is one. */
    public void finish(int channel, byte[]... last) {
        loop.runOnContext(ignored -> {
            if (!closed) {
                end();
                Arrays.stream(last).forEach(content -> writeNow(channel, content));
                // Also where input was held back: the client's goodbye has to be read.
                socket.resume();
                goodbye.release();
                socket.close();
                listener.gone();
            } else if (saidGoodbye) {
                listener.gone();
            }
        });
    }
}
