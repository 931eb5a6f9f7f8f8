package dev.xebec.gateway.spdy;

import dev.xebec.contracts.UnavailableException;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of one SPDY connection: the client opens streams, virtual threads read and write them. State belongs to
 * the connection's event loop.
 */
public final class SpdySession {
    private static final Logger LOG = LoggerFactory.getLogger(SpdySession.class);
    /** Streams of one connection that are open at once; further ones are refused. */
    public static final int MAX_STREAMS = 1_000;
    /** Bytes that wait for the readers of all streams; with more the connection is not read. */
    private static final long MAX_WAITING_BYTES = 1024 * 1024;
    /** A connection on which nothing happens for so long is closed. Source: kubelet streamingConnectionIdleTimeout. */
    public static final Duration IDLE = Duration.ofHours(4);
    private static final long IDLE_LOOK_MILLIS = 60_000;
    /** How long the client may take to close a connection that is over. */
    private static final long GOODBYE_MILLIS = 10_000;

    private final ByteLink link;
    private final Context loop;
    private final Acceptor acceptor;
    private final SpdyCodec codec = new SpdyCodec();
    private final Map<Integer, SpdyStream> streams = new HashMap<>();
    private final List<CountDownLatch> writers = new ArrayList<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final long idleTimer;
    private long busyNanos = System.nanoTime();
    private int lastAccepted;
    private boolean paused;
    private boolean leaving;
    private boolean discarding;
    private volatile boolean closed;

    /** Who decides about new streams. Called on the event loop. */
    public interface Acceptor {
        /** False to refuse the stream. What is accepted is answered before anything that is written to it. */
        boolean opened(SpdyStream stream);

        /** The connection is over. */
        void closed();
    }

    /** Begins at once. On the connection's event loop. */
    public SpdySession(ByteLink link, Context loop, Acceptor acceptor) {
        this.link = link;
        this.loop = loop;
        this.acceptor = acceptor;
        idleTimer = loop.owner().setPeriodic(IDLE_LOOK_MILLIS, look -> loop.runOnContext(ignored -> closeIfIdle()));
        link.listen(this::take, this::over);
    }

    private void closeIfIdle() {
        if (System.nanoTime() - busyNanos > IDLE.toNanos()) {
            link.close();
        }
    }

    private void take(Buffer bytes) {
        if (closed) {
            return;
        }
        busyNanos = System.nanoTime();
        List<SpdyFrame> frames;
        try {
            frames = codec.decode(bytes.getBytes());
        } catch (IllegalArgumentException malformed) {
            LOG.debug("A SPDY connection breaks its protocol: {}", malformed.getMessage());
            link.write(codec.encode(new DefaultSpdyGoAwayFrame(lastAccepted, SpdySessionStatus.PROTOCOL_ERROR)));
            link.close();
            return;
        }
        frames.forEach(this::take);
        if (waitingBytes.get() > MAX_WAITING_BYTES && !paused) {
            paused = true;
            link.pause();
        }
    }

    private void take(SpdyFrame frame) {
        if (closed) {
            ReferenceCountUtil.release(frame);
            return;
        }
        switch (frame) {
            case SpdyDataFrame data -> data(data);
            case SpdySynStreamFrame opening -> open(opening);
            case SpdyHeadersFrame more -> endIfLast(more.streamId(), more.isLast());
            case SpdyRstStreamFrame reset -> {
                SpdyStream stream = streams.remove(reset.streamId());
                if (stream != null) {
                    stream.broken("the client has reset the stream");
                }
            }
            // What the client began has an odd number; the answers to what nobody asked are passed over.
            case SpdyPingFrame ping when ping.id() % 2 != 0 ->
                link.write(codec.encode(new DefaultSpdyPingFrame(ping.id())));
            case SpdyGoAwayFrame leave -> {
                leaving = true;
                closeIfLeft();
            }
            default -> LOG.trace("A SPDY frame without a meaning here: {}", frame);
        }
    }

    private void open(SpdySynStreamFrame opening) {
        int id = opening.streamId();
        if (id % 2 == 0 || id <= lastAccepted) {
            refuse(id, SpdyStreamStatus.PROTOCOL_ERROR);
            return;
        }
        lastAccepted = id;
        if (opening.isTruncated() || opening.isInvalid() || leaving || streams.size() >= MAX_STREAMS) {
            refuse(id, SpdyStreamStatus.REFUSED_STREAM);
            return;
        }
        Map<String, String> headers = new HashMap<>();
        opening.headers().forEach(header -> headers.putIfAbsent(header.getKey().toString().toLowerCase(Locale.ROOT),
                header.getValue().toString()));
        SpdyStream stream = new SpdyStream(this, id, headers);
        streams.put(id, stream);
        if (acceptor.opened(stream)) {
            link.write(codec.encode(reply(id)));
            endIfLast(id, opening.isLast());
        } else {
            streams.remove(id);
            refuse(id, SpdyStreamStatus.REFUSED_STREAM);
        }
    }

