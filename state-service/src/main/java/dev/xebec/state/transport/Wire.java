package dev.xebec.state.transport;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** How bytes travel between replicas: in TLS 1.3, or as they are, which is for tests alone. */
final class Wire {
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final @Nullable SSLSocketFactory tls;

    private Wire(@Nullable SSLSocketFactory tls) {
        this.tls = tls;
    }

    static Wire of(Optional<PeerTls> tls) throws IOException {
        return new Wire(tls.isPresent() ? tls.get().context().getSocketFactory() : null);
    }

    /** The side that called; nothing is proved yet. */
    Socket calling(SocketChannel channel) throws IOException {
        return tls == null ? channel.socket() : wrapped(tls, channel, true);
    }

    /** The side that was called: bytes come only from whom the authority has signed. */
    Socket called(SocketChannel channel) throws IOException {
        if (tls == null) {
            return channel.socket();
        }
        SSLSocket socket = wrapped(tls, channel, false);
        socket.setNeedClientAuth(true);
        return socket;
    }

    private static SSLSocket wrapped(SSLSocketFactory tls, SocketChannel channel, boolean client) throws IOException {
        Socket plain = channel.socket();
        // No host name is given to compare with: a signature by the members' authority is the identity.
        SSLSocket socket = (SSLSocket) tls.createSocket(plain, "", plain.getPort(), true);
        socket.setUseClientMode(client);
        socket.setEnabledProtocols(PROTOCOLS);
        return socket;
    }
}
