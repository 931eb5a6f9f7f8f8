package dev.xebec.gateway.http;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.request.ResponseStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses a large body piece by piece, as fast as the client takes it: what is compressed and not yet sent is one
 * piece, however long the list.
 */
final class GzipBody extends OutputStream {
    /** Compressed bytes that go out in one go. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final ResponseStream out;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int filled;

    private GzipBody(ResponseStream out) {
        this.out = out;
    }

    /** Blocks a virtual thread while the client does not keep up. */
    static void write(List<Bytes> chunks, ResponseStream out) {
        try (GZIPOutputStream gzip = new FastGzip(new GzipBody(out))) {
            for (Bytes chunk : chunks) {
                gzip.write(chunk.backing(), chunk.start(), chunk.size());
            }
        } catch (IOException gone) {
            out.onLoop(out::abort);
            return;
        }
        out.onLoop(out::end);
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, PIECE_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[]{(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, PIECE_BYTES - filled);
            System.arraycopy(bytes, at, piece, filled, taken);
            filled += taken;
            at += taken;
            left -= taken;
            if (filled == PIECE_BYTES) {
                send();
            }
        }
    }

    private void send() throws IOException {
        if (filled > 0 && !out.write(Bytes.of(Arrays.copyOf(piece, filled)))) {
            throw new IOException("the client has gone");
        }
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        send();
    }
}
