package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A two-way stream of chunks over the bus. Chunks carry sequence numbers: a gap, or silence of the other side beyond
 * the keep-alive limit, breaks the stream at both ends, so what was received is always a prefix of what was sent. A
 * credit window holds back a sender whose receiver is slow. One thread may send while another receives.
 */
public interface BusStream extends AutoCloseable {
    /** Bytes of one chunk; larger ones are split and put together again. */
    int MAX_CHUNK_BYTES = 256 * 1024;

    /** Blocks while the window is used up. {@link UnavailableException} once the stream is broken or over. */
    void send(Bytes chunk);

    /**
     * The next chunk; null when the other side ended the stream in good order. {@link UnavailableException} when the
     * stream broke, or nothing came within {@code patience} ({@link Duration#ZERO} waits without limit; keep-alives
     * still break a dead stream).
     */
    @Nullable
    Bytes receive(Duration patience);

    /** Says that nothing more will be sent; receiving goes on. */
    void end();

    /** Breaks the stream, telling the other side why. */
    void fail(String reason);

    /** Ends what is not ended and lets go. */
    @Override
    void close();
}
