package dev.xebec.kit.reconcile;

import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A {@link WorkQueue} shared by threads: takers wait for work or for the next timer. One of them watches the clock, the
 * others sleep until they are needed.
 */
final class WorkShelf {
    /** The clock is looked at this often while a timer runs, since it may be a test's own. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final InstantSource clock;
    private final WorkQueue queue = new WorkQueue();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean clockWatched;
    private boolean closed;

    /** @param clock one that nobody sets */
    WorkShelf(InstantSource clock) {
        this.clock = clock;
    }

    /** False when the key waits already. */
    boolean add(ObjectKey key) {
        lock.lock();
        try {
            boolean added = queue.add(key, clock.instant());
            if (added) {
                changed.signal();
            }
            return added;
        } finally {
            lock.unlock();
        }
    }

    void addAfter(ObjectKey key, Duration delay) {
        lock.lock();
        try {
            queue.addAt(key, clock.instant().plus(delay));
            changed.signalAll(); // It may ring before the one that the clock's watcher waits for.
        } finally {
            lock.unlock();
        }
    }

    /** Waits for work; null once closed. */
    WorkQueue.@Nullable Taken take() {
        lock.lock();
        try {
            while (!closed) {
                WorkQueue.Taken taken = queue.take(clock.instant());
                if (taken != null) {
                    changed.signal(); // Somebody has to look after what is left, and after the clock.
                    return taken;
                }
                await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    void done(ObjectKey key) {
        lock.lock();
        try {
            queue.done(key);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    int depth() {
        lock.lock();
        try {
            return queue.depth();
        } finally {
            lock.unlock();
        }
    }

    boolean idle() {
        lock.lock();
        try {
            return queue.idle();
        } finally {
            lock.unlock();
        }
    }

    /** Lets all takers go. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await() {
        Instant due = queue.nextDue();
        if (due == null || clockWatched) {
            changed.awaitUninterruptibly();
            return;
        }
        clockWatched = true;
        try {
            Duration left = Duration.between(clock.instant(), due);
            Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
            changed.awaitNanos(Math.max(wait.toNanos(), 1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true; // A worker's thread is interrupted by nobody but the process's end.
            changed.signalAll();
        } finally {
            clockWatched = false;
        }
    }
}
