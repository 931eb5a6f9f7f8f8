package dev.xebec.kit.state;

import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/** Numbers a client's proposals, and knows below which number all are settled. Thread-safe. */
final class Sequences {
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<Long> open = new TreeSet<>();
    private long last;

    /** @param settledBelow every sequence below it is settled */
    record Number(long sequence, long settledBelow) {
    }

    Number next() {
        lock.lock();
        try {
            long sequence = ++last;
            open.add(sequence);
            return new Number(sequence, open.first());
        } finally {
            lock.unlock();
        }
    }

    /** Answered, or given up: it will not be proposed again. */
    void settle(long sequence) {
        lock.lock();
        try {
            open.remove(sequence);
        } finally {
            lock.unlock();
        }
    }
}
