package dev.xebec.kit.informer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: 20 ms, doubling to 1 s, each between half and all of it by chance. */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(20);
    static final Duration LAST = Duration.ofSeconds(1);

    private final RandomGenerator random;
    private long nextNanos = FIRST.toNanos();

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long whole = nextNanos;
        nextNanos = Math.min(2 * nextNanos, LAST.toNanos());
        return Duration.ofNanos(whole / 2 + random.nextLong(whole / 2 + 1));
    }

    void reset() {
        nextNanos = FIRST.toNanos();
    }
}
