package dev.xebec.kit.time;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The wall clock without its jumps. When that is set by up to an hour, this one goes at half or at one and a half times
 * its speed until both agree again: a time measured by it is off by half at most, and nobody is taken for silent because a
 * clock was set. Small corrections, as time servers make them all the while, are followed at once. So is a jump of more
 * than an hour: a machine that slept, or whose clock was wrong from the start, must not write wrong times for days.
 *
 * <p>What has to be exact, whatever the clock does, is measured by {@link MonotonicClock}.
 *
 * <p>Safe for use by several threads.
 */
public final class SteadyClock implements InstantSource {
    /** Of the time that has passed, at most one part in so many is added or left out. */
    private static final long SLEWED_PART = 2;
    private static final long LONGEST_SLEWED_NANOS = 3_600_000_000_000L;

    private final InstantSource wall;
    private final LongSupplier monotonicNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private Instant last;
    private long lastNanos;

    /**
     * @param wall what to follow, such as {@link InstantSource#system()}
     * @param monotonicNanos time that passes, such as {@link System#nanoTime()}
     */
    public SteadyClock(InstantSource wall, LongSupplier monotonicNanos) {
        this.wall = wall;
        this.monotonicNanos = monotonicNanos;
        lastNanos = monotonicNanos.getAsLong();
        last = wall.instant();
    }

    /** The machine's. */
    public static SteadyClock system() {
        return new SteadyClock(InstantSource.system(), System::nanoTime);
    }

    @Override
    public Instant instant() {
        lock.lock();
        try {
            long nanos = monotonicNanos.getAsLong();
            long passed = Math.max(0, nanos - lastNanos);
            Instant unset = last.plusNanos(passed);
            long most = passed / SLEWED_PART;
            Instant set = wall.instant();
            long off = nanosBetween(unset, set);
            last = Math.abs(off) > LONGEST_SLEWED_NANOS ? set : unset.plusNanos(Math.clamp(off, -most, most));
            lastNanos += passed;
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever is centuries off is as far off as can be said. */
    private static long nanosBetween(Instant from, Instant to) {
        long seconds = ChronoUnit.SECONDS.between(from, to);
        long limit = Long.MAX_VALUE / 1_000_000_000 - 1;
        return Math.abs(seconds) > limit
                ? Long.signum(seconds) * Long.MAX_VALUE
                : ChronoUnit.NANOS.between(from, to);
    }
}
