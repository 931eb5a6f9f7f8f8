package dev.xebec.state.raft;

import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StateStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by a replica that is alone, on disk. */
final class SinglePeerTest extends StateStoreContract {
    private static Group group;

    @BeforeAll
    static void start(@TempDir Path directory) {
        group = Group.of(1, directory);
        group.startAll();
    }

    @AfterAll
    static void stop() {
        group.close();
    }

    @Override
    protected StateStore store() {
        return group.store(0);
    }
}
