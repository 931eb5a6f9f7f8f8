package dev.xebec.events.publish;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.events.task.TaskEvent;
import dev.xebec.events.task.TaskLog;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** What a log comes to when it is told from its beginning by nobody who ever fails. */
final class Replay {
    private Replay() {}

    /** Each partition's events, each as one line. */
    static Map<Integer, List<String>> of(StateStore store, int partitions) throws InterruptedException {
        TaskLog log = new TaskLog();
        Map<Integer, List<String>> lines = new TreeMap<>();
        for (Change change : changes(store)) {
            for (TaskEvent event : log.apply(change)) {
                lines.computeIfAbsent(Shards.of(event.about().uid(), partitions), none -> new ArrayList<>())
                        .add(line(event));
            }
        }
        return lines;
    }

    private static String line(TaskEvent event) {
        return event.type().wire() + " " + event.id() + " "
                + new String(Json.bytes(event.data()), StandardCharsets.UTF_8);
    }

    static List<Change> changes(StateStore store) throws InterruptedException {
        long end = store.currentRevision(LogGroup.MAIN);
        List<Change> all = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        try (var subscription = store.changes(new ChangesQuery(LogGroup.MAIN, 1, ""), new ChangeSink() {
            @Override
            public void onChanges(List<Change> changes, long through) {
                all.addAll(changes);
                onProgress(through);
            }

            @Override
            public void onProgress(long revision) {
                if (revision >= end) {
                    done.countDown();
                }
            }

            @Override
            public void onEnd(End end) {
                done.countDown();
            }
        })) {
            done.await();
        }
        return all;
    }
}
