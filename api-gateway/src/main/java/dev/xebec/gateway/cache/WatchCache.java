package dev.xebec.gateway.cache;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the whole store and keeps its image. It starts from a revision of the past and replays what came since, so that
 * watches of a gateway that is no more can be resumed here.
 *
 * <p>One thread at a time applies changes and swaps the image; everybody may read. Order of publication: the image, then
 * the watchers' queues, then {@link #deliveredRevision}: who reads the delivered revision first and empties its queue then
 * has every event up to it.
 */
public final class WatchCache implements AutoCloseable {
    /** How far back a new cache begins, in revisions. */
    static final long REPLAYED_REVISIONS = 10_000;
    /** A stream from which nothing, not even progress, comes for this long is opened again. */
    static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(WatchCache.class);
    private static final long MIN_PAUSE_MILLIS = 20;
    private static final long MAX_PAUSE_MILLIS = 1_000;

    private final StateStore store;
    private final RevisionWaiters waiters = new RevisionWaiters();
    private final WatcherSet watchers = new WatcherSet();
    /** Guards what is changed together: watchers, ring and image. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Held by the one thread that applies changes. */
    private final ReentrantLock applying = new ReentrantLock();
    private final CountDownLatch filled = new CountDownLatch(1);
    private EventRing ring = new EventRing(EventRing.MAX_EVENTS, EventRing.MAX_BYTES, 0);
    private volatile StoreImage image = StoreImage.EMPTY;
    private volatile long deliveredRevision;
    private volatile long lastHeardNanos = System.nanoTime();
    private volatile boolean loaded;
    /** The store's revision when loading began: what the image has to reach to be of the present. */
    private volatile long presentAtLoad = Long.MAX_VALUE;
    private volatile boolean failed;
    private volatile boolean closed;
    private volatile Consumer<StoreImage> onImage = swapped -> {
    };
    private volatile @Nullable Thread follower;

    public WatchCache(StateStore store) {
        this.store = store;
    }

    /** Whom each new image is shown to, before its watchers hear of it; he may not block. To be said before the start. */
    public void onImage(Consumer<StoreImage> listener) {
        onImage = listener;
    }

    public void start() {
        follower = Thread.ofVirtual().name("watch-cache").uncaughtExceptionHandler((thread, fault) -> {
            failed = true;
            LOG.error("the cache has failed and is no longer followed: this gateway is not ready any more", fault);
        }).start(this::follow);
    }

    /** The newest image; reading it twice may give two revisions, so read it once. */
    public StoreImage image() {
        return image;
    }

    /**
     * The image as it was at exactly this revision, which it has reached: what came since is taken back.
     *
     * @return null where that is longer ago than events are kept, or not yet
     */
    public @Nullable StoreImage imageAt(long revision) {
        StoreImage past;
        List<CacheEvent> since;
        lock.lock();
        try {
            past = image;
            if (revision > past.revision() || revision < ring.completeAfter()) {
                return null;
            }
            since = ring.after(revision);
        } finally {
            lock.unlock();
        }
        for (CacheEvent event : since.reversed()) {
            past = past.without(event);
        }
        return past.at(revision);
    }

    /** Whether it has reached what was the store's present when it began, and goes on. */
    public boolean synced() {
        return loaded && !failed && image.revision() >= presentAtLoad;
    }

    /**
     * Whether the image has ever been of the present: before that it is empty or of the past, and no answer to anybody. Stays
     * true while the cache is built anew, with the old image.
     */
    public boolean filled() {
        return filled.getCount() == 0;
    }

