package dev.xebec.state.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LinearizabilityChecker;
import dev.xebec.contracts.state.LinearizabilityChecker.Operation;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RecordingSink;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.TxnResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas whose leaders stop. */
final class FailoverTest {
    @TempDir
    private Path directory;

    @Test
    void appliesAProposalOnceThoughItsLeaderStops() {
        try (Group group = Group.of(3, directory)) {
            group.startAll();
            Writer writer = new Writer();
            int leader = group.awaitLeader();
            Proposal proposal = writer.proposal(Writer.creating("a", "1"), Writer.creating("a", "2"));
            List<TxnResult> answered = group.store(leader).propose(proposal);
            group.stop(leader);
            int next = group.awaitLeader();
            assertThat(group.store(next).propose(proposal)).isEqualTo(answered);
            assertThat(group.store(group.awaitFollower()).propose(proposal)).isEqualTo(answered);
            assertThat(Writer.read(group.store(next), "a")).extracting(kv -> kv.version()).containsExactly(1L);
        }
    }

    @Test
    void refusesWritesAndBarriersWithoutAMajorityAndHeals() {
        try (Group group = Group.of(3, directory, config -> config.withPatience(Duration.ofSeconds(1)))) {
            group.startAll();
            Writer writer = new Writer();
            int left = group.awaitLeader();
            writer.put(group.store(left), "a", "1");
            for (int i = 0; i < 3; i++) {
                if (i != left) {
                    group.stop(i);
                }
            }
            StateStore alone = group.store(left);
            assertThatThrownBy(() -> alone.currentRevision(LogGroup.MAIN)).isInstanceOf(UnavailableException.class);
            Proposal proposal = writer.proposal(Writer.putting("a", "2"));
            assertThatThrownBy(() -> alone.propose(proposal)).isInstanceOf(UnavailableException.class);
            group.start((left + 1) % 3);
            group.awaitLeader();
            assertThat(alone.propose(proposal)).isEqualTo(List.of(new TxnResult.Committed(2)));
            assertThat(Writer.read(alone, "a")).extracting(kv -> kv.version()).containsExactly(2L);
        }
    }

    /** Clients read and write three keys at all replicas while leaders stop and come back. */
    @Test
    void staysLinearizableWhileLeadersStop() throws Exception {
        try (Group group = Group.of(3, directory)) {
            group.startAll();
            int first = group.awaitLeader();
            RecordingSink sink = new RecordingSink();
            // A replica that is never stopped tells all changes.
            int watched = (first + 1) % 3;
            Subscription watch = group.store(watched).changes(new ChangesQuery(LogGroup.MAIN, 1, ""), sink);
            AtomicBoolean over = new AtomicBoolean();
            AtomicLong clock = new AtomicLong();
            List<Operation> history = Collections.synchronizedList(new ArrayList<>());
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                RegisterClient client = new RegisterClient(i, group::store, clock, history);
                clients.add(Thread.ofVirtual().start(() -> client.run(over)));
            }
            for (int round = 0; round < 3; round++) {
                Group.sleep(Duration.ofMillis(500));
                int leader = group.awaitLeader();
                int stopped = leader == watched ? (watched + 1 + round % 2) % 3 : leader;
                group.stop(stopped);
                Group.sleep(Duration.ofMillis(800));
                group.start(stopped);
            }
            over.set(true);
            for (Thread client : clients) {
                client.join();
            }
            assertThat(history.stream().filter(operation -> operation.returned() != Operation.NEVER).count())
                    .isGreaterThan(200);
            assertThat(LinearizabilityChecker.firstViolation(List.copyOf(history))).isEmpty();

            long last = group.store(watched).currentRevision(LogGroup.MAIN);
            List<Change> told = sink.awaitThrough(last);
            watch.close();
            assertThat(told).extracting(Change::revision).containsExactlyElementsOf(upTo(last));
            for (int i = 0; i < 3; i++) {
                RecordingSink other = new RecordingSink();
                try (Subscription running = group.store(i).changes(new ChangesQuery(LogGroup.MAIN, 1, ""), other)) {
                    assertThat(other.awaitThrough(last)).isEqualTo(told);
                }
            }
        }
    }

    private static List<Long> upTo(long last) {
        List<Long> revisions = new ArrayList<>();
        for (long revision = 1; revision <= last; revision++) {
            revisions.add(revision);
        }
        return revisions;
    }
}
