package dev.xebec.simulator.bus;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** One random source for the threads of several processes: a draw at a time, never blocking. Thread-safe. */
public final class Chance {
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();

    public Chance(RandomGenerator random) {
        this.random = random;
    }

    /** True in so many of a hundred cases; nothing is drawn for 0 or less. */
    public boolean percent(double likely) {
        if (likely <= 0) {
            return false;
        }
        lock.lock();
        try {
            return random.nextDouble() * 100 < likely;
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds between two durations, both included. */
    public long nanosBetween(Duration min, Duration max) {
        long from = min.toNanos();
        long to = max.toNanos();
        if (to <= from) {
            return from;
        }
        lock.lock();
        try {
            return random.nextLong(from, to + 1);
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds up to a duration. */
    public long nanosUpTo(Duration max) {
        return nanosBetween(Duration.ZERO, max);
    }

    /** A number from 0 to {@code bound}, which is left out; 0 for a bound of 1 or less. */
    public int below(int bound) {
        if (bound <= 1) {
            return 0;
        }
        lock.lock();
        try {
            return random.nextInt(bound);
        } finally {
            lock.unlock();
        }
    }

    public <T> T oneOf(List<T> candidates) {
        return candidates.get(below(candidates.size()));
    }

    public long nextLong() {
        lock.lock();
        try {
            return random.nextLong();
        } finally {
            lock.unlock();
        }
    }
}
