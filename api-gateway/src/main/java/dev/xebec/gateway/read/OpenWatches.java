package dev.xebec.gateway.read;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** The clients' watches that run here, so that they can be ended in good order. Thread-safe. */
public final class OpenWatches {
    private final Set<StreamedWatch> open = ConcurrentHashMap.newKeySet();
    private volatile boolean leaving;

    void begun(StreamedWatch watch) {
        open.add(watch);
        if (leaving) {
            watch.leave(0);
        }
    }

    void over(StreamedWatch watch) {
        open.remove(watch);
    }

    /**
     * Ends each with all that it is to be told by now, and where the client takes bookmarks with one that says so; those of
     * the future too. Does not wait.
     *
     * @param spread over which they end by chance, since each client comes back at once
     */
    public void leave(Duration spread) {
        leaving = true;
        open.forEach(watch -> watch.leave(spread.isZero()
                ? 0
                : ThreadLocalRandom.current().nextLong(spread.toMillis())));
    }
}
