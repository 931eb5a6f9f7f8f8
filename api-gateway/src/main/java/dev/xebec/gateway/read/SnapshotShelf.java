package dev.xebec.gateway.read;

import dev.xebec.gateway.cache.StoreImage;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Images whose lists were answered in pages, kept a while so that the next page shows the same moment. They share what did
 * not change, so keeping one costs what was written since. Thread-safe.
 */
final class SnapshotShelf {
    /** Images that are kept; the one that was asked for longest ago goes first. */
    static final int MAX_IMAGES = 32;
    /** How long an image is kept after it was last asked for. */
    static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final Map<Long, Kept> byRevision = new LinkedHashMap<>(16, 0.75f, true);

    private record Kept(StoreImage image, long nanos) {}

    synchronized void keep(StoreImage image) {
        long now = System.nanoTime();
        byRevision.put(image.revision(), new Kept(image, now));
        Iterator<Kept> oldestFirst = byRevision.values().iterator();
        while (oldestFirst.hasNext()) {
            Kept kept = oldestFirst.next();
            if (byRevision.size() <= MAX_IMAGES && now - kept.nanos() < MAX_AGE.toNanos()) {
                return;
            }
            oldestFirst.remove();
        }
    }

    synchronized @Nullable StoreImage find(long revision) {
        Kept kept = byRevision.get(revision);
        if (kept == null || System.nanoTime() - kept.nanos() > MAX_AGE.toNanos()) {
            return null;
        }
        byRevision.put(revision, new Kept(kept.image(), System.nanoTime()));
        return kept.image();
    }
}