    /** With a header that means nothing: of none, Netty makes an empty block, on which spdystream ends the connection. */
    private static SpdySynReplyFrame reply(int id) {
        SpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(id);
        reply.headers().add("version", "3.1");
        return reply;
    }

    private void refuse(int id, SpdyStreamStatus why) {
        link.write(codec.encode(new DefaultSpdyRstStreamFrame(id, why)));
    }

    private void data(SpdyDataFrame data) {
        try {
            SpdyStream stream = streams.get(data.streamId());
            if (stream != null && !stream.remoteEnded() && !discarding && data.content().isReadable()) {
                byte[] bytes = new byte[data.content().readableBytes()];
                data.content().readBytes(bytes);
                waitingBytes.addAndGet(bytes.length);
                stream.arrived(bytes);
            }
        } finally {
            data.release();
        }
        endIfLast(data.streamId(), data.isLast());
    }

    private void endIfLast(int id, boolean last) {
        SpdyStream stream = streams.get(id);
        if (last && stream != null && !stream.remoteEnded()) {
            stream.ended();
            forgetIfEnded(stream);
        }
    }

    private void forgetIfEnded(SpdyStream stream) {
        if (stream.remoteEnded() && stream.localEnded()) {
            streams.remove(stream.id());
            closeIfLeft();
        }
    }

    private void closeIfLeft() {
        if (leaving && streams.isEmpty()) {
            link.close();
        }
    }

    private void over() {
        if (closed) {
            return;
        }
        closed = true;
        loop.owner().cancelTimer(idleTimer);
        List.copyOf(streams.values()).forEach(stream -> stream.broken("the client has gone"));
        streams.clear();
        release();
        codec.close();
        acceptor.closed();
    }

    private void release() {
        writers.forEach(CountDownLatch::countDown);
        writers.clear();
    }

    // From any thread:

    /** A reader has taken so many bytes. */
    void consumed(int bytes) {
        long before = waitingBytes.getAndAdd(-bytes);
        if (before >= MAX_WAITING_BYTES / 2 && before - bytes < MAX_WAITING_BYTES / 2) {
            loop.runOnContext(ignored -> {
                if (paused && !closed) {
                    paused = false;
                    link.resume();
                }
            });
        }
    }

    /** Blocks until the connection takes more. */
    void send(SpdyStream stream, Buffer frame) {
        CountDownLatch taken = new CountDownLatch(1);
        loop.runOnContext(ignored -> {
            if (closed || stream.localEnded()) {
                taken.countDown();
                return;
            }
            busyNanos = System.nanoTime();
            link.write(frame);
            if (link.full()) {
                writers.add(taken);
                link.whenDrained(this::release);
            } else {
                taken.countDown();
            }
        });
        try {
            taken.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
        if (closed) {
            throw new UnavailableException("the client has gone");
        }
    }

    void end(SpdyStream stream) {
        loop.runOnContext(ignored -> {
            if (!closed && stream.endLocally()) {
                link.write(SpdyCodec.data(stream.id(), new byte[0], 0, 0, true));
                forgetIfEnded(stream);
            }
        });
    }

    void reset(SpdyStream stream) {
        loop.runOnContext(ignored -> {
            @Nullable
            SpdyStream open = closed ? null : streams.remove(stream.id());
            if (open != null) {
                refuse(open.id(), SpdyStreamStatus.CANCEL);
                open.broken("the stream is reset");
                closeIfLeft();
            }
        });
    }

    /**
     * Takes no more streams and ends the connection, leaving the client time to read to the end and to close it himself: a
     * connection that is closed with something unread takes what is on its way with it.
     */
    public void leave() {
        loop.runOnContext(ignored -> {
            if (!closed) {
                leaving = true;
                discarding = true;
                link.write(codec.encode(new DefaultSpdyGoAwayFrame(lastAccepted, SpdySessionStatus.OK)));
                paused = false;
                link.resume();
                closeIfLeft();
                loop.owner().setTimer(GOODBYE_MILLIS, late -> loop.runOnContext(now -> {
                    if (!closed) {
                        link.close();
                    }
                }));
            }
        });
    }

    /** Bytes that wait for readers. */
    long waitingBytes() {
        return waitingBytes.get();
    }
}
