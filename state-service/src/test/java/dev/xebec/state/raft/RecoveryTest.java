package dev.xebec.state.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RecordingSink;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.TxnResult;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One replica, stopped in good order and killed: what it acknowledged is there. */
final class RecoveryTest {
    @TempDir
    private Path directory;

    @Test
    void goesOnAfterARestart() {
        Writer writer = new Writer();
        Proposal last;
        List<TxnResult> answered;
        try (Group group = Group.of(1, directory)) {
            StateStore store = group.start(0);
            for (int i = 0; i < 20; i++) {
                writer.put(store, "k" + i % 5, "v" + i);
            }
            store.compact(LogGroup.MAIN, 7);
            last = writer.proposal(Writer.creating("k0", "never"), Writer.putting("k9", "last"));
            answered = store.propose(last);

            group.stop(0);
            StateStore again = group.start(0);
            assertThat(again.propose(last)).isEqualTo(answered);
            assertThat(Writer.read(again, "k")).extracting(kv -> kv.key() + "=" + kv.value().utf8())
                    .containsExactly("k0=v15", "k1=v16", "k2=v17", "k3=v18", "k4=v19", "k9=last");
            assertThat(again.status(LogGroup.MAIN).compactedRevision()).isEqualTo(7);
            assertThat(writer.put(again, "k0", "next")).isEqualTo(22);
            RecordingSink sink = new RecordingSink();
            try (Subscription running = again.changes(new ChangesQuery(LogGroup.MAIN, 7, ""), sink)) {
                assertThat(sink.awaitThrough(22)).hasSize(16);
            }
        }
    }

    @Test
    void goesOnFromASnapshotAndTheLogBehindIt() {
        try (Group group = Group.of(1, directory, config -> config.withSnapshots(30, 1 << 20))) {
            StateStore store = group.start(0);
            Writer writer = new Writer();
            for (int i = 0; i < 40; i++) {
                writer.put(store, "k" + i, "v" + i);
            }
            Group.await("a snapshot", () -> group.snapshotsTaken() > 0);
            writer.put(store, "k40", "v40");
            group.stop(0);
            assertThat(Writer.read(group.start(0), "k")).hasSize(41);
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() {
        try (Group group = Group.of(1, directory)) {
            group.start(0);
            assertThatThrownBy(() -> RaftStateStore.start(group.config(0), Group.nobody(), InstantSource.system(),
                    Observer.NONE)).hasMessageContaining("cannot be opened");
        }
    }

    /** A process that writes until it is killed, and says what was acknowledged. */
    @Test
    void losesNothingAcknowledgedWhenKilled() throws Exception {
        try (Group group = Group.of(1, directory)) {
            String port = "" + group.config(0).self().port();
            Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp",
                    System.getProperty("java.class.path"), EndlessWriter.class.getName(), directory.toString(), port)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            int acknowledged = 0;
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(EndlessWriter.ACKNOWLEDGED)) {
                        acknowledged = Integer.parseInt(line.substring(EndlessWriter.ACKNOWLEDGED.length()));
                        if (acknowledged == 300) {
                            // The handle, not the process, which would close its output before it is read.
                            process.toHandle().destroyForcibly();
                        }
                    }
                }
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor()).isNotZero();
            assertThat(acknowledged).isGreaterThanOrEqualTo(300);
            List<KeyValue> found = Writer.read(group.start(0), "k");
            assertThat(found).hasSizeBetween(acknowledged, acknowledged + 1);
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i).key()).isEqualTo(EndlessWriter.key(i + 1));
            }
        }
    }
}
