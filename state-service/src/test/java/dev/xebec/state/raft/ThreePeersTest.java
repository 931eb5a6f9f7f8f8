package dev.xebec.state.raft;

import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StateStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by three replicas: asked at the one that leads, and at one that follows. */
final class ThreePeersTest {
    private static Group group;

    @BeforeAll
    static void start(@TempDir Path directory) {
        group = Group.of(3, directory);
        group.startAll();
    }

    @AfterAll
    static void stop() {
        group.close();
    }

    @Nested
    final class AtTheLeader extends StateStoreContract {
        private final StateStore leader = group.store(group.awaitLeader());

        @Override
        protected StateStore store() {
            return leader;
        }
    }

    @Nested
    final class AtAFollower extends StateStoreContract {
        private final StateStore follower = group.store(group.awaitFollower());

        @Override
        protected StateStore store() {
            return follower;
        }
    }
}
