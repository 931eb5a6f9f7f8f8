package dev.xebec.node.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A capture file and how far it is used up. Offsets only grow: the used part becomes a hole, never a shorter file. */
final class Capture {
    /** Used bytes that may wait to be given back to the disk. */
    private static final long PUNCH_BYTES = 4L * 1024 * 1024;
    private static final long BLOCK_BYTES = 4096;

    /** Bytes that wait on the disk for the slowest of those who follow it. */
    private static final long MAX_LAG_BYTES = 1024L * 1024 * 1024;

    private final Path file;
    private final Set<CaptureTail> tails = ConcurrentHashMap.newKeySet();
    private final HolePunch holes;
    private long offset;
    private long punched;
    private long looked = -1;

    Capture(Path file, HolePunch holes) {
        this.file = file;
        this.holes = holes;
    }

    long offset() {
        return offset;
    }

    void startAt(long start) {
        offset = start;
    }

    /** The bytes behind the offset; null when there is nothing new. With {@code all}, a rest seen before counts as new. */
    @Nullable
    ByteBuffer read(int most, boolean all) throws IOException {
        long size = size();
        if (size <= offset || (size == looked && !all)) {
            return null;
        }
        ByteBuffer batch = ByteBuffer.allocate((int) Math.min(most, size - offset));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (batch.hasRemaining() && channel.read(batch, offset + batch.position()) > 0) {
                // A short read goes on; the end of the file ends it.
            }
        }
        batch.flip();
        looked = offset + batch.limit() == size ? size : -1;
        return batch;
    }

    /** What was read last could not be used: it counts as new. */
    void lookAgain() {
        looked = -1;
    }

    boolean endsWith(ByteBuffer batch) {
        return offset + batch.limit() >= size();
    }

    void use(int bytes) {
        offset += bytes;
    }

    Instant lastModified() throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    /** Gives the used part back to the disk, once it is worth it. */
    void punch() throws IOException {
        if (offset - punched >= PUNCH_BYTES) {
            long end = Math.min(offset, heldBack()) / BLOCK_BYTES * BLOCK_BYTES;
            if (end <= punched) {
                return;
            }
            holes.punch(file, punched, end - punched);
            punched = end;
        }
    }

    /** Where the slowest follower is; one that is too slow loses what it did not read. */
    private long heldBack() {
        long held = Long.MAX_VALUE;
        for (CaptureTail tail : tails) {
            if (offset - tail.position() > MAX_LAG_BYTES) {
                tail.lose();
            } else {
                held = Math.min(held, tail.position());
            }
        }
        return held;
    }

    /** Follows what is captured from now on. */
    CaptureTail tail() throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        CaptureTail tail = new CaptureTail(channel, channel.size(), tails::remove);
        tails.add(tail);
        return tail;
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private long size() {
        return file.toFile().length();
    }
}
