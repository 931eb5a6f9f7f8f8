package dev.xebec.state.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RecordingSink;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StateStoreContract;
import dev.xebec.contracts.state.Subscription;
import java.io.IOException;
import java.nio.file.Path;
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
}
