package dev.xebec.kit.reconcile;

import java.time.Duration;

/**
 * How a loop works.
 *
 * @param workers keys looked at concurrently
 * @param firstRetry after the first failure of a key; doubles with each further one
 * @param lastRetry the longest time between two tries
 * @param catchUp how long a worker waits for the cache to show what was written before it lets the key wait by itself
 */
public record LoopSettings(int workers, Duration firstRetry, Duration lastRetry, Duration catchUp) {
    public static final LoopSettings DEFAULT = new LoopSettings(8, Duration.ofMillis(5), Duration.ofSeconds(30),
            Duration.ofSeconds(1));

    public LoopSettings {
        if (workers < 1 || workers > 1_000) {
            throw new IllegalArgumentException("1 to 1,000 workers, not " + workers);
        }
    }

    public LoopSettings workers(int count) {
        return new LoopSettings(count, firstRetry, lastRetry, catchUp);
    }
}
