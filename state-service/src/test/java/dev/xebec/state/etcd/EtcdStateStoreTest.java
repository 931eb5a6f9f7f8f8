package dev.xebec.state.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RecordingSink;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StateStoreContract;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.state.raft.Writer;
import io.etcd.jetcd.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
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
        withJudges((one, another) -> {
            Txn counting = Writer.putting("tried-twice", "1");

            TxnResult first = one.apply(7, 1, 0, counting);
            TxnResult second = one.apply(7, 1, 0, counting);

            assertThat(second).isEqualTo(first);
            assertThat(Writer.read(store, "tried-twice")).singleElement()
                    .satisfies(found -> assertThat(found.version()).isEqualTo(1));
        });
    }

    /** What was deleted is gone when the second attempt looks, and so is what its guard was about. */
    @Test
    void tellsWhoDeletesAgainAfterALostAnswerThatItWasDone() {
        withJudges((one, another) -> {
            long revision = ((TxnResult.Committed) one.apply(8, 1, 0, Writer.putting("deleted-twice", "1"))).revision();
            Txn deletion = new Txn(List.of(new Guard.ModRevision("deleted-twice", revision)),
                    List.of(new Write.Delete("deleted-twice")));

            TxnResult first = one.apply(8, 2, 0, deletion);

            assertThat(first).isInstanceOf(TxnResult.Committed.class);
            assertThat(one.apply(8, 2, 0, deletion)).isEqualTo(first);
            assertThat(another.apply(8, 2, 0, deletion)).isEqualTo(first);
            assertThat(one.apply(8, 3, 0, deletion)).isInstanceOf(TxnResult.Refused.class);
        });
    }

    /** Two replicas' judges, without what a store keeps of its own answers. */
    private static void withJudges(BiConsumer<Judge, Judge> tried) {
        EtcdConfig config = EtcdConfig.of("judge", List.of(members.getFirst().endpoint()));
        try (Client one = EtcdConnection.open(config); Client another = EtcdConnection.open(config)) {
            tried.accept(judge(one, config), judge(another, config));
        }
    }

    private static Judge judge(Client client, EtcdConfig config) {
        EtcdCalls calls = new EtcdCalls(config.patience());
        InstantSource clock = InstantSource.system();
        return new Judge(client.getKVClient(), new EtcdLayout(config.root()), calls, clock,
                new Leases(client.getLeaseClient(), calls, clock, Duration.ofSeconds(10)),
                new Leases(client.getLeaseClient(), calls, clock, Duration.ofMinutes(10)), revision -> {
                });
    }
}
