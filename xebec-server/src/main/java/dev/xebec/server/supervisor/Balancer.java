package dev.xebec.server.supervisor;

import dev.xebec.server.StartupException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP address in front of several gateways; TLS goes through untouched. A new connection goes to the healthy gateway
 * with the fewest connections, and to the next one where that does not accept. Connections to a gateway that stopped
 * answering are closed, so that clients come back to another.
 *
 * <p>All state belongs to one event loop.
 */
public final class Balancer {
    private static final Logger LOG = LoggerFactory.getLogger(Balancer.class);
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    /** Connections at a time; further ones are closed at once. */
    private static final int MAX_CONNECTIONS = 20_000;

    private final Vertx vertx;
    private final Context loop;
    private final NetClient client;
    private final List<Backend> backends = new ArrayList<>();
    private final Set<NetSocket> downstreams = new HashSet<>();

    /** In front of nobody healthy yet; see {@link #health}. */
    public Balancer(Vertx vertx, String host, List<Integer> ports) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS).setTcpNoDelay(true));
        for (int port : ports) {
            backends.add(new Backend(host, port));
        }
    }

    /** Listens; throws where the port is taken. */
    public void listen(String host, int port) {
        NetServer server = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true).setAcceptBacklog(1_024));
        server.connectHandler(this::accept);
        CompletableFuture<NetServer> listening = new CompletableFuture<>();
        loop.runOnContext(start -> server.listen(port, host).onSuccess(listening::complete)
                .onFailure(listening::completeExceptionally));
        try {
            listening.get();
        } catch (ExecutionException taken) {
            throw new StartupException("port " + port + " on " + host
                    + " is in use; end what listens there, or choose another with --port", taken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while opening port " + port, stopped);
        }
    }

    /** Tells how the gateway on this port is. */
    public void health(int port, Health health) {
        loop.runOnContext(change -> backends.stream().filter(backend -> backend.port == port)
                .forEach(backend -> mark(backend, health)));
    }

    private static void mark(Backend backend, Health health) {
        if (backend.health == health) {
            return;
        }
        LOG.info("gateway on port {} is {}", backend.port, health);
        backend.health = health;
        if (health == Health.SILENT) {
            List.copyOf(backend.sockets).forEach(NetSocket::close);
        }
    }

    private void accept(NetSocket downstream) {
        if (downstreams.size() >= MAX_CONNECTIONS) {
            downstream.close();
            return;
        }
        downstreams.add(downstream);
        downstream.pause();
        downstream.closeHandler(closed -> downstreams.remove(downstream));
        connect(downstream, candidates());
    }

    private List<Backend> candidates() {
        List<Backend> order = new ArrayList<>(
                backends.stream().filter(backend -> backend.health == Health.READY).toList());
        order.sort(Comparator.comparingInt(Backend::load));
        return order;
    }

    private void connect(NetSocket downstream, List<Backend> candidates) {
        if (candidates.isEmpty()) {
            downstream.close();
            return;
        }
        Backend backend = candidates.get(0);
        backend.connecting++;
        client.connect(backend.port, backend.host).onComplete(result -> {
            backend.connecting--;
            if (result.failed()) {
                connect(downstream, candidates.subList(1, candidates.size()));
                return;
            }
            join(downstream, result.result(), backend);
        });
    }

    private void join(NetSocket downstream, NetSocket upstream, Backend backend) {
        if (!downstreams.contains(downstream) || backend.health == Health.SILENT) {
            // The client went away, or the gateway fell ill, while the connection was made.
            upstream.close();
            downstream.close();
            return;
        }
        backend.sockets.add(upstream);
        downstream.closeHandler(closed -> {
            downstreams.remove(downstream);
            upstream.close();
        });
        upstream.closeHandler(closed -> {
            backend.sockets.remove(upstream);
            downstream.close();
        });
        downstream.exceptionHandler(broken -> upstream.close());
        upstream.exceptionHandler(broken -> downstream.close());
        downstream.pipeTo(upstream);
        upstream.pipeTo(downstream);
    }

    /** One gateway. */
    private static final class Backend {
        private final String host;
        private final int port;
        private final Set<NetSocket> sockets = new HashSet<>();
        private Health health = Health.NOT_READY;
        private int connecting;

        Backend(String host, int port) {
            this.host = host;
            this.port = port;
        }

        /** Connections that it has, and those on their way. */
        int load() {
            return sockets.size() + connecting;
        }
    }
}
