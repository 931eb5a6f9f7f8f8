package dev.xebec.events.publish;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.events.task.TaskEvent;
import dev.xebec.events.task.TaskLog;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a log comes to when it is told from its beginning by somebody who never fails. It listens from the beginning on. */
final class Replay implements AutoCloseable, ChangeSink {
    private final StateStore store;
    private final int partitions;
    private final List<Change> all = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Subscription subscription;
    private long reached;

    Replay(StateStore store, int partitions) {
        this.store = store;
        this.partitions = partitions;
        subscription = store.changes(new ChangesQuery(LogGroup.MAIN, 1, ""), this);
    }

    /** Each partition's events up to now, each as one line. */
    Map<Integer, List<String>> lines() throws InterruptedException {
        return lines(0, Long.MAX_VALUE);
    }

    /** Those of the revisions after {@code after} and up to {@code through}. */
    Map<Integer, List<String>> lines(long after, long through) throws InterruptedException {
        TaskLog log = new TaskLog();
        Map<Integer, List<String>> lines = new TreeMap<>();
        for (Change change : changes()) {
            for (TaskEvent event : log.apply(change)) {
                if (change.revision() > after && change.revision() <= through) {
                    add(lines, event);
                }
            }
        }
        return lines;
    }

    /** What a full state at a revision that the store still has is told as. */
    Map<Integer, List<String>> state(long revision) {
        Map<Integer, List<String>> lines = new TreeMap<>();
        for (String prefix : TaskLog.prefixes()) {
            RangeResult.Page page = (RangeResult.Page) store.range(RangeQuery.prefix(prefix).at(revision));
            for (KeyValue stored : page.keyValues()) {
                TaskLog.state(stored, revision).forEach(event -> add(lines, event));
            }
        }
        return lines;
    }

    private void add(Map<Integer, List<String>> lines, TaskEvent event) {
        lines.computeIfAbsent(Shards.of(event.about().uid(), partitions), none -> new ArrayList<>())
                .add(event.type().wire() + " " + event.id() + " "
                        + new String(Json.bytes(event.data()), StandardCharsets.UTF_8));
    }

    static int count(Map<Integer, List<String>> lines) {
        return lines.values().stream().mapToInt(List::size).sum();
    }

    /** All changes up to the store's newest revision. */
    List<Change> changes() throws InterruptedException {
        long newest = store.currentRevision(LogGroup.MAIN);
        lock.lock();
        try {
            while (reached < newest) {
                more.await();
            }
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onChanges(List<Change> changes, long through) {
        lock.lock();
        try {
            all.addAll(changes);
            reached = through;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onProgress(long revision) {
        onChanges(List.of(), revision);
    }

    @Override
    public void onEnd(End end) {}

    @Override
    public void close() {
        subscription.close();
    }
}
