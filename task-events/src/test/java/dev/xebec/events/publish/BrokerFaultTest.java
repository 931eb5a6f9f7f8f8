package dev.xebec.events.publish;

import dev.xebec.contracts.state.LogGroup;
import dev.xebec.kafka.BrokerProcess;
import dev.xebec.kafka.BrokerSettings;
import dev.xebec.state.memory.InMemoryStateStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is killed: the log goes on without it, and afterwards the topic is what the log comes to. */
class BrokerFaultTest {
    @TempDir
    Path folder;

    @Test
    void aBrokerThatWasAwayIsToldWhatItMissed() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.open(folder));
                InMemoryStateStore store = new InMemoryStateStore("one");
                Replay replay = new Replay(store, 2)) {
            Ground ground = new Ground(broker.bootstrap(), vertx);
            Lives lives = new Lives(store, 8, 50);
            lives.steps(100);
            Publisher publisher = ground.start(store, ground.settings("down"));
            Ground.await("it has begun", () -> publisher.told() > 0);
            lives.steps(300);
            broker.kill();
            lives.steps(300);
            broker.restart();
            lives.steps(100);
            ground.assertTold(replay, "down");
            forgotten(broker, ground, store, replay, lives, publisher);
        } finally {
            vertx.close();
        }
    }

    private static void forgotten(BrokerProcess broker, Ground ground, InMemoryStateStore store, Replay replay,
            Lives lives, Publisher publisher) throws Exception {
        Map<Integer, List<String>> told = replay.lines();
        broker.kill();
        lives.steps(500);
        Ground.await("it says so", () -> !publisher.trouble().isEmpty());
        long state = store.currentRevision(LogGroup.MAIN);
        store.compact(LogGroup.MAIN, state);
        broker.restart();
        Ground.await("the state is told", () -> publisher.told() >= state && publisher.trouble().isEmpty());
        lives.steps(100);
        ground.assertTold(told, replay, state, "down");
        publisher.close();
    }
}
