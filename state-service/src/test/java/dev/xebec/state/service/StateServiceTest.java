package dev.xebec.state.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.member.Members;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StateStoreContract;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.kit.state.StateClient;
import dev.xebec.state.raft.FreePorts;
import dev.xebec.state.raft.Peer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as others meet it: on the bus, through the client. */
final class StateServiceTest {
    private static Vertx vertx;
    private static VertxBus bus;
    private static StateClient client;
    private static PrometheusMetrics metrics;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        bus = new VertxBus(vertx);
        client = new StateClient(bus, 42);
        metrics = new PrometheusMetrics();
    }

    @AfterAll
    static void close() throws Exception {
        bus.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** The contract, kept through client, bus, endpoint and a replica on disk. */
    @Nested
    final class OneReplica extends StateStoreContract {
        @TempDir
        private static Path directory;
        private static StateService service;

        @BeforeAll
        static void start() throws Exception {
            Peer self = new Peer("master-0", "127.0.0.1", FreePorts.take(1).getFirst());
            service = new StateService(context(), StateConfig.of(self.name(), directory, List.of(self)));
            assertThat(service.condition().ready()).isFalse();
            service.start();
        }

        @AfterAll
        static void stop() {
            service.stop();
        }

        @Override
        protected StateStore store() {
            return client;
        }

        @Test
        void tellsItsConditionAndMetrics() {
            long revision = ((TxnResult.Committed) client.commit(putting("condition", "1"))).revision();
            assertThat(service.condition()).isEqualTo(
                    new Service.Condition(true, "", true, revision, 100, "state.master-0"));
            assertThat(metrics.exposition()).contains("xebec_state_has_leader{replica=\"master-0\"} 1",
                    "xebec_state_is_leader{replica=\"master-0\"} 1",
                    "xebec_state_applied_revision{replica=\"master-0\"} " + revision,
                    "xebec_state_commit_duration_seconds_count{replica=\"master-0\"}");
        }
    }

    /** Writers notice nothing of it but a pause. */
    @Test
    void losesNoWriteOfAClientWhenTheLeaderStops(@TempDir Path directory) throws Exception {
        List<Integer> ports = FreePorts.take(3);
        List<Peer> peers = IntStream.range(0, 3).mapToObj(i -> new Peer("master-" + i, "127.0.0.1", ports.get(i)))
                .toList();
        List<StateService> services = new ArrayList<>();
        for (Peer peer : peers) {
            StateService service = new StateService(context(),
                    StateConfig.of(peer.name(), directory.resolve(peer.name()), peers));
            service.start();
            services.add(service);
        }
        try {
            List<Long> revisions = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                if (i == 30) {
                    StateService leader = services.stream().filter(s -> s.condition().leader()).findFirst()
                            .orElseThrow();
                    services.remove(leader);
                    leader.stop();
                }
                revisions.add(((TxnResult.Committed) client.commit(putting("k" + i, "v" + i))).revision());
            }
            assertThat(revisions).isSorted().doesNotHaveDuplicates();
            assertThat(revisions.getLast() - revisions.getFirst()).isEqualTo(59);
            RangeQuery all = RangeQuery.prefix("k").at(client.currentRevision(LogGroup.MAIN));
            assertThat(((RangeResult.Page) client.range(all)).keyValues()).hasSize(60);
        } finally {
            services.forEach(StateService::stop);
        }
    }

    @Test
    void servesAStoreInMemory() {
        MemoryStateService service = new MemoryStateService(context(), "memory-0");
        service.start();
        try {
            assertThat(client.commit(putting("a", "1"))).isEqualTo(new TxnResult.Committed(1));
            assertThat(service.condition()).isEqualTo(
                    new Service.Condition(true, "", true, 1, 100, "state.memory-0"));
        } finally {
            service.stop();
        }
    }

    private static Txn putting(String key, String value) {
        return new Txn(List.of(), List.of(new Write.Put(key, Bytes.utf8(value), 0)));
    }

    private static ServiceContext context() {
        return new ServiceContext("master-0", bus, Members.NOBODY, client, metrics, InstantSource.system(),
                role -> Ownership.EVERYTHING, (user, agent) -> refusing());
    }

    private static ApiClient refusing() {
        throw new IllegalStateException("the state service talks to no API");
    }
}
