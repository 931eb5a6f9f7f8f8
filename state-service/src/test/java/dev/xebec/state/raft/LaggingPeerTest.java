package dev.xebec.state.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.TxnResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that comes back after the log it needs was cut is given a snapshot, and goes on from there. */
final class LaggingPeerTest {
    private static final int KEYS = 400;

    @Test
    void catchesUpBySnapshotAndServes(@TempDir Path directory) {
        try (Group group = Group.of(3, directory, config -> config.withSnapshots(100, 256 * 1024))) {
            group.startAll();
            Writer writer = new Writer();
            StateStore leader = group.store(group.awaitLeader());
            writer.put(leader, "first", "1");
            int lagging = group.awaitFollower();
            group.stop(lagging);
            for (int i = 0; i < KEYS; i++) {
                writer.put(leader, "k" + i, "v".repeat(2_000));
            }
            Proposal remembered = writer.proposal(Writer.putting("last", "1"));
            List<TxnResult> answered = leader.propose(remembered);
            Group.await("the log to be cut", () -> !hasFirstSegment(directory, lagging));

            RaftStateStore back = group.start(lagging);
            long revision = leader.currentRevision(LogGroup.MAIN);
            Group.await("the replica to catch up", () -> back.replica().position().revision() >= revision);
            assertThat(group.snapshotsInstalled()).isPositive();
            assertThat(all(back, revision)).hasSize(KEYS + 2).isEqualTo(all(leader, revision));
            assertThat(back.propose(remembered)).isEqualTo(answered);
            long after = writer.put(back, "after", "1");
            Group.await("an entry after the snapshot", () -> back.replica().position().revision() >= after);

            group.stop(lagging);
            RaftStateStore again = group.start(lagging);
            Group.await("the replica after a restart", () -> again.replica().position().revision() >= after);
            assertThat(all(again, after)).isEqualTo(all(leader, after));
        }
    }

    /** Whether a replica that runs still has the segment of the log that the lagging one would go on from. */
    private static boolean hasFirstSegment(Path directory, int lagging) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !file.startsWith(directory.resolve("state-" + lagging)))
                    .map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.startsWith("log_0-") || name.equals("log_inprogress_0"));
        } catch (IOException | UncheckedIOException e) {
            // Files come and go while they are listed.
            return true;
        }
    }

    private static List<KeyValue> all(StateStore store, long revision) {
        return ((RangeResult.Page) store.range(RangeQuery.prefix("").at(revision))).keyValues();
    }
}
