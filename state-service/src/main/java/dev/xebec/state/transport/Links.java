package dev.xebec.state.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;
import org.jspecify.annotations.Nullable;

/** The connections to one replica, wherever it is now: kept while they are used, made anew when they break. Thread-safe. */
final class Links implements AutoCloseable {
    /** Below what the other side closes an idle connection after. */
    private static final Duration KEPT = Duration.ofSeconds(20);

    private final Wire wire;
    private final Hello hello;
    private final Resolver resolver;
    private final Deque<Link> idle = new ConcurrentLinkedDeque<>();
    private volatile List<Address> addresses;
    private volatile boolean closed;

    /** Where a replica may be reached. */
    record Address(String host, int port) {
        static Address parse(String text) {
            int colon = text.lastIndexOf(':');
            return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        }
    }

    Links(Wire wire, Hello hello, Resolver resolver, List<Address> addresses) {
        this.wire = wire;
        this.hello = hello;
        this.resolver = resolver;
        this.addresses = List.copyOf(addresses);
    }

    /** Where to look from now on, the likeliest place first. */
    void look(List<Address> places) {
        if (!Set.copyOf(places).equals(Set.copyOf(addresses))) {
            addresses = List.copyOf(places);
            // They lead to where the replica was.
            closeIdle();
        }
    }

    Frames.Frame call(int kind, MessageLite request, Duration patience) throws IOException {
        Link link = takeIdle();
        if (link != null) {
            try {
                return call(link, kind, request, patience);
            } catch (Link.UnansweredException | InterruptedIOException e) {
                throw e;
            } catch (IOException broken) {
                // The replica may have started anew since; what replicas ask each other may be asked twice.
                closeIdle();
            }
        }
        return call(open(), kind, request, patience);
    }

    private Frames.Frame call(Link link, int kind, MessageLite request, Duration patience) throws IOException {
        boolean whole = false;
        try {
            Frames.Frame answer = link.call(kind, request, patience);
            whole = true;
            return answer;
        } catch (Link.UnansweredException late) {
            throw late;
        } catch (IOException e) {
            throw interrupted(e);
        } finally {
            if (whole && !closed) {
                idle.addFirst(link);
                if (closed) {
                    closeIdle();
                }
            } else {
                link.close();
            }
        }
    }

    /** A connection of its own, to be closed by whoever asks for it. */
    Link open() throws IOException {
        IOException last = new IOException("no address of " + hello.to() + " is known");
        for (Address address : addresses) {
            try {
                for (InetAddress host : resolver.resolve(address.host())) {
                    try {
                        Link opened = Link.open(wire, new InetSocketAddress(host, address.port()), hello);
                        foundAt(address);
                        return opened;
                    } catch (IOException e) {
                        // Told anew, because to Ratis a socket's timeout looks like an interruption.
                        last = new IOException(hello.to() + " at " + host.getHostAddress() + ":" + address.port() + ": "
                                + e.getMessage(), interrupted(e));
                    }
                }
            } catch (UnknownHostException e) {
                last = new IOException("no address of " + address.host() + " is known", e);
            }
        }
        throw last;
    }

    /** What worked is tried first from now on. */
    private void foundAt(Address address) {
        List<Address> known = addresses;
        if (known.size() > 1 && !known.getFirst().equals(address)) {
            List<Address> next = new ArrayList<>(known);
            next.remove(address);
            next.addFirst(address);
            addresses = List.copyOf(next);
        }
    }

    /** A caller that was told to stop must learn that, not that a peer failed. */
    private static IOException interrupted(IOException e) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            InterruptedIOException told = new InterruptedIOException("interrupted while a replica was called");
            told.initCause(e);
            throw told;
        }
        return e;
    }

    private @Nullable Link takeIdle() {
        for (Link link = idle.pollFirst(); link != null; link = idle.pollFirst()) {
            if (link.idle().compareTo(KEPT) < 0) {
                return link;
            }
            link.close();
        }
        return null;
    }

    private void closeIdle() {
        for (Link link = idle.pollFirst(); link != null; link = idle.pollFirst()) {
            link.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }
}
