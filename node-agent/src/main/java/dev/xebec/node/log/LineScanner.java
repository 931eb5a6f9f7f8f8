package dev.xebec.node.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The whole lines of a file from an offset on; a last line without its end is left for later. */
final class LineScanner implements AutoCloseable {
    private static final int FIRST_BYTES = 64 * 1024;

    private final FileChannel channel;
    private byte[] buffer = new byte[FIRST_BYTES];
    private int from;
    private int to;
    private long offset;

    LineScanner(Path file, long offset) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.offset = offset;
    }

    /** Behind the last line that was given. */
    long offset() {
        return offset;
    }

    byte @Nullable [] next() throws IOException {
        int scanned = from;
        while (true) {
            for (int i = scanned; i < to; i++) {
                if (buffer[i] == '\n') {
                    byte[] line = Arrays.copyOfRange(buffer, from, i);
                    offset += i + 1 - from;
                    from = i + 1;
                    return line;
                }
            }
            int seen = to - from;
            if (!fill()) {
                return null;
            }
            scanned = from + seen;
        }
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = channel.read(ByteBuffer.wrap(buffer, to, buffer.length - to), offset + to);
        if (read <= 0) {
            return false;
        }
        to += read;
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
