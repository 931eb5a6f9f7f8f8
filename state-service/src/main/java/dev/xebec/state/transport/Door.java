package dev.xebec.state.transport;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a replica listens to the others, on one address. A thread for each connection, on which calls are answered one after the
 * other; who does not prove to be a member is heard no further.
 */
final class Door implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    /** Connections at once, proved or not; the next ones are closed. A group of seven needs less than half of them. */
    private static final int MAX_CONNECTIONS = 128;
    private static final int WAITING_CONNECTIONS = 64;
    private static final Duration GREETING = Duration.ofSeconds(5);
    /** A connection on which nobody calls for so long is given up; callers give theirs up earlier. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final Wire wire;
    private final String name;
    private final Answering answering;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Answers the calls of a member. */
    interface Answering {
        void answer(Frames.Frame call, Frames frames) throws IOException;
    }

    private Door(Wire wire, String name, Answering answering, ServerSocketChannel server) {
        this.wire = wire;
        this.name = name;
        this.answering = answering;
        this.server = server;
    }

    /** @throws IOException where the address is not this machine's, or taken */
    static Door open(Wire wire, String name, InetSocketAddress address, Answering answering) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, WAITING_CONNECTIONS);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw new IOException("cannot listen to the other state replicas at " + address + ": " + e.getMessage(), e);
        }
        Door door = new Door(wire, name, answering, server);
        Thread.ofPlatform().daemon().name("raft-door").start(door::accept);
        return door;
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    private void accept() {
        while (!closed) {
            try {
                SocketChannel channel = server.accept();
                open.add(channel);
                if (open.size() > MAX_CONNECTIONS || closed) {
                    closeQuietly(channel);
                } else {
                    Thread.ofPlatform().daemon().name("raft-called").start(() -> serve(channel));
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("A replica's connection could not be taken: {}", e.getMessage());
            }
        }
    }

    private void serve(SocketChannel channel) {
        String caller = "";
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Socket socket = wire.called(channel);
            socket.setSoTimeout((int) GREETING.toMillis());
            Frames frames = new Frames(socket);
            Hello hello = Hello.read(frames);
            if (!hello.to().equals(name)) {
                frames.write(Hello.REFUSED, "this is " + name + ", not " + hello.to());
                return;
            }
            caller = hello.from();
            frames.write(Hello.WELCOME, name);
            socket.setSoTimeout((int) IDLE.toMillis());
            while (!closed) {
                answering.answer(frames.read(), frames);
            }
        } catch (IOException e) {
            if (caller.isEmpty() && !closed && !hungUp(e)) {
                LOG.warn("A connection to the Raft port was refused: {}", e.getMessage());
            } else {
                LOG.debug("{} is gone: {}", caller.isEmpty() ? "Somebody" : caller, e.getMessage());
            }
        } finally {
            closeQuietly(channel);
        }
    }

    /** A replica that waits for an answer no longer, as they do while all start at once: it calls again. What TLS itself objects to is another matter. */
    private static boolean hungUp(IOException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof EOFException || root instanceof SocketException
                || (root != failure && root instanceof IOException && !(root instanceof SSLException));
    }

    private void closeQuietly(SocketChannel channel) {
        open.remove(channel);
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a connection: {}", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        open.forEach(this::closeQuietly);
    }
}
