package dev.xebec.kit.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time that passes, whatever the wall clock is set to: for waiting, and for measuring how long something took or is
 * silent. Its instants are compared with each other only. They never stand in objects and mean nothing to other
 * processes, nor to this one's next start. It may stand still while the machine sleeps.
 *
 * <p>Safe for use by several threads.
 */
public final class MonotonicClock implements InstantSource {
    private final Instant start;
    private final LongSupplier nanos;
    private final long startNanos;

    /**
     * @param start what it shows at first; the wall clock's time makes it easy to read, no more
     * @param nanos time that passes, such as {@link System#nanoTime()}
     */
    public MonotonicClock(Instant start, LongSupplier nanos) {
        this.start = start;
        this.nanos = nanos;
        startNanos = nanos.getAsLong();
    }

    /** The machine's. */
    public static MonotonicClock system() {
        return new MonotonicClock(InstantSource.system().instant(), System::nanoTime);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }
}
