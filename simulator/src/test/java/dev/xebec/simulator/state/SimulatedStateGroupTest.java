package dev.xebec.simulator.state;

import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StateStoreContract;
import dev.xebec.state.replica.Retention;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The twin keeps the contract of the real store at its leader, as long as nothing fails. */
final class SimulatedStateGroupTest {

    /** A group of its own for each test, all replicas in one process. */
    abstract static class AtTheLeader extends StateStoreContract {
        private final SimulatedStateGroup group;
        private final StateStore leader;

        AtTheLeader(List<String> names) {
            group = new SimulatedStateGroup(names, (from, to) -> true, new Random(1), StateFaults.NONE,
                    Retention.DEFAULT);
            names.forEach(name -> {
                SimulatedReplica unused = group.open(name);
            });
            leader = awaitLeader(group);
        }

        @Override
        protected StateStore store() {
            return leader;
        }

        @AfterEach
        void close() {
            group.replicas().forEach(SimulatedReplica::close);
        }
    }

    static SimulatedReplica awaitLeader(SimulatedStateGroup group) {
        for (int i = 0; i < 3_000; i++) {
            String leader = group.leader();
            for (SimulatedReplica replica : group.replicas()) {
                if (replica.name().equals(leader)) {
                    return replica;
                }
            }
            pause(10);
        }
        throw new AssertionError("nobody leads");
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nested
    final class OneReplica extends AtTheLeader {
        OneReplica() {
            super(List.of("master-0"));
        }
    }

    @Nested
    final class ThreeReplicas extends AtTheLeader {
        ThreeReplicas() {
            super(List.of("master-0", "master-1", "master-2"));
        }
    }
}
