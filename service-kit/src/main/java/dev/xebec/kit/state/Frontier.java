package dev.xebec.kit.state;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far a log is known to reach, from what its leader has answered. A replica that is cut off from the leader and from nobody else
 * tells its subscribers for ever that nothing happens; against this they see that it does not keep up. Thread-safe.
 */
final class Frontier {
    private final AtomicLong answered = new AtomicLong();
    private final AtomicBoolean doubt = new AtomicBoolean();

    /** The leader has answered with this revision, which every replica will reach. */
    void answered(long revision) {
        answered.accumulateAndGet(revision, Math::max);
    }

    boolean beyond(long revision) {
        return answered.get() > revision;
    }

    /** A replica was given up because it does not keep up. */
    void doubt() {
        doubt.set(true);
    }

    /** Whether one was given up since this was asked last: another one is wanted, not the nearest. */
    boolean takeDoubt() {
        return doubt.compareAndSet(true, false);
    }
}
