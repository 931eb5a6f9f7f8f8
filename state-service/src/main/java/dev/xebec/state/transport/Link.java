package dev.xebec.state.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;

/** A connection to another replica's {@link Door}, for one call at a time. Interrupting the caller breaks it. */
final class Link implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    /** Two handshakes' worth of a busy machine. */
    private static final Duration GREETING = Duration.ofSeconds(3);

    private final SocketChannel channel;
    private final Socket socket;
    private final Frames frames;
    private volatile long usedNanos = System.nanoTime();

    /** The other side took the call, and said nothing in time. */
    static final class UnansweredException extends IOException {
        private static final long serialVersionUID = 1;

        UnansweredException(Duration patience, IOException cause) {
            super("no answer in " + patience.toMillis() + " ms", cause);
        }
    }

    private Link(SocketChannel channel, Socket socket, Frames frames) {
        this.channel = channel;
        this.socket = socket;
        this.frames = frames;
    }

    /** @throws IOException where nobody answers there, or another replica than the one that was meant */
    static Link open(Wire wire, InetSocketAddress address, Hello hello) throws IOException {
        // A channel, because a thread that waits for one can be interrupted.
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, (int) CONNECT.toMillis());
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            Socket socket = wire.calling(channel);
            socket.setSoTimeout((int) GREETING.toMillis());
            Frames frames = new Frames(socket);
            frames.write(Hello.KIND, hello.text());
            Frames.Frame answer = frames.read(Hello.MAX_BYTES);
            if (answer.kind() != Hello.WELCOME) {
                throw new IOException(address + " refuses: " + answer.text());
            }
            return new Link(channel, socket, frames);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Frames.Frame call(int kind, MessageLite request, Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        frames.write(kind, request);
        try {
            Frames.Frame answer = frames.read();
            usedNanos = System.nanoTime();
            return answer;
        } catch (SocketTimeoutException late) {
            throw new UnansweredException(patience, late);
        }
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - usedNanos);
    }

    /** At once: a TLS farewell could wait for a peer that hangs. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more either way.
            assert e.getMessage() != null;
        }
    }
}
