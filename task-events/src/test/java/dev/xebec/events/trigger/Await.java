package dev.xebec.events.trigger;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens by itself. */
final class Await {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(120).toNanos();

    private Await() {}

    static void until(String what, BooleanSupplier holds) {
        until(() -> what, holds);
    }

    static void until(Supplier<String> what, BooleanSupplier holds) {
        long giveUpAt = System.nanoTime() + PATIENCE_NANOS;
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > giveUpAt) {
                throw new AssertionError("waited in vain: " + what.get());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
