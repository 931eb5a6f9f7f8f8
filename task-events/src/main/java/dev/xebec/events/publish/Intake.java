package dev.xebec.events.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be published in one lane. The reader puts and is held back while it is full; the lane takes all there is. It
 * serves one life of a lane: a lane that fails closes it and opens another, which begins at what Kafka says.
 */
final class Intake {
    /** Events that may wait. */
    static final int MAX_EVENTS = 10_000;
    /** Bytes of events that may wait, roughly. */
    static final long MAX_BYTES = 16L * 1024 * 1024;
    /** Events that are taken at once. */
    static final int MAX_TAKEN = 2_000;
    /** Bytes that are taken at once, roughly. */
    static final long MAX_TAKEN_BYTES = 4L * 1024 * 1024;

    private final int shard;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int events;
    private long bytes;
    private long covered;
    private boolean closed;
    /** The reader's own: the revision that it has put everything up to. */
    private long fed;

    /** The events of one revision. */
    private record Waiting(long revision, List<Outgoing> events, long bytes) {}

    /** @param revision everything up to it is published; with the events, if any, it is after them */
    record Taken(List<Outgoing> events, long revision) {}

    Intake(int shard, long revision) {
        this.shard = shard;
        covered = revision;
        fed = revision;
    }

    int shard() {
        return shard;
    }

    /** For the reader alone. */
    long fed() {
        return fed;
    }

    /** Waits while it is full. One revision may go beyond the limits. False when it is closed. For the reader alone. */
    boolean put(long revision, List<Outgoing> more) {
        long weight = more.stream().mapToLong(Outgoing::weight).sum();
        lock.lock();
        try {
            while (!closed && (events >= MAX_EVENTS || bytes >= MAX_BYTES)) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                return false;
            }
            waiting.addLast(new Waiting(revision, more, weight));
            events += more.size();
            bytes += weight;
            fed = revision;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Everything up to this revision has been put. For the reader alone. */
    void cover(long revision) {
        lock.lock();
        try {
            fed = Math.max(fed, revision);
            covered = fed;
        } finally {
            lock.unlock();
        }
    }

    /** All that waits, up to a limit, oldest first; without events after {@code patience}; null when it is closed. */
    @Nullable
    Taken take(long patienceMillis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
            while (!closed && waiting.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (closed) {
                // What waited is let go of: what it covered is not to be taken for told.
                return null;
            }
            List<Outgoing> taken = new ArrayList<>();
            long weight = 0;
            long revision = covered;
            while (!waiting.isEmpty() && taken.size() < MAX_TAKEN && weight < MAX_TAKEN_BYTES) {
                Waiting next = waiting.removeFirst();
                taken.addAll(next.events());
                weight += next.bytes();
                revision = next.revision();
            }
            events -= taken.size();
            bytes -= weight;
            changed.signalAll();
            // What covers nothing that still waits is covered as a whole.
            return new Taken(taken, waiting.isEmpty() ? Math.max(revision, covered) : revision);
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
