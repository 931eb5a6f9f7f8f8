package dev.xebec.simulator.bus;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one member, by when it is due. Others put in, without ever waiting; only the member's dispatcher
 * waits, so one that died holds nobody up.
 */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Due> queue = new PriorityQueue<>(
            Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::order));
    private long puts;

    record Due(long atNanos, long order, SimulatedBus from, Frame frame) {}

    void put(long atNanos, SimulatedBus from, Frame frame) {
        lock.lock();
        try {
            queue.add(new Due(atNanos, puts++, from, frame));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next one that is due; null where none is by {@code untilNanos}. */
    @Nullable
    Due take(long untilNanos) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                long now = System.nanoTime();
                Due next = queue.peek();
                if (next != null && next.atNanos() - now <= 0) {
                    return queue.poll();
                }
                long wake = next == null ? untilNanos : Math.min(untilNanos, next.atNanos());
                if (wake - now <= 0) {
                    return null;
                }
                long unused = changed.awaitNanos(wake - now);
            }
        } finally {
            lock.unlock();
        }
    }
}
