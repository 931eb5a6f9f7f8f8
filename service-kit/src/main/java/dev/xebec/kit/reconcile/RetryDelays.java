package dev.xebec.kit.reconcile;

import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** How long each key waits before the next try: doubles with each failure in a row. Thread-safe. */
final class RetryDelays {
    private static final int MAX_DOUBLINGS = 30;

    private final ConcurrentHashMap<ObjectKey, Integer> failures = new ConcurrentHashMap<>();
    private final Duration first;
    private final Duration last;

    RetryDelays(Duration first, Duration last) {
        this.first = first;
        this.last = last;
    }

    /** Counts a failure. */
    Duration next(ObjectKey key) {
        int before = failures.merge(key, 1, (known, one) -> Math.min(known + one, MAX_DOUBLINGS)) - 1;
        Duration delay = first.multipliedBy(1L << before);
        return delay.compareTo(last) < 0 ? delay : last;
    }

    void forget(ObjectKey key) {
        failures.remove(key);
    }
}
