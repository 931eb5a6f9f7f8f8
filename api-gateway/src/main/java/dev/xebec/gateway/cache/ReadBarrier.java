package dev.xebec.gateway.cache;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.StateStore;
import java.time.Duration;

/**
 * Makes a read of the cache linearizable: asks the store for its current revision after the read has begun, and waits for
 * the cache to have reached it. The store's client lets reads that begin together share one question.
 */
public final class ReadBarrier {
    /** How long a read waits for the cache. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StateStore store;
    private final WatchCache cache;

    public ReadBarrier(StateStore store, WatchCache cache) {
        this.store = store;
        this.cache = cache;
    }

    /** Returns an image that has every write acknowledged before the call. */
    public StoreImage await() {
        long revision = store.currentRevision(LogGroup.MAIN);
        if (!cache.await(revision, PATIENCE)) {
            throw new UnavailableException("the cache is at revision " + cache.image().revision() + ", behind "
                    + revision);
        }
        return cache.image();
    }
}
