package dev.xebec.node.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the raw output of a container from some moment on, also past the file's deletion. One thread reads. */
public final class CaptureTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureTail.class);

    private final FileChannel channel;
    private final Consumer<CaptureTail> whenClosed;
    private volatile long position;
    private volatile boolean lost;

    CaptureTail(FileChannel channel, long position, Consumer<CaptureTail> whenClosed) {
        this.channel = channel;
        this.position = position;
        this.whenClosed = whenClosed;
    }

    /** Up to where it has been read. */
    long position() {
        return position;
    }

    /** What it has not read will be given back to the disk. */
    void lose() {
        lost = true;
    }

    /** What there is now, 0 for nothing; an IOException where output was lost because this reader was too slow. */
    public int read(byte[] buffer) throws IOException {
        int read = Math.max(0, channel.read(ByteBuffer.wrap(buffer), position));
        if (lost) {
            throw new IOException("the reader is too far behind the container's output");
        }
        position += read;
        return read;
    }

    @Override
    public void close() {
        whenClosed.accept(this);
        try {
            channel.close();
        } catch (IOException disk) {
            LOG.debug("A capture could not be closed: {}", disk.toString());
        }
    }
}
