package dev.xebec.events.publish;

import dev.xebec.contracts.state.Change;
import dev.xebec.kafka.BrokerSettings;
import dev.xebec.kafka.EmbeddedBroker;
import dev.xebec.state.memory.InMemoryStateStore;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that publish, two at a time, each of which takes all shards for its own, and that are killed with -9. */
class KilledPublisherTest {
    /** More with {@code -Dpublisher.kills}. */
    private static final int KILLS = Integer.getInteger("publisher.kills", 4);
    @TempDir
    Path folder;

    @Test
    void processesThatAreKilledLoseAndRepeatNothing() throws Exception {
        Vertx vertx = Vertx.vertx();
        Random random = new Random(9);
        Path log = folder.resolve("log");
        Files.createFile(log);
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.open(folder));
                InMemoryStateStore store = new InMemoryStateStore("one");
                Replay replay = new Replay(store, 2)) {
            Ground ground = new Ground(broker.bootstrap(), vertx);
            AtomicBoolean over = new AtomicBoolean();
            Thread load = Thread.ofPlatform().start(() -> load(store, replay, log, over));
            Process[] publishers = {PublisherProcess.start(broker.bootstrap(), "killed", log),
                    PublisherProcess.start(broker.bootstrap(), "killed", log)};
            for (int kill = 0; kill < KILLS; kill++) {
                Thread.sleep(1_500 + random.nextInt(1_500));
                int which = kill % 2;
                publishers[which].destroyForcibly().waitFor();
                publishers[which] = PublisherProcess.start(broker.bootstrap(), "killed", log);
            }
            over.set(true);
            load.join();
            ground.assertTold(replay, "killed");
            for (Process publisher : publishers) {
                publisher.destroyForcibly().waitFor();
            }
        } finally {
            vertx.close();
        }
    }

    /** Writes the store's log to the file, and at the end a revision that only shows that the one before is whole. */
    private static void load(InMemoryStateStore store, Replay replay, Path log, AtomicBoolean over) {
        try {
            Lives lives = new Lives(store, 10, 50);
            int written = 0;
            while (true) {
                boolean last = over.get();
                List<Change> all = replay.changes();
                StringBuilder lines = new StringBuilder();
                all.subList(written, all.size()).forEach(change -> lines.append(LogFile.line(change)));
                written = all.size();
                if (last) {
                    lines.append(LogFile.line(new Change(all.getLast().revision() + 1, "/events/none/none", null)));
                }
                Files.writeString(log, lines, StandardOpenOption.APPEND);
                if (last) {
                    return;
                }
                lives.steps(5);
                Thread.sleep(20);
            }
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
