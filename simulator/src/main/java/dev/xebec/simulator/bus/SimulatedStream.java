package dev.xebec.simulator.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.bus.BusSettings;
import dev.xebec.kit.bus.BusStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream. A chunk that is not the next one, an end that says that more was sent than came, and silence each
 * break it, so a network that loses, doubles or reorders never shows anything but a prefix. Chunks travel whole.
 */
final class SimulatedStream implements BusStream {
    /** Bytes of one chunk. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
    /** What a chunk costs beyond its bytes. */
    static final int CHUNK_COST = 64;

    private final long number;
    private final Wire wire;
    private final BusSettings settings;
    /** Keeps the chunks of several senders apart, and in the order of their places. */
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock state = new ReentrantLock();
    private final Condition moved = state.newCondition();
    private final Queue<Bytes> inbox = new ArrayDeque<>();
    private long other = -1;
    private long expected;
    private long consumed;
    private long granted;
    private long sent;
    private long sentCost;
    private long credited;
    private long heardNanos = System.nanoTime();
    private long aliveNanos = heardNanos;
    private boolean ended;
    private boolean closed;
    private boolean otherEnded;
    private boolean otherClosed;
    private @Nullable String broken;

    /** The way to the other end. */
    interface Wire {
        /** Never waits. */
        void send(Frame.OfStream frame);

        /** Nothing that comes for the end matters any more. */
        void forget(SimulatedStream stream);
    }

    SimulatedStream(long number, Wire wire, BusSettings settings) {
        this.number = number;
        this.wire = wire;
        this.settings = settings;
    }

    long number() {
        return number;
    }

    /** The other end is known: sending may begin. */
    void connected(long otherEnd) {
        state.lock();
        try {
            other = otherEnd;
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
            long place = awaitRoom(cost(chunk));
            tell(new Frame.Chunk(place, chunk));
            state.lock();
            try {
                sent = place + 1;
            } finally {
                state.unlock();
            }
        } finally {
            sending.unlock();
        }
    }

    /** Credit comes a quarter of the window late, so no chunk may cost more than half of it. */
    private int cost(Bytes chunk) {
        return Math.min(chunk.size() + CHUNK_COST, settings.windowBytes() / 2);
    }

    private long awaitRoom(int cost) {
        state.lock();
        try {
            while (maySend() && sentCost + cost - credited > settings.windowBytes()) {
                moved.await();
            }
            if (!maySend()) {
                String over = otherClosed ? "the other side closed the stream" : "the stream is ended";
                throw new UnavailableException(broken == null ? over : broken);
            }
            sentCost += cost;
            return sent;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while sending on a stream");
        } finally {
            state.unlock();
        }
    }

    private boolean maySend() {
        return broken == null && !ended && !closed && !otherClosed;
    }

    private void tell(Frame.Piece piece) {
        long to;
        state.lock();
        try {
            to = other;
        } finally {
            state.unlock();
        }
        if (to >= 0) {
            wire.send(new Frame.OfStream(to, number, piece));
        }
    }

    @Override
    public @Nullable Bytes receive(Duration patience) {
        Bytes chunk;
        boolean grant;
        long total;
        state.lock();
        try {
            if (!awaitChunk(patience)) {
                return null;
            }
            chunk = inbox.remove();
            consumed += cost(chunk);
            total = consumed;
            grant = consumed - granted >= settings.windowBytes() / 4 && broken == null;
            granted = grant ? consumed : granted;
        } finally {
            state.unlock();
        }
        if (grant) {
            tell(new Frame.Credit(total));
        }
        return chunk;
    }

    /** False at the good end. */
    private boolean awaitChunk(Duration patience) {
        long left = patience.isZero() ? Long.MAX_VALUE : patience.toNanos();
        try {
            while (inbox.isEmpty()) {
                if (otherEnded) {
                    return false;
                }
                if (broken != null || closed) {
                    throw new UnavailableException(broken == null ? "the stream is closed" : broken);
                }
                if (left <= 0) {
                    throw new UnavailableException("nothing came on a stream within " + patience.toMillis() + " ms");
                }
                left = moved.awaitNanos(left);
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
        boolean news;
        state.lock();
        try {
            news = broken == null && !closed && (closing || !ended);
            ended = true;
            closed |= closing;
            moved.signalAll();
        } finally {
            state.unlock();
        }
        if (news) {
            // A sender that has its place but has not sent yet goes first.
            sending.lock();
            try {
                tell(new Frame.End(sent(), closing));
            } finally {
                sending.unlock();
            }
        }
    }

    private long sent() {
        state.lock();
        try {
            return sent;
        } finally {
            state.unlock();
        }
    }

    @Override
    public void fail(String reason) {
        if (breakWith(reason)) {
            tell(new Frame.Broken(reason));
        }
        wire.forget(this);
    }

    /** Breaks this end alone; answers whether it was whole. */
    boolean breakWith(String reason) {
        state.lock();
        try {
            if (broken != null || closed) {
                return false;
            }
            broken = reason;
            moved.signalAll();
            return true;
        } finally {
            state.unlock();
        }
    }

    /** What the end with the number {@code from} says; false where that is not the other end of this stream. */
    boolean hear(long from, Frame.Piece piece) {
        String fault;
        state.lock();
        try {
            if (other != from) {
                return false;
            }
            heardNanos = System.nanoTime();
            fault = switch (piece) {
                case Frame.Chunk chunk -> accept(chunk);
                case Frame.Credit credit -> credit(credit.consumed());
                case Frame.Alive alive -> {
                    String unused = credit(alive.consumed());
                    yield alive.next() > expected ? lost(alive.next()) : null;
                }
                case Frame.End end -> end(end);
                case Frame.Broken why -> {
                    boolean unused = breakWith(why.reason());
                    yield null;
                }
            };
            moved.signalAll();
        } finally {
            state.unlock();
        }
        if (fault != null && breakWith(fault)) {
            tell(new Frame.Broken(fault));
        }
        return true;
    }

    private @Nullable String accept(Frame.Chunk chunk) {
        if (chunk.place() != expected) {
            return "a gap in the stream: " + chunk.place() + " came, " + expected + " was due";
        }
        expected++;
        if (!closed) {
            inbox.add(chunk.body());
        }
        return null;
    }

    private @Nullable String credit(long total) {
        credited = Math.max(credited, Math.min(total, sentCost));
        return null;
    }

    private @Nullable String end(Frame.End end) {
        if (end.next() != expected) {
            return lost(end.next());
        }
        otherEnded = true;
        otherClosed |= end.closed();
        return null;
    }

    private String lost(long count) {
        return "lost the end of the stream: " + count + " chunks were sent, " + expected + " came";
    }

    /** Shows that this end lives, and breaks it where the other has been silent for too long. */
    void tick(long now) {
        Frame.Alive alive = null;
        boolean dead = false;
        state.lock();
        try {
            if (broken == null && other >= 0) {
                boolean over = otherClosed || ended && otherEnded;
                dead = !over && now - heardNanos > settings.streamSilence().toNanos();
                if (now - aliveNanos >= settings.keepAlive().toNanos()) {
                    aliveNanos = now;
                    alive = new Frame.Alive(sent, consumed);
                }
            }
        } finally {
            state.unlock();
        }
        if (dead) {
            fail("the other side of the stream was silent for " + settings.streamSilence().toMillis() + " ms");
        } else if (alive != null) {
            tell(alive);
        }
    }
}
