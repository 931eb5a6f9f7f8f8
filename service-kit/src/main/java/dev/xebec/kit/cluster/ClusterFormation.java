package dev.xebec.kit.cluster;

import dev.xebec.contracts.UnavailableException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes the Vert.x that a process lives on: alone, or one of a cluster. */
public final class ClusterFormation {
    /** Joining takes 2–10 s, and several times that on a starved machine. */
    private static final long JOIN_LIMIT_SECONDS = 90;
    private static final int CONNECT_MILLIS = 1_000;
    private static final int RECONNECTS = 3;
    private static final int RECONNECT_MILLIS = 100;
    /** For connections that a cut of the network left half open. Who hangs is found sooner, by the bus's own beats. */
    private static final int PING_MILLIS = 2_000;
    /** A connection whose other side does not answer a ping for so long is closed and made anew. */
    private static final int PING_REPLY_MILLIS = 3_000;

    private ClusterFormation() {}

    /** One process, no network. */
    public static Vertx local() {
        return Vertx.vertx(options());
    }

    /**
     * Joins the cluster, or begins it where none of the members is there yet; blocks until it has. {@link
     * UnavailableException} says in a sentence why it could not.
     */
    public static Vertx clustered(ClusterSettings settings) {
        String bindAddress = resolve(settings.host());
        requireOwn(bindAddress);
        requireFree(bindAddress, settings.hazelcastPort(), "the cluster's membership");
        requireFree(bindAddress, settings.busPort(), "the event bus");
        // What Hazelcast says before it has read its settings goes where the rest goes.
        System.setProperty("hazelcast.logging.type", "slf4j");
        HazelcastClusterManager manager = new HazelcastClusterManager(HazelcastConfig.of(settings, bindAddress));
        VertxOptions options = options().setEventBusOptions(eventBus(settings, bindAddress));
        Vertx vertx = join(settings, Vertx.builder().with(options).withClusterManager(manager).buildClustered()
                .toCompletionStage().toCompletableFuture()::get);
        StaleSubscriptions.sweep(vertx, manager.getHazelcastInstance());
        return vertx;
    }

    private interface Joining {
        Vertx await(long limit, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException;
    }

    private static Vertx join(ClusterSettings settings, Joining joining) {
        try {
            return joining.await(JOIN_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UnavailableException(settings.process() + " cannot join the cluster at " + settings.host() + ":"
                    + settings.hazelcastPort() + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new UnavailableException(
                    settings.process() + " could not join the cluster within " + JOIN_LIMIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while joining the cluster", e);
        }
    }

    private static VertxOptions options() {
        FileSystemOptions noCache = new FileSystemOptions().setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false);
        return new VertxOptions().setFileSystemOptions(noCache);
    }

    private static EventBusOptions eventBus(ClusterSettings settings, String bindAddress) {
        EventBusOptions bus = new EventBusOptions();
        bus.setHost(bindAddress).setPort(settings.busPort()).setClusterPublicHost(bindAddress);
        bus.setConnectTimeout(CONNECT_MILLIS).setReconnectAttempts(RECONNECTS).setReconnectInterval(RECONNECT_MILLIS);
        bus.setClusterPingInterval(PING_MILLIS).setClusterPingReplyInterval(PING_REPLY_MILLIS);
        settings.tls().ifPresent(tls -> {
            bus.setSsl(true).setClientAuth(ClientAuth.REQUIRED);
            if (OpenSSLEngineOptions.isAvailable()) {
                // The JDK's ciphers are quick only in code that its second compiler made, which our processes do without.
                bus.setSslEngineOptions(new OpenSSLEngineOptions());
            }
            bus.setKeyCertOptions(new PemKeyCertOptions().addCertPath(tls.certificate().toString())
                    .addKeyPath(tls.key().toString()));
            bus.setTrustOptions(new PemTrustOptions().addCertPath(tls.authority().toString()));
        });
        return bus;
    }

    private static String resolve(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new UnavailableException("the host " + host + " is not known", e);
        }
    }

    private static void requireOwn(String address) {
        try {
            if (NetworkInterface.getByInetAddress(InetAddress.getByName(address)) == null) {
                throw new UnavailableException("the address " + address
                        + " belongs to no network interface of this machine; choose one that does");
            }
        } catch (IOException unknown) {
            throw new UnavailableException("cannot look at this machine's network interfaces: " + unknown.getMessage(),
                    unknown);
        }
    }

    private static void requireFree(String address, int port, String use) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new UnavailableException("port " + port + " on " + address + ", wanted for " + use
                    + ", cannot be had (" + e.getMessage() + "); stop what uses it or choose another", e);
        }
    }
}
