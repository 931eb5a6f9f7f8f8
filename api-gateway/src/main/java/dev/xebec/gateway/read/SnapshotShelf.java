package dev.xebec.gateway.read;

import dev.xebec.gateway.cache.StoreImage;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Images of one resource whose lists were answered in pages, kept a while so that the next page shows the same moment. They
 * share what did not change, so keeping one costs what was written since. Thread-safe.
 */
final class SnapshotShelf {
    /** Images that are kept; the one that was put there longest ago goes first. */
    static final int MAX_IMAGES = 32;
    /** How long an image is kept, however often it is asked for: etcd forgets a revision after as long. */
    static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    /** Oldest first. */
    private final Map<Moment, Kept> byMoment = new LinkedHashMap<>();

    SnapshotShelf(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** What an image is of: an image of one resource knows nothing of another at the same revision. */
    private record Moment(long revision, String resource) {}

    private record Kept(StoreImage image, long nanos) {}

    /** Keeps one resource of an image. */
    void keep(StoreImage image, String resource) {
        lock.lock();
        try {
            Moment moment = new Moment(image.revision(), resource);
            Kept before = byMoment.remove(moment);
            byMoment.put(moment,
                    new Kept(before == null ? image.only(resource) : before.image(), nanoClock.getAsLong()));
            sweep();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    StoreImage find(long revision, String resource) {
        lock.lock();
        try {
            sweep();
            Kept kept = byMoment.get(new Moment(revision, resource));
            return kept == null ? null : kept.image();
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of what is too old or too much. Cheap: any read may call it. */
    void sweep() {
        lock.lock();
        try {
            long now = nanoClock.getAsLong();
            Iterator<Kept> oldestFirst = byMoment.values().iterator();
            while (oldestFirst.hasNext()) {
                Kept kept = oldestFirst.next();
                if (byMoment.size() <= MAX_IMAGES && now - kept.nanos() < MAX_AGE.toNanos()) {
                    return;
                }
                oldestFirst.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return byMoment.size();
        } finally {
            lock.unlock();
        }
    }
}
