package dev.xebec.state.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LinearizabilityChecker;
import dev.xebec.contracts.state.LinearizabilityChecker.Operation;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RecordingSink;
import dev.xebec.contracts.state.ReplicaGroup.Phase;
import dev.xebec.contracts.state.Subscription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients read, write and watch while replicas come and go: three, five, three others, and one of those with an empty disk. */
final class MembersUnderLoadTest {
    @TempDir
    private Path directory;

    @Test
    void losesNothingWhileReplicasComeAndGo() throws Exception {
        UnaryOperator<RaftConfig> cutting = config -> config.withSnapshots(200, 256 * 1024);
        try (Group group = Group.of(3, directory, cutting)) {
            group.startAll();
            RecordingSink sink = new RecordingSink();
            // State-2 stays from the first to the last.
            Subscription watch = group.store(2).changes(new ChangesQuery(LogGroup.MAIN, 1, ""), sink);
            AtomicBoolean over = new AtomicBoolean();
            AtomicLong clock = new AtomicLong();
            List<Operation> history = Collections.synchronizedList(new ArrayList<>());
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                // Whoever is asked finds the leader, also one that is none of the group's any more.
                RegisterClient client = new RegisterClient(i, group::store, clock, history);
                clients.add(Thread.ofVirtual().start(() -> client.run(over)));
            }
            for (int i = 3; i < 5; i++) {
                group.start(group.joining(directory, cutting));
                assertThat(MembersTest.done(group, MembersTest.add(group, i))).isEqualTo(Phase.DONE);
            }
            for (int i = 0; i < 2; i++) {
                String name = group.config(i).name();
                assertThat(MembersTest.done(group, store -> store.remove(LogGroup.MAIN, name))).isEqualTo(Phase.DONE);
                group.stop(i);
            }
            group.stop(3);
            Trees.delete(group.config(3).directory());
            assertThat(MembersTest.done(group, store -> store.remove(LogGroup.MAIN, "state-3"))).isEqualTo(Phase.DONE);
            group.start(3);
            assertThat(MembersTest.done(group, MembersTest.add(group, 3))).isEqualTo(Phase.DONE);
            // How much they get done in between depends on the machine.
            Group.await("enough work of the clients", () -> List.of(history.toArray(Operation[]::new)).stream()
                    .filter(operation -> operation.returned() != Operation.NEVER).count() > 200);
            over.set(true);
            for (Thread client : clients) {
                client.join();
            }
            assertThat(LinearizabilityChecker.firstViolation(List.copyOf(history))).isEmpty();

            long last = group.store(2).currentRevision(LogGroup.MAIN);
            List<Change> told = sink.awaitThrough(last);
            watch.close();
            assertThat(told).extracting(Change::revision)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
            for (int i = 3; i < 5; i++) {
                int which = i;
                Group.await("state-" + i + " to have everything",
                        () -> group.store(which).replica().position().revision() >= last);
                assertThat(Writer.read(group.store(i), "")).isEqualTo(Writer.read(group.store(2), ""));
            }
        }
    }
}
