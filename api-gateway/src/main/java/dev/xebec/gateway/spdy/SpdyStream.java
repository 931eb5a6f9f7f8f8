package dev.xebec.gateway.spdy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** One stream of a session, for virtual threads: one may read while another writes. */
public final class SpdyStream {
    private final SpdySession session;
    private final int id;
    private final Map<String, String> headers;
    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    /** Only touched on the event loop. */
    private boolean remoteEnded;
    /** Only touched on the event loop. */
    private boolean localEnded;
    /** Only touched by the reader. */
    private @Nullable Arrival last;

    private sealed interface Arrival {
        record Data(Bytes bytes) implements Arrival {}

        record End() implements Arrival {}

        record Broken(String why) implements Arrival {}
    }

    SpdyStream(SpdySession session, int id, Map<String, String> headers) {
        this.session = session;
        this.id = id;
        this.headers = headers;
    }

    public int id() {
        return id;
    }

    /** Empty where it is missing. @param name in lower case */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /**
     * What came next; null once the other side has ended the stream. Blocks. {@link UnavailableException} where the stream
     * or the connection broke.
     */
    public @Nullable Bytes read() {
        Arrival arrival = last;
        try {
            arrival = arrival == null ? arrivals.take() : arrival;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
        return switch (arrival) {
            case Arrival.Data data -> {
                session.consumed(data.bytes().size());
                yield data.bytes();
            }
            case Arrival.End end -> {
                last = end;
                yield null;
            }
            case Arrival.Broken broken -> {
                last = broken;
                throw new UnavailableException(broken.why());
            }
        };
    }

    /** Sends; blocks while the client does not keep up. {@link UnavailableException} where he is gone. */
    public void write(byte[] bytes, int from, int length) {
        int at = from;
        int left = length;
        while (left > 0) {
            int piece = Math.min(left, SpdyCodec.MAX_CHUNK_BYTES);
            session.send(this, SpdyCodec.data(id, bytes, at, piece, false));
            at += piece;
            left -= piece;
        }
    }

    /** Says that nothing more comes; once. */
    public void end() {
        session.end(this);
    }

    /** Breaks it off in both directions. What the client has not read yet, he may never see. */
    public void reset() {
        session.reset(this);
    }

    // On the event loop:

    void arrived(byte[] bytes) {
        arrivals.add(new Arrival.Data(Bytes.of(bytes)));
    }

    void ended() {
        remoteEnded = true;
        arrivals.add(new Arrival.End());
    }

    void broken(String why) {
        remoteEnded = true;
        localEnded = true;
        arrivals.add(new Arrival.Broken(why));
    }

    /** False where it was ended before. */
    boolean endLocally() {
        boolean first = !localEnded;
        localEnded = true;
        return first;
    }

    boolean remoteEnded() {
        return remoteEnded;
    }

    boolean localEnded() {
        return localEnded;
    }
}
