package dev.xebec.kit.informer;

import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchSink;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One watch between the thread that delivers it and the informer's own. Holds the deliverer back when the informer is
 * slow, and lets go of him when the session is closed.
 */
final class WatchSession implements WatchSink {
    /** Batches that may wait; the deliverer blocks beyond. */
    static final int MAX_WAITING = 64;

    /** How the watch ended. */
    record End(boolean expired, String reason) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<List<WatchEvent>> waiting = new ArrayDeque<>();
    private @Nullable End end;
    private boolean closed;

    @Override
    public void onEvents(List<WatchEvent> events) {
        lock.lock();
        try {
            while (waiting.size() >= MAX_WAITING && !closed) {
                changed.awaitUninterruptibly();
            }
            if (!closed && end == null) {
                waiting.add(events);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onEnd(boolean expired, String reason) {
        lock.lock();
        try {
            if (end == null) {
                end = new End(expired, reason);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next batch; null once the watch is over and everything before its end is taken, or the session is closed. */
    @Nullable
    List<WatchEvent> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && end == null && !closed) {
                changed.awaitUninterruptibly();
            }
            List<WatchEvent> batch = closed ? null : waiting.poll();
            changed.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** After {@link #next()} gave null. */
    End end() {
        lock.lock();
        try {
            return end == null ? new End(false, "closed") : end;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
