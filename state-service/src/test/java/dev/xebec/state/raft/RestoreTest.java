package dev.xebec.state.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RecordingSink;
import dev.xebec.contracts.state.Saved;
import dev.xebec.contracts.state.TxnResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup becomes the state of three replicas while they serve. */
final class RestoreTest {
    private static final long RESTORE = 7;
    private static final long AT_LEAST = 5_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void replacesEverythingAtAllReplicasAndSendsWatchersAway() {
        try (Group group = Group.of(3, directory)) {
            group.startAll();
            Writer writer = new Writer();
            int leader = group.awaitLeader();
            RaftStateStore store = group.store(leader);
            writer.put(store, "gone", "1");
            writer.put(store, "kept", "new");
            Proposal before = writer.proposal(Writer.putting("x", "1"));
            List<TxnResult> answered = store.propose(before);
            RecordingSink watcher = new RecordingSink();
            long seen = store.currentRevision(LogGroup.MAIN);
            store.changes(new ChangesQuery(LogGroup.MAIN, seen + 1, ""), watcher);

            store.stage(LogGroup.MAIN, RESTORE, 0, List.of(new Saved("kept", Bytes.utf8("old"))));
            store.stage(LogGroup.MAIN, RESTORE, 1, List.of(new Saved("also", Bytes.utf8("1"))));
            assertThat(Writer.read(store, "")).extracting(KeyValue::key).containsExactly("gone", "kept", "x");
            long revision = store.restore(LogGroup.MAIN, RESTORE, 2, AT_LEAST);

            assertThat(revision).isGreaterThan(AT_LEAST);
            assertThat(watcher.awaitEnd()).isEqualTo(new ChangeSink.End.Compacted(revision));
            for (int i = 0; i < 3; i++) {
                assertThat(Writer.read(group.store(i), "")).containsExactly(
                        new KeyValue("also", Bytes.utf8("1"), revision - 1, revision - 1, 1),
                        new KeyValue("kept", Bytes.utf8("old"), revision - 1, revision - 1, 1));
            }
            assertThat(store.restore(LogGroup.MAIN, RESTORE, 2, AT_LEAST)).as("repeated").isEqualTo(revision);
            assertThat(store.propose(before)).as("a proposal of before, repeated").isEqualTo(answered);
            assertThat(writer.put(store, "next", "1")).isEqualTo(revision + 1);
        }
    }

    @Test
    void changesNothingUntilAllPartsAreThere() {
        try (Group group = Group.of(1, directory)) {
            group.startAll();
            RaftStateStore store = group.store(group.awaitLeader());
            new Writer().put(store, "a", "1");
            store.stage(LogGroup.MAIN, RESTORE, 0, List.of());
            store.stage(LogGroup.MAIN, RESTORE + 1, 0, List.of());
            assertThatThrownBy(() -> store.restore(LogGroup.MAIN, RESTORE, 1, 0))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0 of 1 parts");
            assertThatThrownBy(() -> store.stage(LogGroup.MAIN, RESTORE, 0, List.of(new Saved("", Bytes.EMPTY))))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("an empty key");
            assertThat(Writer.read(store, "")).hasSize(1);
        }
    }

    @Test
    void survivesARestartAndTheLossOfTheLeader() {
        try (Group group = Group.of(3, directory)) {
            group.startAll();
            Writer writer = new Writer();
            int leader = group.awaitLeader();
            writer.put(group.store(leader), "gone", "1");
            group.store(leader).stage(LogGroup.MAIN, RESTORE, 0, List.of(new Saved("kept", Bytes.utf8("1"))));
            group.stop(leader);
            int next = group.awaitLeader();
            long revision = group.store(next).restore(LogGroup.MAIN, RESTORE, 1, AT_LEAST);
            group.start(leader);
            assertThat(Writer.read(group.store(leader), "")).extracting(KeyValue::modRevision)
                    .containsExactly(revision - 1);
            group.stop(next);
            group.awaitLeader();
            group.start(next);
            assertThat(group.store(next).range(RangeQuery.prefix("").at(revision)))
                    .isEqualTo(group.store(leader).range(RangeQuery.prefix("").at(revision)));
        }
    }

    @Test
    void isDoneByTheLeaderAlone() {
        try (Group group = Group.of(3, directory)) {
            group.startAll();
            group.awaitLeader();
            RaftStateStore follower = group.store(group.awaitFollower());
            assertThatThrownBy(() -> follower.restore(LogGroup.MAIN, RESTORE, 0, 0))
                    .isInstanceOf(NotLeaderException.class);
        }
    }
}
