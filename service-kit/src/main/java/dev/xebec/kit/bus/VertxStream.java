package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream. Frames of one end arrive in order on one thread; what does not fit the order breaks the stream.
 *
 * <p>Locks: {@code sending} and {@code receiving} keep each direction's callers apart and may be held while frames are
 * handed over; {@code state} guards the fields and is never held then, because within one process handing over a frame
 * takes the other end's {@code state}.
 */
final class VertxStream implements BusStream {
    /** Bytes of one chunk put together again. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
    /** What a frame costs beyond its body, so that empty ones are not free. */
    static final int FRAME_COST = 64;

    private final Wire wire;
    private final long id;
    private final int window;
    /** Credit comes a quarter of the window late, so a frame of half a window always gets through. */
    private final int partBytes;

    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock receiving = new ReentrantLock();
    private final ReentrantLock state = new ReentrantLock();
    private final Condition arrived = state.newCondition();
    private final Condition credited = state.newCondition();

    private final Queue<Frame> inbox = new ArrayDeque<>();
    private long peerId = -1;
    private long heardNanos = System.nanoTime();
    private long expected;
    private long inboxCost;
    private long consumedCost;
    private long grantedCost;
    private long sentFrames;
    private long sentCost;
    private long creditedCost;
    private boolean ended;
    private boolean closed;
    private boolean peerEnded;
    private boolean peerClosed;
    private @Nullable String broken;

    /** How frames leave: to the other end, in order. */
    interface Wire {
        /** Called with the frames of one direction in order; must not block for long. */
        void send(Frame frame);

        /** The end is over: no frame has to reach it any more. */
        void forget(VertxStream stream);

        /** What the other end needs to tell us that it knows no such stream. */
        String bus();
    }

    VertxStream(Wire wire, long id, int window) {
        this.wire = wire;
        this.id = id;
        this.window = window;
        partBytes = Math.min(MAX_CHUNK_BYTES, window / 2);
    }

    long id() {
        return id;
    }

    /** The other end's number is known: sending may begin. */
    void connected(long other) {
        state.lock();
        try {
            peerId = other;
        } finally {
            state.unlock();
        }
    }

