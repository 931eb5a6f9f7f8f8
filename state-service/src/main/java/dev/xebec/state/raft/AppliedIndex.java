package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far this replica has applied the log, and the place to wait for it to get further. */
final class AppliedIndex {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition further = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long index = -1;

    /** For the one applying thread: cheap while nobody waits. */
    void reached(long applied) {
        index = applied;
        // Who waits says so before it looks: either it sees the index, or it is seen here.
        if (waiting.get() > 0) {
            lock.lock();
            try {
                further.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns when {@code wanted} is applied; {@link UnavailableException} after {@code patience}. */
    void await(long wanted, Duration patience) {
        if (index >= wanted) {
            return;
        }
        waiting.incrementAndGet();
        lock.lock();
        try {
            long left = patience.toNanos();
            while (index < wanted) {
                if (left <= 0) {
                    throw new UnavailableException("entry " + wanted + " is not applied here after "
                            + patience.toMillis() + " ms; " + index + " is");
                }
                left = further.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while an entry was to be applied", e);
        } finally {
            lock.unlock();
            waiting.decrementAndGet();
        }
    }
}
