package dev.xebec.server.plan;

import dev.xebec.server.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;

/** Hands out ports of the loopback address that nobody listens on now, each once. */
public final class FreePorts implements IntSupplier {
    private final Set<Integer> given = new HashSet<>();

    @Override
    public int getAsInt() {
        while (true) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                if (given.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            } catch (IOException none) {
                throw new StartupException("no free port on the loopback address: " + none.getMessage(), none);
            }
        }
    }

    /** Whether nobody listens on a port of the loopback address now. */
    public static boolean isFree(int port) {
        try {
            bind(InetAddress.getLoopbackAddress().getHostAddress(), port);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Refuses a port that somebody listens on. */
    public static void require(String host, int port) {
        try {
            bind(host, port);
        } catch (IOException taken) {
            throw new StartupException("port " + port + " on " + host
                    + " is in use; end what listens there, or choose another with --port", taken);
        }
    }

    /** Connections that linger after their end do not count. */
    private static void bind(String host, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        }
    }
}
