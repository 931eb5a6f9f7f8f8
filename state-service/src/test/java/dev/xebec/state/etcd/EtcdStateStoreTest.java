package dev.xebec.state.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RecordingSink;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StateStoreContract;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.state.raft.Writer;
import io.etcd.jetcd.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on a real etcd of one member. */
class EtcdStateStoreTest extends StateStoreContract {
    @TempDir
    static Path directory;
    private static List<EtcdMember> members = List.of();
    private static EtcdStateStore store;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Assumptions.assumeTrue(EtcdMember.binary().isPresent(), "there is no etcd on the PATH (Debian: etcd-server)");
        members = EtcdMember.cluster(directory, 1);
        store = EtcdStateStore.open(EtcdConfig.of("one", List.of(members.getFirst().endpoint())),
                InstantSource.system());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (store != null) {
            store.close();
        }
        for (EtcdMember member : members) {
            member.close();
        }
    }

    /** As an empty etcd stands at revision 1, and a restored one at a revision that it was told. */
    @Test
    void tellsProgressUpToARevisionThatNoEventHas() throws IOException, InterruptedException {
        List<EtcdMember> fresh = EtcdMember.cluster(directory.resolve("fresh"), 1);
        try (EtcdStateStore empty = EtcdStateStore.open(EtcdConfig.of("fresh", List.of(fresh.getFirst().endpoint())),
                InstantSource.system())) {
            long revision = empty.currentRevision(LogGroup.MAIN);
            RecordingSink sink = new RecordingSink();
            try (Subscription running = empty.changes(new ChangesQuery(LogGroup.MAIN, 1, ""), sink)) {
                assertThat(sink.awaitThrough(revision)).isEmpty();
            }
        } finally {
            fresh.getFirst().close();
        }
    }

    @Override
    protected StateStore store() {
        return store;
    }

    /** As when a second attempt begins after the first was given up, and before its answer came. */
    @Test
    void appliesATransactionOnceThoughTheSameReplicaTriesItTwice() {
        EtcdConfig config = EtcdConfig.of("judge", List.of(members.getFirst().endpoint()));
        InstantSource clock = InstantSource.system();
        try (Client client = EtcdConnection.open(config)) {
            EtcdCalls calls = new EtcdCalls(config.patience());
            Judge judge = new Judge(client.getKVClient(), new EtcdLayout(config.root()), calls, clock,
                    new Leases(client.getLeaseClient(), calls, clock, Duration.ofSeconds(10)),
                    new Leases(client.getLeaseClient(), calls, clock, Duration.ofMinutes(10)), revision -> {
                    });
            Txn counting = Writer.putting("tried-twice", "1");

            TxnResult first = judge.apply(7, 1, 0, counting);
            TxnResult second = judge.apply(7, 1, 0, counting);

            assertThat(second).isEqualTo(first);
            assertThat(Writer.read(store, "tried-twice")).singleElement()
                    .satisfies(found -> assertThat(found.version()).isEqualTo(1));
        }
    }
}
