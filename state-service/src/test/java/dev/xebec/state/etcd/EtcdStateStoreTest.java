package dev.xebec.state.etcd;

import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StateStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
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

    @Override
    protected StateStore store() {
        return store;
    }
}
