package dev.xebec.state.replica;

import dev.xebec.contracts.state.Change;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The newest changes, kept for those who follow closely, and the place to wait for the next. Thread-safe. */
final class RecentChanges {
    /** Bytes of keys and values; the oldest changes leave, and who still needs them reads the storage. */
    private static final long MAX_BYTES = 16L * 1024 * 1024;
    /** Changes; many small ones weigh more than their bytes. */
    private static final int MAX_CHANGES = 16_384;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final ArrayDeque<Stretch> stretches = new ArrayDeque<>();
    private long bytes;
    private int count;
    private long revision;

    RecentChanges(long revision) {
        this.revision = revision;
    }

    /** The changes of one log entry. */
    private record Stretch(List<Change> changes, long last, long bytes) {
        long first() {
            return changes.getFirst().revision();
        }
    }

    /** @param through the last revision covered */
    record Taken(List<Change> changes, long through) {}

    void publish(List<Change> changes, long newRevision) {
        if (changes.isEmpty()) {
            return;
        }
        Stretch stretch = new Stretch(changes, newRevision, sizeOf(changes));
        lock.lock();
        try {
            stretches.addLast(stretch);
            bytes += stretch.bytes();
            count += changes.size();
            while (stretches.size() > 1 && (bytes > MAX_BYTES || count > MAX_CHANGES)) {
                Stretch oldest = stretches.removeFirst();
                bytes -= oldest.bytes();
                count -= oldest.changes().size();
            }
            revision = newRevision;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The state was replaced by another one. */
    void reset(long newRevision) {
        lock.lock();
        try {
            stretches.clear();
            bytes = 0;
            count = 0;
            revision = newRevision;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets all who wait look again. */
    void wake() {
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long revision() {
        lock.lock();
        try {
            return revision;
        } finally {
            lock.unlock();
        }
    }

    /** What came from revision {@code from} on, about {@code maxBytes} of it; null where some of it has left already. */
    @Nullable
    Taken take(long from, long maxBytes) {
        lock.lock();
        try {
            if (from > revision) {
                return new Taken(List.of(), from - 1);
            }
            ArrayDeque<Stretch> wanted = new ArrayDeque<>();
            for (Iterator<Stretch> newestFirst = stretches.descendingIterator(); newestFirst.hasNext();) {
                Stretch stretch = newestFirst.next();
                if (stretch.last() < from) {
                    break;
                }
                wanted.addFirst(stretch);
            }
            return wanted.isEmpty() || wanted.getFirst().first() > from ? null : join(wanted, from, maxBytes);
        } finally {
            lock.unlock();
        }
    }

    private static Taken join(ArrayDeque<Stretch> wanted, long from, long maxBytes) {
        List<Change> changes = new ArrayList<>();
        long through = from - 1;
        long taken = 0;
        for (Stretch stretch : wanted) {
            for (Change change : stretch.changes()) {
                if (change.revision() >= from) {
                    changes.add(change);
                }
            }
            through = stretch.last();
            taken += stretch.bytes();
            if (taken >= maxBytes) {
                break;
            }
        }
        return new Taken(changes, through);
    }

    /** Waits until {@code wanted} is reached, for no longer than {@code patience}; answers whether it is. */
    boolean await(long wanted, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (revision < wanted && left > 0) {
                left = moved.awaitNanos(left);
            }
            return revision >= wanted;
        } finally {
            lock.unlock();
        }
    }

    /** Waits once for anything to move, unless {@code wanted} is reached already. */
    void awaitMove(long wanted, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (revision < wanted && patience.isPositive()) {
                boolean unused = moved.await(patience.toNanos(), TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private static long sizeOf(List<Change> changes) {
        long size = 0;
        for (Change change : changes) {
            size += change.key().length() + (change.current() == null ? 0 : change.current().value().size());
        }
        return size;
    }
}