    /** Waits until {@link #filled}; false after {@code patience}. */
    public boolean awaitFilled(Duration patience) {
        try {
            return filled.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Every watcher has been handed all events up to this revision. */
    public long deliveredRevision() {
        return deliveredRevision;
    }

    public int watcherCount() {
        return watchers.size();
    }

    /** Waits until the image has reached {@code revision}; false after {@code patience}. */
    public boolean await(long revision, Duration patience) {
        return image.revision() >= revision || waiters.await(revision, patience, () -> image.revision());
    }

    /**
     * Starts to watch: from now on the watcher is handed all events that come.
     *
     * @return the kept events of its resources after {@code revision}, which come before those that it is handed; null where
     *     what came right after {@code revision} is no longer kept
     */
    public @Nullable List<CacheEvent> subscribe(long revision, Watcher watcher) {
        lock.lock();
        try {
            if (!loaded || revision < ring.completeAfter()) {
                return null;
            }
            watchers.add(watcher);
            return ring.after(revision, watcher::watches);
        } finally {
            lock.unlock();
        }
    }

    /**
     * As {@link #subscribe}, for a client whose last watch may have ended within {@code revision}: where one transaction
     * changed several objects, their events come again.
     */
    public @Nullable List<CacheEvent> resume(long revision, Watcher watcher) {
        lock.lock();
        try {
            if (!loaded || revision < ring.resumableAt()) {
                return null;
            }
            watchers.add(watcher);
            return ring.resumed(revision, watcher::watches);
        } finally {
            lock.unlock();
        }
    }

    public void unsubscribe(Watcher watcher) {
        watchers.remove(watcher);
    }

    private void follow() {
        long pause = MIN_PAUSE_MILLIS;
        while (!closed) {
            try {
                if (!loaded) {
                    load();
                }
                ChangeSink.End end = stream();
                pause = MIN_PAUSE_MILLIS;
                if (end instanceof ChangeSink.End.Compacted compacted) {
                    LOG.warn("what follows revision {} was compacted at {}: building the cache anew", image.revision(),
                            compacted.compactedRevision());
                    loaded = false;
                } else if (!closed) {
                    LOG.info("change stream ended at revision {}: {}", image.revision(), end);
                }
                Thread.sleep(pause);
            } catch (UnavailableException unavailable) {
                LOG.info("store not available: {}", unavailable.getMessage());
                pause = Math.min(MAX_PAUSE_MILLIS, pause * 2);
                sleep(pause);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void load() {
        long present = store.currentRevision(LogGroup.MAIN);
        StoreImage past = new ImageLoader(store).load(Math.max(store.status(LogGroup.MAIN).compactedRevision(),
                present - REPLAYED_REVISIONS));
        List<Watcher> stranded;
        long reached;
        lock.lock();
        try {
            stranded = watchers.takeAll();
            reached = Math.max(past.revision(), image.revision());
            image = past.revision() == reached ? past : image;
            ring = new EventRing(EventRing.MAX_EVENTS, EventRing.MAX_BYTES, reached);
            deliveredRevision = reached;
            presentAtLoad = present;
            loaded = true;
        } finally {
            lock.unlock();
        }
        onImage.accept(image);
        reached(reached);
        stranded.forEach(Watcher::onGap);
    }

    private void reached(long revision) {
        waiters.reached(revision);
        if (revision >= presentAtLoad) {
            filled.countDown();
        }
    }

    /** One stream from where the image is until it ends. */
    private ChangeSink.End stream() throws InterruptedException {
        Sink sink = new Sink();
        lastHeardNanos = System.nanoTime();
        try (Subscription subscription = store.changes(new ChangesQuery(LogGroup.MAIN, image.revision() + 1, ""),
                sink)) {
            while (!sink.ended.await(1, TimeUnit.SECONDS)) {
                if (closed || System.nanoTime() - lastHeardNanos > SILENCE.toNanos()) {
                    subscription.close();
                    sink.abandoned = true;
                    return new ChangeSink.End.Lost(closed ? "closed" : "silent");
                }
            }
        }
        return sink.end;
    }

    private void apply(List<Change> changes, long through) {
        StoreImage next = image;
        List<CacheEvent> events = new ArrayList<>(changes.size());
        for (Change change : changes) {
            if (change.revision() <= image.revision()) {
                continue;
            }
            StoreKey key = StoreKey.parse(change.key());
            if (key == null) {
                continue;
            }
            CachedObject before = next.all(key.resource()).get(key.object());
            KeyValue current = change.current();
            CachedObject after = current == null ? null : CachedObject.of(key.objectKey(), current);
            if (after != null) {
                next = next.put(key, after);
            } else if (before != null) {
                next = next.remove(key);
            } else {
                continue;
            }
            events.add(new CacheEvent(key.resource(), key.object(), change.revision(), before, after));
        }
        publish(next.at(Math.max(through, next.revision())), events);
    }

    private void publish(StoreImage next, List<CacheEvent> events) {
        WatcherSet.Snapshot listening;
        lock.lock();
        try {
            events.forEach(ring::add);
            image = next;
            listening = watchers.snapshot();
        } finally {
            lock.unlock();
        }
        onImage.accept(next);
        reached(next.revision());
        if (!events.isEmpty()) {
            listening.deliver(events);
        }
        deliveredRevision = next.revision();
    }

    @Override
    public void close() {
        closed = true;
        Thread thread = follower;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Takes one stream; what comes after it was given up is not applied. */
    private final class Sink implements ChangeSink {
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile End end = new End.Lost("open");
        private volatile boolean abandoned;

        @Override
        public void onChanges(List<Change> changes, long through) {
            heard(() -> apply(changes, through));
        }

        @Override
        public void onProgress(long revision) {
            heard(() -> {
                if (revision > image.revision()) {
                    publish(image.at(revision), List.of());
                }
            });
        }

        /** Two streams may overlap for a moment: one at a time applies, and old revisions are skipped. */
        private void heard(Runnable work) {
            applying.lock();
            try {
                if (!abandoned) {
                    lastHeardNanos = System.nanoTime();
                    work.run();
                }
            } finally {
                applying.unlock();
            }
        }

        @Override
        public void onEnd(End why) {
            end = why;
            ended.countDown();
        }
    }
}
