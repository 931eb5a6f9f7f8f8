package dev.xebec.system;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for what a cluster has to come to; far longer than a loaded machine needs. */
public final class Waiting {
    private static final Duration MAX = Duration.ofMinutes(5);
    private static final int PAUSE_MILLIS = 250;

    private Waiting() {}

    /** @param missing empty when it is so; else what is missing, for the failure's text */
    public static void until(String what, Supplier<String> missing) throws InterruptedException {
        long deadline = System.nanoTime() + MAX.toNanos();
        for (String still = missing.get(); !still.isEmpty(); still = missing.get()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what + ": " + still);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