    @Override
    public void send(Bytes chunk) {
        if (chunk.size() > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "a chunk of " + chunk.size() + " bytes; at most " + MAX_MESSAGE_BYTES + " are allowed");
        }
        sending.lock();
        try {
            int offset = 0;
            while (chunk.size() - offset > partBytes) {
                byte[] part = Arrays.copyOfRange(chunk.array(), offset, offset + partBytes);
                sendFrame(Frame.Kind.PART, Bytes.of(part));
                offset += partBytes;
            }
            sendFrame(Frame.Kind.DATA, offset == 0
                    ? chunk
                    : Bytes.of(Arrays.copyOfRange(chunk.array(), offset, chunk.size())));
        } finally {
            sending.unlock();
        }
    }

    private void sendFrame(Frame.Kind kind, Bytes body) {
        long place = awaitCredit(body.size() + FRAME_COST);
        wire.send(Frame.ofStream(kind, peerId, place, body));
        state.lock();
        try {
            // Only now: a keep-alive that names this place must not overtake the frame.
            sentFrames = place + 1;
        } finally {
            state.unlock();
        }
    }

    private long awaitCredit(int cost) {
        state.lock();
        try {
            while (sentCost + cost - creditedCost > window && sentCost != creditedCost && maySend()) {
                credited.await();
            }
            if (!maySend()) {
                throw new UnavailableException(whyNotSend());
            }
            sentCost += cost;
            return sentFrames;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while sending on a stream");
        } finally {
            state.unlock();
        }
    }

    private boolean maySend() {
        return broken == null && !closed && !ended && !peerClosed;
    }

    private String whyNotSend() {
        String ending = peerClosed ? "the other side closed the stream" : "the stream is ended";
        return broken != null ? broken : ending;
    }

    @Override
    public @Nullable Bytes receive(Duration patience) {
        receiving.lock();
        try {
            Frame frame = take(patience);
            if (frame == null) {
                return null;
            }
            if (frame.kind() == Frame.Kind.DATA) {
                return frame.body();
            }
            return assemble(frame, patience);
        } finally {
            receiving.unlock();
        }
    }

    private Bytes assemble(Frame first, Duration patience) {
        ByteWriter whole = new ByteWriter(4 * MAX_CHUNK_BYTES);
        Frame frame = first;
        while (true) {
            if (whole.size() + frame.body().size() > MAX_MESSAGE_BYTES) {
                fail("a chunk of more than " + MAX_MESSAGE_BYTES + " bytes");
                throw new UnavailableException("a chunk of more than " + MAX_MESSAGE_BYTES + " bytes");
            }
            whole.raw(frame.body().array(), 0, frame.body().size());
            if (frame.kind() == Frame.Kind.DATA) {
                return whole.finish();
            }
            frame = take(patience);
            if (frame == null) {
                fail("the stream ended within a chunk");
                throw new UnavailableException("the stream ended within a chunk");
            }
        }
    }

    private @Nullable Frame take(Duration patience) {
        Frame frame;
        long grant;
        state.lock();
        try {
            if (!awaitArrival(patience)) {
                return null;
            }
            frame = inbox.remove();
            int cost = frame.body().size() + FRAME_COST;
            inboxCost -= cost;
            consumedCost += cost;
            grant = consumedCost - grantedCost >= window / 4 && broken == null ? consumedCost : 0;
            grantedCost = grant == 0 ? grantedCost : grant;
        } finally {
            state.unlock();
        }
        if (grant != 0) {
            wire.send(Frame.ofStream(Frame.Kind.CREDIT, peerId, grant, Bytes.EMPTY));
        }
        return frame;
    }

    /** Whether a frame is there; false at the good end. */
    private boolean awaitArrival(Duration patience) {
        long left = patience.isZero() ? Long.MAX_VALUE : patience.toNanos();
        try {
            while (inbox.isEmpty()) {
                // First: what ended in good order has all been received, whatever became of the way since.
                if (peerEnded) {
                    return false;
                }
                if (broken != null) {
                    throw new UnavailableException(broken);
                }
                if (closed) {
                    throw new UnavailableException("the stream is closed");
                }
                if (left <= 0) {
                    throw new UnavailableException("nothing came on a stream within " + patience.toMillis() + " ms");
                }
                left = arrived.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while receiving from a stream");
        }
    }

    @Override
    public void end() {
        finish(false);
    }

    @Override
    public void close() {
        finish(true);
        wire.forget(this);
    }

    private void finish(boolean closing) {
        boolean tell;
        state.lock();
        try {
            tell = broken == null && peerId >= 0 && !closed && (closing || !ended);
            ended = true;
            closed |= closing;
            arrived.signalAll();
            credited.signalAll();
        } finally {
            state.unlock();
        }
        if (tell) {
            sending.lock();
            try {
                wire.send(Frame.ofStream(closing ? Frame.Kind.CLOSE : Frame.Kind.END, peerId, sentFrames, Bytes.EMPTY));
            } finally {
                sending.unlock();
            }
        }
    }

    @Override
    public void fail(String reason) {
        if (breakWith(reason) && peerId >= 0) {
            wire.send(Frame.fail(peerId, reason));
        }
        wire.forget(this);
    }

    /** Breaks this end only; answers whether it was whole. */
    boolean breakWith(String reason) {
        state.lock();
        try {
            if (broken != null || closed) {
                return false;
            }
            broken = reason;
            arrived.signalAll();
            credited.signalAll();
            return true;
        } finally {
            state.unlock();
        }
    }

    /** Whether nothing has broken it. */
    boolean whole() {
        state.lock();
        try {
            return broken == null;
        } finally {
            state.unlock();
        }
    }

    /** A frame from the other end; on the thread of the wire. */
    void onFrame(Frame frame) {
        String fault = accept(frame);
        if (fault != null && breakWith(fault)) {
            wire.send(Frame.fail(peerId, fault));
        }
    }

    private @Nullable String accept(Frame frame) {
        state.lock();
        try {
            heardNanos = System.nanoTime();
            return switch (frame.kind()) {
                case DATA, PART -> acceptChunk(frame);
                case CREDIT -> acceptCredit(frame.number());
                case ALIVE -> acceptAlive(frame);
                case END, CLOSE -> acceptEnd(frame);
                case FAIL -> {
                    breakWith(frame.text());
                    yield null;
                }
                case CALL, OPEN, TELL, PROBE, MARK, ANSWER, UNAVAILABLE -> "a frame that is none of a stream's";
            };
        } finally {
            state.unlock();
        }
    }

    private @Nullable String acceptChunk(Frame frame) {
        if (frame.number() != expected) {
            return "a gap in the stream: " + frame.number() + " came, " + expected + " was due";
        }
        expected++;
        inboxCost += frame.body().size() + FRAME_COST;
        if (inboxCost > 2L * Math.max(window, MAX_CHUNK_BYTES)) {
            return "the sender does not keep to the window";
        }
        if (!closed) {
            inbox.add(frame);
            arrived.signal();
        }
        return null;
    }

    private @Nullable String acceptCredit(long consumed) {
        if (consumed > creditedCost) {
            creditedCost = Math.min(consumed, sentCost);
            credited.signalAll();
        }
        return null;
    }

    private @Nullable String acceptAlive(Frame frame) {
        ByteReader body = new ByteReader(frame.body());
        body.utf8();
        body.varint();
        acceptCredit(body.varint());
        return frame.number() > expected
                ? "lost the end of the stream: " + frame.number() + " chunks were sent, "
                        + expected + " came"
                : null;
    }

    private @Nullable String acceptEnd(Frame frame) {
        if (frame.number() != expected) {
            return "lost the end of the stream: " + frame.number() + " chunks were sent, " + expected + " came";
        }
        peerEnded = true;
        peerClosed |= frame.kind() == Frame.Kind.CLOSE;
        arrived.signalAll();
        credited.signalAll();
        return null;
    }

    /** Shows that this end lives, and breaks it where the other does not. */
    void tick(long nowNanos, Duration silence) {
        Frame alive = null;
        boolean dead = false;
        state.lock();
        try {
            if (broken == null && peerId >= 0) {
                dead = nowNanos - heardNanos > silence.toNanos() && !peerClosed && !(ended && peerEnded);
                Bytes body = new ByteWriter(64).utf8(wire.bus()).varint(id).varint(grantedCost).finish();
                alive = Frame.ofStream(Frame.Kind.ALIVE, peerId, sentFrames, body);
            }
        } finally {
            state.unlock();
        }
        if (dead) {
            fail("the other side of the stream was silent for " + silence.toMillis() + " ms");
        } else if (alive != null) {
            wire.send(alive);
        }
    }
}
