package dev.xebec.kit.reconcile;

import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys to look at: each at most once in the queue, never given out twice at a time; one that is added while somebody works
 * on it waits until he is done. Time comes in as an argument. Not thread-safe.
 */
final class WorkQueue {
    private final Map<ObjectKey, Instant> ready = new LinkedHashMap<>();
    private final Set<ObjectKey> working = new HashSet<>();
    private final Map<ObjectKey, Instant> again = new HashMap<>();
    private final Map<ObjectKey, Instant> timers = new HashMap<>();
    private final PriorityQueue<Timer> byTime = new PriorityQueue<>(
            Comparator.comparing(Timer::due).thenComparing(Timer::key));

    private record Timer(Instant due, ObjectKey key) {}

    /** @param waited since it was added */
    record Taken(ObjectKey key, Duration waited) {}

    /** False when the key waits already. */
    boolean add(ObjectKey key, Instant now) {
        if (working.contains(key)) {
            return again.putIfAbsent(key, now) == null;
        }
        return ready.putIfAbsent(key, now) == null;
    }

    /** Adds the key when {@code due} has come; of several times for one key the earliest counts. */
    void addAt(ObjectKey key, Instant due) {
        Instant known = timers.get(key);
        if (known == null || due.isBefore(known)) {
            timers.put(key, due);
            byTime.add(new Timer(due, key));
        }
    }

    /** The key that has waited longest, or null. Whoever takes it says {@link #done}. */
    @Nullable
    Taken take(Instant now) {
        ring(now);
        var waiting = ready.entrySet().iterator();
        if (!waiting.hasNext()) {
            return null;
        }
        var first = waiting.next();
        waiting.remove();
        working.add(first.getKey());
        return new Taken(first.getKey(), Duration.between(first.getValue(), now));
    }

    void done(ObjectKey key) {
        if (!working.remove(key)) {
            throw new IllegalStateException(key + " is done, but nobody took it");
        }
        Instant since = again.remove(key);
        if (since != null) {
            ready.put(key, since);
        }
    }

    /** When the next timer rings; null without one. */
    @Nullable
    Instant nextDue() {
        dropObsolete();
        Timer next = byTime.peek();
        return next == null ? null : next.due();
    }

    /** Keys that can be taken now. */
    int depth() {
        return ready.size();
    }

    /** Nothing waits and nobody works; timers do not count. */
    boolean idle() {
        return ready.isEmpty() && working.isEmpty();
    }

    private void ring(Instant now) {
        dropObsolete();
        for (Timer next = byTime.peek(); next != null && !next.due().isAfter(now); next = byTime.peek()) {
            byTime.poll();
            timers.remove(next.key());
            add(next.key(), now);
            dropObsolete();
        }
    }

    /** Timers that an earlier one for the same key has replaced. */
    private void dropObsolete() {
        for (Timer next = byTime.peek(); next != null
                && !next.due().equals(timers.get(next.key())); next = byTime.peek()) {
            byTime.poll();
        }
    }
}
