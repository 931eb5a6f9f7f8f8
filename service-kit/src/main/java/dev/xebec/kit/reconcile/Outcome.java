package dev.xebec.kit.reconcile;

import java.time.Duration;

/** What became of one action. */
sealed interface Outcome {

    /** @param revision written, 0 when nothing that the cache shows was */
    record Done(long revision) implements Outcome {}

    /** Not now, and that is no error: the rest of the plan goes on, the key is looked at again after {@code delay}. */
    record Later(Duration delay) implements Outcome {}

    /** The plan came from an old picture. */
    record Stale(String why) implements Outcome {}

    /** @param atLeast what the server asks to wait */
    record Failed(String why, Duration atLeast) implements Outcome {}
}
