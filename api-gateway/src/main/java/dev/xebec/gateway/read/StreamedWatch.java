package dev.xebec.gateway.read;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.cache.CacheEvent;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.cache.Watcher;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.request.ResponseStream;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One client's watch. The cache's thread filters and queues events; the connection's event loop writes them, as much at a
 * time as there is. A client that does not keep up is told to list again, and closed: it slows nobody else.
 */
final class StreamedWatch implements Watcher {
    /** Events that wait for the client. */
    static final int MAX_QUEUED = 20_000;
    /** Objects and past events that are looked at in one go, before the event loop may serve others. */
    static final int MAX_LOOKS = 500;
    private static final long BOOKMARK_MILLIS = 60_000;

    private final WatchCache cache;
    private final ServedKinds kinds;
    private final Conversions conversions;
    private final Encoder encoder;
    /** Whether a webhook has to be asked before an event can be judged. */
    private final boolean asks;
    private final WatchOptions options;
    private final ResponseStream out;
    private final OpenWatches open;
    private final Set<String> resources;

    private final ReentrantLock queueing = new ReentrantLock();
    /** Guarded by {@link #queueing}, with the two flags below. */
    private final ArrayDeque<Seen> queue = new ArrayDeque<>();
    private boolean scheduled;
    private boolean broken;

    // Only on the event loop:
    private Iterator<CachedObject> state = java.util.Collections.emptyIterator();
    private Iterator<CacheEvent> missed = java.util.Collections.emptyIterator();
    private boolean resuming;
    private long stateRevision;
    private boolean sendingState;
    private boolean first = true;
    private boolean over;
    private boolean begun;
    private boolean asking;
    private boolean ending;
    private boolean leaving;
    private Runnable notServed = () -> {
    };
    private long lastRevision;
    private Runnable cancelTimer = () -> {
    };

    /** @param type null where the event is to be converted and judged when its turn comes */
    private record Seen(CacheEvent event, CacheEvent.@Nullable Type type) {}

    StreamedWatch(WatchCache cache, ServedKinds kinds, Conversions conversions, Encoder encoder, WatchOptions options,
            ResponseStream out, OpenWatches open) {
        this.open = open;
        this.kinds = kinds;
        this.conversions = conversions;
        this.asks = Conversions.asksSomebody(options.kind());
        this.cache = cache;
        this.encoder = encoder;
        this.options = options;
        this.out = out;
        this.resources = Set.of(StoreKey.resourceOf(options.kind()));
    }

    /** On the event loop; where a webhook has to be asked, on a thread of its own. */
    void start(StoreImage image) {
        boolean resumed = !options.state() && options.fromRevision() > 0;
        long after = resumed ? options.fromRevision() : image.revision();
        List<CacheEvent> before = resumed ? cache.resume(after, this) : cache.subscribe(after, this);
        if (before == null) {
            String tooOld = "too old resource version: " + after + " (" + cache.image().revision() + ")";
            out.onLoop(() -> expire(tooOld));
            return;
        }
        if (asks) {
            try {
                conversions.prepare(options.kind(), before);
                if (options.state()) {
                    conversions.shown(options.kind(), image.in(StoreKey.resourceOf(options.kind()),
                            options.filter().namespace()).values());
                }
            } catch (RejectedException failed) {
                out.onLoop(() -> fail(failed.status()));
                return;
            }
        }
        if (asks) {
            out.onLoop(() -> begin(image, after, before));
        } else {
            begin(image, after, before);
        }
    }

    private void begin(StoreImage image, long after, List<CacheEvent> before) {
        begun = true;
        missed = before.iterator();
        out.onClose(this::stop);
        notServed = kinds.whileServed(options.kind(), () -> out.onLoop(() -> {
            ending = true;
            drain();
        }));
        lastRevision = after;
        if (options.state()) {
            sendingState = true;
            stateRevision = image.revision();
            state = image.in(StoreKey.resourceOf(options.kind()), options.filter().namespace()).values().iterator();
        }
        long end = System.nanoTime() + options.lengthMillis() * 1_000_000;
        tick(end);
        open.begun(this);
        drain();
    }

    /** Ends once all is told that has happened by then. */
    void leave(long delayMillis) {
        out.onLoopAfter(delayMillis, () -> {
            leaving = true;
            drain();
        });
    }

    /** Bookmarks while it lasts, a last one when the time is up. */
    private void tick(long endNanos) {
        long left = (endNanos - System.nanoTime()) / 1_000_000;
        cancelTimer = out.onLoopAfter(Math.min(Math.max(1, left), BOOKMARK_MILLIS), () -> {
            if (over) {
                return;
            }
            bookmark();
            if (endNanos - System.nanoTime() <= 0) {
                stop();
                out.end();
            } else {
                tick(endNanos);
            }
        });
    }

    private void bookmark() {
        long revision = cache.deliveredRevision();
        drain();
        boolean caughtUp;
        queueing.lock();
        try {
            caughtUp = queue.isEmpty() && !missed.hasNext();
        } finally {
            queueing.unlock();
        }
        if (options.bookmarks() && caughtUp && !sendingState && !over && revision >= lastRevision && out.ready()) {
            push(bookmarkFrame(revision, false));
            lastRevision = revision;
        }
    }

    @Override
    public Set<String> resources() {
        return resources;
    }

