package dev.xebec.events.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/** How far behind the log a publisher is, from what it is told of both now and then. Thread-safe. */
final class Lag {
    /** Moments that are remembered; when there are more, every second one is forgotten. */
    private static final int MAX_MOMENTS = 600;

    private final ReentrantLock lock = new ReentrantLock();
    private Deque<Moment> moments = new ArrayDeque<>();
    private long head;
    private long told;
    private int shards;
    private Instant now = Instant.EPOCH;

    private record Moment(Instant at, long revision) {}

    /**
     * @param head the log's newest revision
     * @param told the revision of the slowest shard; the head where there is no shard
     */
    void look(Instant now, long head, long told, int shards) {
        lock.lock();
        try {
            this.now = now;
            this.head = Math.max(head, told);
            this.told = told;
            this.shards = shards;
            moments.addLast(new Moment(now, head));
            while (moments.size() > 1 && moments.getFirst().revision() <= told) {
                moments.removeFirst();
            }
            if (moments.size() > MAX_MOMENTS) {
                thin();
            }
        } finally {
            lock.unlock();
        }
    }

    private void thin() {
        Deque<Moment> fewer = new ArrayDeque<>();
        boolean keep = true;
        for (Moment moment : moments) {
            if (keep) {
                fewer.addLast(moment);
            }
            keep = !keep;
        }
        moments = fewer;
    }

    double revisions() {
        lock.lock();
        try {
            return Math.max(0, head - told);
        } finally {
            lock.unlock();
        }
    }

    double seconds() {
        lock.lock();
        try {
            Moment oldest = moments.peekFirst();
            return oldest == null || oldest.revision() <= told
                    ? 0
                    : Duration.between(oldest.at(), now).toMillis() / 1000.0;
        } finally {
            lock.unlock();
        }
    }

    double shards() {
        lock.lock();
        try {
            return shards;
        } finally {
            lock.unlock();
        }
    }
}
