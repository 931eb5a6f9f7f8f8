package dev.xebec.state.replica;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.state.machine.History;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One subscriber's way through the log, on a virtual thread of its own: from memory while it keeps up, from the storage
 * in slices while it does not. It holds no more than one slice, however slow its sink is.
 */
final class ChangeStream implements Subscription {
    /** Bytes of a slice; its last revision comes whole. */
    private static final int SLICE_BYTES = 256 * 1024;
    /** The contract says a second. */
    private static final Duration IDLE_MARK = Duration.ofMillis(700);
    /** How soon a sink hears of revisions in which nothing was for it. */
    private static final Duration SKIPPED_MARK = Duration.ofMillis(100);

    private final Replica replica;
    private final RecentChanges recent;
    private final ChangesQuery query;
    private final ChangeSink sink;
    private final AtomicReference<ChangeSink.End> end = new AtomicReference<>();
    private long next;
    private long told;
    private long toldAtNanos;

    ChangeStream(Replica replica, RecentChanges recent, ChangesQuery query, ChangeSink sink) {
        this.replica = replica;
        this.recent = recent;
        this.query = query;
        this.sink = sink;
        next = query.fromRevision();
        told = next - 1;
    }

    void start(Runnable onOver) {
        Thread.ofVirtual().name("changes " + query.keyPrefix()).start(() -> {
            try {
                run();
            } finally {
                onOver.run();
            }
        });
    }

    @Override
    public void close() {
        finish(new ChangeSink.End.Closed());
    }

    void lose(String reason) {
        finish(new ChangeSink.End.Lost(reason));
    }

    private void finish(ChangeSink.End why) {
        if (end.compareAndSet(null, why)) {
            recent.wake();
        }
    }

    private void run() {
        toldAtNanos = System.nanoTime();
        try {
            // Memory may still hold what is compacted, which a running stream may use and a new one may not rely on.
            long compacted = replica.position().compacted();
            if (next < compacted) {
                finish(new ChangeSink.End.Compacted(compacted));
            }
            while (end.get() == null) {
                step();
            }
        } catch (UnavailableException e) {
            lose(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            lose("interrupted");
        } finally {
            lose("the sink failed");
            ChangeSink.End why = end.get();
            if (why != null) {
                sink.onEnd(why);
            }
        }
    }

    private void step() throws InterruptedException {
        RecentChanges.Taken taken = recent.take(next, SLICE_BYTES);
        if (taken != null) {
            deliver(taken.changes(), taken.through());
            return;
        }
        switch (replica.slice(next, SLICE_BYTES)) {
            case History.Changes changes -> deliver(changes.changes(), changes.through());
            case History.TooOld old -> finish(new ChangeSink.End.Compacted(old.compactedRevision()));
        }
    }

    private void deliver(List<Change> changes, long through) throws InterruptedException {
        List<Change> wanted = query.keyPrefix().isEmpty()
                ? changes
                : changes.stream().filter(change -> change.key().startsWith(query.keyPrefix())).toList();
        next = through + 1;
        if (!wanted.isEmpty()) {
            sink.onChanges(wanted, through);
            told(through);
        } else if (through < recent.revision()) {
            markAfter(SKIPPED_MARK);
        } else {
            rest();
        }
    }

    /** At the tip of the log: waits for more, or for the time to say that there is none. */
    private void rest() throws InterruptedException {
        Duration interval = told < Math.min(next - 1, recent.revision()) ? SKIPPED_MARK : IDLE_MARK;
        Duration left = interval.minusNanos(System.nanoTime() - toldAtNanos);
        if (left.isPositive()) {
            recent.awaitMove(next, left);
        }
        if (end.get() == null) {
            markAfter(interval);
        }
    }

    private void markAfter(Duration interval) {
        if (System.nanoTime() - toldAtNanos >= interval.toNanos()) {
            // A stream that starts in the future must not claim to have covered what nobody wrote yet.
            long covered = Math.min(next - 1, recent.revision());
            sink.onProgress(covered);
            told(covered);
        }
    }

    private void told(long through) {
        told = through;
        toldAtNanos = System.nanoTime();
    }
}