    @Override
    public void onEvents(List<CacheEvent> events) {
        boolean wake = false;
        queueing.lock();
        try {
            for (CacheEvent event : events) {
                CacheEvent shown = asks ? event : conversions.atHand(options.kind(), event);
                if (shown == null || broken) {
                    continue;
                }
                CacheEvent.Type type = asks ? null : EventFilter.see(options.filter(), shown);
                if (type == null && !asks) {
                    continue;
                }
                if (queue.size() >= MAX_QUEUED) {
                    queue.clear();
                    broken = true;
                } else {
                    queue.add(new Seen(shown, type));
                }
                wake |= !scheduled;
                scheduled = true;
            }
        } finally {
            queueing.unlock();
        }
        if (wake) {
            out.onLoop(this::drain);
        }
    }

    @Override
    public void onGap() {
        queueing.lock();
        try {
            broken = true;
        } finally {
            queueing.unlock();
        }
        out.onLoop(this::drain);
    }

    /** Writes what waits, as long as the client takes it. */
    private void drain() {
        if (over || asking || !begun) {
            return;
        }
        if (out.closed()) {
            stop();
            return;
        }
        FrameBatch batch = new FrameBatch(out, this::push);
        int looks = 0;
        while (out.ready()) {
            if (sendingState || missed.hasNext()) {
                if (looks == MAX_LOOKS) {
                    batch.flush();
                    resumeLater();
                    return;
                }
                looks++;
                lookAtNext(batch);
                continue;
            }
            // Read before the queue: up to here everything is in it.
            long delivered = cache.deliveredRevision();
            Seen next;
            queueing.lock();
            try {
                if (broken) {
                    break;
                }
                next = queue.poll();
                scheduled = next != null;
            } finally {
                queueing.unlock();
            }
            if (next == null) {
                batch.flush();
                if (leaving && options.bookmarks() && delivered >= lastRevision) {
                    push(bookmarkFrame(delivered, false));
                }
                if (ending || leaving) {
                    stop();
                    out.end();
                }
                return;
            }
            if (next.type() == null) {
                CacheEvent shown = conversions.atHand(options.kind(), next.event());
                if (shown == null) {
                    batch.flush();
                    ask(next);
                    return;
                }
                show(shown, batch);
            } else {
                batch.add(frame(next.event(), next.type()));
                lastRevision = next.event().revision();
            }
        }
        batch.flush();
        if (isBroken()) {
            expire("too old resource version: " + lastRevision + " (the watch could not keep up)");
        } else {
            out.whenReady(this::drain);
            if (out.ready()) {
                out.onLoop(this::drain);
            }
        }
    }

    private boolean isBroken() {
        queueing.lock();
        try {
            return broken;
        } finally {
            queueing.unlock();
        }
    }

    private void resumeLater() {
        if (!resuming) {
            resuming = true;
            out.onLoop(() -> {
                resuming = false;
                drain();
            });
        }
    }

    /** The state first, then what happened before this watch was told of anything. */
    private void lookAtNext(FrameBatch batch) {
        if (!sendingState) {
            CacheEvent event = conversions.atHand(options.kind(), missed.next());
            if (event != null) {
                show(event, batch);
            }
        } else if (state.hasNext()) {
            CachedObject object = conversions.atHand(options.kind(), state.next());
            if (object != null && options.filter().matches(object)) {
                batch.add(encoder.frame(options.form(), options.kind(), object, first));
                first = false;
            }
        } else {
            sendingState = false;
            if (options.initialEvents()) {
                batch.add(bookmarkFrame(stateRevision, true));
            }
        }
    }

    private void show(CacheEvent event, FrameBatch batch) {
        CacheEvent.Type type = EventFilter.see(options.filter(), event);
        if (type != null) {
            batch.add(frame(event, type));
        }
        lastRevision = event.revision();
    }

    /** Asks for this event's objects and those of the events behind it, and goes on then. */
    private void ask(Seen first) {
        List<CacheEvent> asked = new ArrayList<>();
        queueing.lock();
        try {
            queue.addFirst(first);
            queue.stream().limit(MAX_LOOKS).forEach(seen -> asked.add(seen.event()));
        } finally {
            queueing.unlock();
        }
        asking = true;
        Thread.ofVirtual().name("watch-convert").start(() -> {
            try {
                conversions.prepare(options.kind(), asked);
                out.onLoop(() -> {
                    asking = false;
                    drain();
                });
            } catch (RejectedException failed) {
                out.onLoop(() -> fail(failed.status()));
            }
        });
    }

    private void fail(Status status) {
        push(Encoder.error(options.form(), status.toTree()));
        stop();
        out.end();
    }

    private Bytes frame(CacheEvent event, CacheEvent.Type type) {
        Bytes frame = encoder.frame(options.form(), options.kind(), event, type, first);
        first = false;
        return frame;
    }

    private Bytes bookmarkFrame(long revision, boolean initialEventsEnd) {
        Bytes frame = encoder.bookmark(options.form(), options.kind(), revision, initialEventsEnd, first);
        first = false;
        return frame;
    }

    private void expire(String message) {
        fail(Status.expired(message));
    }

    private void push(Bytes bytes) {
        if (!out.closed()) {
            out.push(bytes);
        }
    }

    private void stop() {
        over = true;
        cancelTimer.run();
        notServed.run();
        open.over(this);
        cache.unsubscribe(this);
    }
}
