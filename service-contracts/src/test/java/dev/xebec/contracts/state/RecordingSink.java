package dev.xebec.contracts.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A sink that keeps what it is given and checks, with each call, what every change stream promises. */
public final class RecordingSink implements ChangeSink {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<Change> changes = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private long through;
    private int progressMarks;
    private ChangeSink.End end;

    @Override
    public void onChanges(List<Change> batch, long batchThrough) {
        locked(() -> {
            check(end == null, "changes after the end");
            check(!batch.isEmpty(), "an empty batch");
            long last = through;
            for (Change change : batch) {
                check(change.revision() > through,
                        "revision " + change.revision() + " again or split, after " + through);
                check(change.revision() >= last, "revision " + change.revision() + " after " + last);
                last = change.revision();
            }
            check(last <= batchThrough, "changes beyond " + batchThrough);
            changes.addAll(batch);
            through = batchThrough;
        });
    }

    @Override
    public void onProgress(long revision) {
        locked(() -> {
            check(end == null, "progress after the end");
            check(revision >= through, "progress back from " + through + " to " + revision);
            through = revision;
            progressMarks++;
        });
    }

    @Override
    public void onEnd(End why) {
        locked(() -> {
            check(end == null, "a second end");
            end = why;
        });
    }

    /** All changes once the stream has covered {@code revision}. */
    public List<Change> awaitThrough(long revision) {
        await(sink -> sink.through >= revision, "the stream to cover " + revision);
        return changes();
    }

    /** All changes once there are {@code count} of them. */
    public List<Change> awaitChanges(int count) {
        await(sink -> sink.changes.size() >= count, count + " changes");
        return changes();
    }

    public void awaitProgressMarks(int count) {
        await(sink -> sink.progressMarks >= count, count + " progress marks");
    }

    public ChangeSink.End awaitEnd() {
        await(sink -> sink.end != null, "the stream's end");
        return end;
    }

    public List<Change> changes() {
        lock.lock();
        try {
            assertThat(broken).as("promises broken by the stream").isEmpty();
            return List.copyOf(changes);
        } finally {
            lock.unlock();
        }
    }

    private void await(Predicate<RecordingSink> reached, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        lock.lock();
        try {
            while (!reached.test(this)) {
                long left = deadline - System.nanoTime();
                assertThat(left).as("waited for %s; through %d, end %s, broken %s", what, through, end, broken)
                        .isPositive();
                grown.await(left, TimeUnit.NANOSECONDS);
            }
            assertThat(broken).as("promises broken by the stream").isEmpty();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }
}
