package dev.xebec.kit.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void itGoesOnByWhatHasPassed() {
        long[] nanos = {-5};
        MonotonicClock clock = new MonotonicClock(START, () -> nanos[0]);
        assertThat(clock.instant()).isEqualTo(START);
        nanos[0] += Duration.ofHours(3).toNanos();
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(3)));
    }

    @Test
    void theCounterMayRunOver() {
        long[] nanos = {Long.MAX_VALUE - 1};
        MonotonicClock clock = new MonotonicClock(START, () -> nanos[0]);
        nanos[0] += 3;
        assertThat(clock.instant()).isEqualTo(START.plusNanos(3));
    }

    @Test
    void theMachinesNeverGoesBack() {
        MonotonicClock clock = MonotonicClock.system();
        Instant before = clock.instant();
        for (int look = 0; look < 10_000; look++) {
            Instant now = clock.instant();
            assertThat(now).isAfterOrEqualTo(before);
            before = now;
        }
    }
}
