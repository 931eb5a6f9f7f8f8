package dev.xebec.gateway.read;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.cache.CacheEvent;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.cache.Watcher;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.request.ResponseStream;
import dev.xebec.model.status.Status;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One client's watch. The cache's thread filters and queues events; the connection's event loop writes them, as much at a
 * time as there is. A client that does not keep up is told to list again, and closed: it slows nobody else.
 */
final class StreamedWatch implements Watcher {
    /** Events that wait for the client. */
    static final int MAX_QUEUED = 20_000;
    /** Objects and past events that are looked at in one go, before the event loop may serve others. */
    static final int MAX_LOOKS = 500;
    /** Bytes written in one go. */
    private static final int MAX_WRITE = 128 * 1024;
    private static final long BOOKMARK_MILLIS = 60_000;

    private final WatchCache cache;
    private final Encoder encoder;
    private final WatchOptions options;
    private final ResponseStream out;
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
    private long lastRevision;
    private Runnable cancelTimer = () -> {
    };

    private record Seen(CacheEvent event, CacheEvent.Type type) {}

    StreamedWatch(WatchCache cache, Encoder encoder, WatchOptions options, ResponseStream out) {
        this.cache = cache;
        this.encoder = encoder;
        this.options = options;
        this.out = out;
        this.resources = Set.of(StoreKey.resourceOf(options.kind()));
    }

    /** On the event loop. */
    void start(StoreImage image) {
        boolean resumed = !options.state() && options.fromRevision() > 0;
        long after = resumed ? options.fromRevision() : image.revision();
        List<CacheEvent> before = resumed ? cache.resume(after, this) : cache.subscribe(after, this);
        if (before == null) {
            expire("too old resource version: " + after + " (" + cache.image().revision() + ")");
            return;
        }
        missed = before.iterator();
        out.onClose(this::stop);
        lastRevision = after;
        if (options.state()) {
            sendingState = true;
            stateRevision = image.revision();
            state = image.in(StoreKey.resourceOf(options.kind()), options.filter().namespace()).values().iterator();
        }
        long end = System.nanoTime() + options.lengthMillis() * 1_000_000;
        tick(end);
        drain();
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
                CacheEvent.Type type = EventFilter.see(options.filter(), event);
                if (type == null || broken) {
                    continue;
                }
                if (queue.size() >= MAX_QUEUED) {
                    queue.clear();
                    broken = true;
                } else {
                    queue.add(new Seen(event, type));
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
        if (over) {
            return;
        }
        if (out.closed()) {
            stop();
            return;
        }
        Batch batch = new Batch();
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
                return;
            }
            batch.add(frame(next));
            lastRevision = next.event().revision();
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
    private void lookAtNext(Batch batch) {
        if (!sendingState) {
            CacheEvent event = missed.next();
            CacheEvent.Type type = EventFilter.see(options.filter(), event);
            if (type != null) {
                batch.add(frame(new Seen(event, type)));
                lastRevision = event.revision();
            }
        } else if (state.hasNext()) {
            CachedObject object = state.next();
            if (options.filter().matches(object)) {
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

    private Bytes frame(Seen seen) {
        Bytes frame = encoder.frame(options.form(), options.kind(), seen.event(), seen.type(), first);
        first = false;
        return frame;
    }

    private Bytes bookmarkFrame(long revision, boolean initialEventsEnd) {
        Bytes frame = encoder.bookmark(options.form(), options.kind(), revision, initialEventsEnd, first);
        first = false;
        return frame;
    }

    private void expire(String message) {
        push(Encoder.error(options.form(), Status.expired(message).toTree()));
        stop();
        out.end();
    }

    private void push(Bytes bytes) {
        if (!out.closed()) {
            out.push(bytes);
        }
    }

    private void stop() {
        over = true;
        cancelTimer.run();
        cache.unsubscribe(this);
    }

    /** Frames on their way to one write; over a WebSocket each is a message of its own. */
    private final class Batch {
        private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream(4_096);
        private Bytes only = Bytes.EMPTY;
        private int frames;

        void add(Bytes frame) {
            if (out instanceof SocketStream) {
                push(frame);
                return;
            }
            if (frames == 1) {
                bytes.writeBytes(only.array());
            }
            if (frames > 0) {
                bytes.writeBytes(frame.array());
            }
            only = frame;
            frames++;
            if (bytes.size() >= MAX_WRITE) {
                flush();
            }
        }

        void flush() {
            if (frames == 1) {
                push(only);
            } else if (frames > 1) {
                push(Bytes.of(bytes.toByteArray()));
            }
            bytes.reset();
            frames = 0;
        }
    }
}
