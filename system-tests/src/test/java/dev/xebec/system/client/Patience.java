package dev.xebec.system.client;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waiting for what a cluster has to come to; far longer than a loaded machine needs. */
final class Patience {
    private static final Duration MAX = Duration.ofMinutes(4);
    private static final int PAUSE_MILLIS = 200;

    private Patience() {}

    /** @param missing empty when it is so; else what is missing, for the failure's text */
    static void await(String what, Supplier<String> missing) throws InterruptedException {
        long deadline = System.nanoTime() + MAX.toNanos();
        String still = missing.get();
        while (!still.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what + ": " + still);
            }
            Thread.sleep(PAUSE_MILLIS);
            still = missing.get();
        }
    }

    /** Asks until there is an answer. */
    static <T> T get(String what, Supplier<@Nullable T> question) throws InterruptedException {
        long deadline = System.nanoTime() + MAX.toNanos();
        while (true) {
            T answer = question.get();
            if (answer != null) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
