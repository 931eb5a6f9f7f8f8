package dev.xebec.kit.bus;

import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.MalformedMessageException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** This member's ends of all open streams, by number. Thread-safe. */
final class Streams {
    private final Vertx vertx;
    private final Post post;
    private final String self;
    private final BusSettings settings;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentMap<Long, Entry> open = new ConcurrentHashMap<>();
    /**
     * Ends that are over in good order, by when. Their last frames may still be on the way while the other end says that it lives; to
     * answer that nobody knows the stream would overtake them.
     */
    private final ConcurrentMap<Long, Long> over = new ConcurrentHashMap<>();

    /** Sends a frame to another member's bus, as far as it can. */
    interface Post {
        void send(String bus, Frame frame);
    }

    private record Entry(VertxStream stream, String peer) {}

    Streams(Vertx vertx, Post post, String self, BusSettings settings) {
        this.vertx = vertx;
        this.post = post;
        this.self = self;
        this.settings = settings;
    }

    /** A new end whose other end is at {@code peer}. */
    VertxStream create(String peer) {
        long id = numbers.incrementAndGet();
        VertxStream.Wire wire = peer.equals(self) ? new Here() : new There(vertx.getOrCreateContext(), peer);
        VertxStream stream = new VertxStream(wire, id, settings.windowBytes());
        open.put(id, new Entry(stream, peer));
        return stream;
    }

    int size() {
        return open.size();
    }

    /** A frame for one of our ends; on the thread that brings them in order. */
    void onFrame(Frame frame) {
        Entry entry = open.get(frame.stream());
        if (entry != null) {
            entry.stream().onFrame(frame);
        } else if (frame.kind() == Frame.Kind.ALIVE && !over.containsKey(frame.stream())) {
            refuse(frame);
        }
    }

    private void refuse(Frame alive) {
        try {
            ByteReader body = new ByteReader(alive.body());
            String bus = body.utf8();
            post.send(bus, Frame.fail(body.varint(), "the other side knows no such stream"));
        } catch (MalformedMessageException e) {
            // Nobody to tell; its own silence limit ends it.
            assert e.getMessage() != null;
        }
    }

    void tick(long nowNanos) {
        for (Entry entry : open.values()) {
            if (!entry.peer().equals(self)) {
                entry.stream().tick(nowNanos, settings.streamSilence());
            }
        }
        long lingering = 2 * settings.streamSilence().toNanos();
        over.values().removeIf(since -> nowNanos - since > lingering);
    }

    /** The member at the other end is no more. */
    void peerGone(String peer) {
        for (Entry entry : open.values()) {
            if (entry.peer().equals(peer)) {
                entry.stream().breakWith("the member at the other side of the stream left");
                open.remove(entry.stream().id());
            }
        }
    }

    void failAll(String reason) {
        for (Entry entry : open.values()) {
            entry.stream().fail(reason);
        }
    }

    /** Within one process frames are handed over by the caller. */
    private final class Here implements VertxStream.Wire {
        @Override
        public void send(Frame frame) {
            onFrame(frame);
        }

        @Override
        public void forget(VertxStream stream) {
            open.remove(stream.id());
        }

        @Override
        public String bus() {
            return self;
        }
    }

    /** To another process everything of one stream leaves on one context, which keeps it in order. */
    private final class There implements VertxStream.Wire {
        private final Context context;
        private final String peer;

        There(Context context, String peer) {
            this.context = context;
            this.peer = peer;
        }

        @Override
        public void send(Frame frame) {
            context.runOnContext(on -> post.send(peer, frame));
        }

        @Override
        public void forget(VertxStream stream) {
            if (stream.whole()) {
                over.put(stream.id(), System.nanoTime());
            }
            open.remove(stream.id());
        }

        @Override
        public String bus() {
            return self;
        }
    }
}
