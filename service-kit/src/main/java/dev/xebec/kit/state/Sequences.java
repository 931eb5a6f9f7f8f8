package dev.xebec.kit.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Proposal;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Numbers a client's proposals, and knows below which number all are settled. The numbers never run so far ahead of an
 * open one that the store would forget its result while it is still retried. Thread-safe.
 */
final class Sequences {
    /** How far the newest number may be ahead of the oldest open one; half of what the store keeps. */
    static final int MAX_AHEAD = Proposal.MAX_RESULTS / 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final TreeSet<Long> open = new TreeSet<>();
    private long last;

    /** @param settledBelow every sequence below it is settled */
    record Number(long sequence, long settledBelow) {}

    /** Waits while the oldest open number is too far behind. */
    Number next() {
        lock.lock();
        try {
            while (!open.isEmpty() && last - open.first() >= MAX_AHEAD) {
                settled.await();
            }
            long sequence = ++last;
            open.add(sequence);
            return new Number(sequence, open.first());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for an earlier proposal to be settled");
        } finally {
            lock.unlock();
        }
    }

    /** Answered, or given up: it will not be proposed again. */
    void settle(long sequence) {
        lock.lock();
        try {
            open.remove(sequence);
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
