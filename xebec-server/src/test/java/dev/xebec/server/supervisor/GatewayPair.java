package dev.xebec.server.supervisor;

import dev.xebec.contracts.member.Members;
import dev.xebec.gateway.http.Farewell;
import dev.xebec.gateway.service.GatewayConfig;
import dev.xebec.gateway.service.GatewayService;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.server.pki.ClusterPki;
import dev.xebec.state.memory.InMemoryStateStore;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Two gateways over one store in memory, with the balancer before them, which is told their readiness as it is. */
final class GatewayPair implements AutoCloseable {
    private static final long HEALTH_NANOS = 50_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final VertxBus bus = new VertxBus(vertx);
    private final InMemoryStateStore store = new InMemoryStateStore("pair");
    private final ClusterPki pki;
    private final int[] ports;
    private final int port;
    private final Balancer balancer;
    private final GatewayService[] gateways = new GatewayService[2];

    GatewayPair(Path folder) {
        pki = ClusterPki.open(folder, List.of(), Instant.now());
        ports = new int[]{freePort(), freePort()};
        port = freePort();
        balancer = new Balancer(vertx, "127.0.0.1", List.of(ports[0], ports[1]));
        balancer.listen("127.0.0.1", port);
        start(0, Farewell.AT_ONCE);
        start(1, Farewell.AT_ONCE);
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    String url() {
        return "https://127.0.0.1:" + port;
    }

    void start(int index, Farewell farewell) {
        GatewayService gateway = new GatewayService(vertx,
                new ServiceContext("gateway-" + index, bus, Members.NOBODY, store,
                        new PrometheusMetrics(), InstantSource.system(), role -> {
                            throw new UnsupportedOperationException("nothing is owned here");
                        }, (user, agent) -> {
                            throw new UnsupportedOperationException("nobody asks here");
                        }),
                GatewayConfig.of("127.0.0.1", ports[index], pki.server().certificate(), pki.server().key(),
                        pki.apiAuthority().certificate()).farewell(farewell));
        gateway.start();
        await(() -> gateway.condition().ready());
        gateways[index] = gateway;
        balancer.health(ports[index], Health.READY);
    }

    /** As a process does that is told to stop: not ready, noticed by the balancer, and then gone. */
    void drain(int index, Duration notice) {
        gateways[index].drain();
        LockSupport.parkNanos(HEALTH_NANOS);
        balancer.health(ports[index], Health.NOT_READY);
        LockSupport.parkNanos(notice.toNanos());
        gateways[index].stop();
    }

    /** As it is seen of one that dies: its connections break, and then it is known. */
    void strike(int index) {
        gateways[index].stop();
        balancer.health(ports[index], Health.SILENT);
    }

    SSLContext admin() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null);
        trusted.setCertificateEntry("ca", certificate(pki.apiAuthority().certificate()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        String pem = Files.readString(pki.admin().key()).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
        own.load(null);
        own.setKeyEntry("admin",
                KeyFactory.getInstance("RSA")
                        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))),
                new char[0], new Certificate[]{certificate(pki.admin().certificate())});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Certificate certificate(Path file) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > giveUp) {
                throw new AssertionError("not in time");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        for (GatewayService gateway : gateways) {
            gateway.stop();
        }
        bus.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        store.close();
    }
}
