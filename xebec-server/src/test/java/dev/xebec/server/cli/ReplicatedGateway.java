package dev.xebec.server.cli;

import dev.xebec.contracts.member.Members;
import dev.xebec.gateway.http.Farewell;
import dev.xebec.gateway.service.GatewayConfig;
import dev.xebec.gateway.service.GatewayService;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.kit.state.StateClient;
import dev.xebec.server.pki.ClusterPki;
import dev.xebec.server.pki.Kubeconfig;
import dev.xebec.server.plan.FreePorts;
import dev.xebec.state.raft.Peer;
import dev.xebec.state.service.StateConfig;
import dev.xebec.state.service.StateService;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A gateway over replicas of the state that run in this JVM, with an administrator's kubeconfig. */
final class ReplicatedGateway implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final VertxBus bus = new VertxBus(vertx);
    private final StateClient client = new StateClient(bus, 42);
    private final FreePorts ports = new FreePorts();
    private final Path folder;
    private final Map<String, StateService> replicas = new LinkedHashMap<>();
    private final GatewayService gateway;

    /** @param size replicas of the state, {@code state-0} and so on */
    ReplicatedGateway(Path folder, int size) throws IOException {
        this.folder = folder;
        ClusterPki pki = ClusterPki.open(Files.createDirectories(folder.resolve("pki")), List.of("127.0.0.1"),
                Instant.now());
        List<Peer> peers = IntStream.range(0, size).mapToObj(at -> peer("state-" + at)).toList();
        for (Peer peer : peers) {
            start(peer.name(), StateConfig.of(peer.name(), folder.resolve(peer.name()), peers));
        }
        gateway = new GatewayService(vertx, context("gateway"), GatewayConfig.of("127.0.0.1", ports.getAsInt(),
                pki.server().certificate(), pki.server().key(), pki.apiAuthority().certificate())
                .farewell(Farewell.AT_ONCE));
        gateway.start();
        await(() -> gateway.condition().ready() && replicas.values().stream().allMatch(it -> it.condition().ready()));
        Kubeconfig.write(kubeconfig(), pki, "https://127.0.0.1:" + gateway.port());
    }

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    Peer peer(String name) {
        return new Peer(name, "127.0.0.1", ports.getAsInt());
    }

    /** A replica that waits to be added. */
    void startJoining(Peer peer) throws IOException {
        start(peer.name(), StateConfig.of(peer.name(), folder.resolve(peer.name()), List.of(peer)).joining());
    }

    private void start(String name, StateConfig config) throws IOException {
        StateService replica = new StateService(context(name), config);
        replica.start();
        replicas.put(name, replica);
    }

    /** Why a replica is of no use now; empty where it is. */
    String condition(String replica) {
        return replica(replica).condition().detail();
    }

    void stop(String replica) {
        replica(replica).stop();
        replicas.remove(replica);
    }

    private StateService replica(String name) {
        StateService replica = replicas.get(name);
        if (replica == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return replica;
    }

    String leader() {
        await(() -> replicas.values().stream().anyMatch(replica -> replica.condition().leader()));
        return replicas.entrySet().stream().filter(replica -> replica.getValue().condition().leader()).findFirst()
                .orElseThrow().getKey();
    }

    private ServiceContext context(String process) {
        return new ServiceContext(process, bus, Members.NOBODY, client, new PrometheusMetrics(), InstantSource.system(),
                role -> {
                    throw new UnsupportedOperationException("nothing is owned here");
                }, (user, agent) -> {
                    throw new UnsupportedOperationException("nobody asks here");
                });
    }

    static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > giveUp) {
                throw new AssertionError("not in time");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Override
    public void close() {
        gateway.stop();
        replicas.values().forEach(StateService::stop);
        bus.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
