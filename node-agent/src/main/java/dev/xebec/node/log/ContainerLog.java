package dev.xebec.node.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves one container's captured output into its log. One thread at a time; readers ({@link LogReader}) need no lock.
 *
 * <p>The position file names the log's generation and length and how far each capture is used up, and is written after
 * the lines. A new agent cuts the log back to that length and goes on from those offsets: each line once.
 */
public final class ContainerLog {
    /** Bytes read from a capture at a time. */
    private static final int BATCH_BYTES = 1024 * 1024;

    private final Path directory;
    private final LogFiles files;
    private final LogLimits limits;
    private final Capture stdout;
    private final Capture stderr;

    private long generation = 1;
    private long length;
    private boolean recovered;
    private volatile boolean closed;

    public ContainerLog(Path directory, LogLimits limits, HolePunch holes) {
        this.directory = directory;
        this.files = new LogFiles(directory);
        this.limits = limits;
        this.stdout = new Capture(stdoutCapture(directory), holes);
        this.stderr = new Capture(stderrCapture(directory), holes);
    }

    public static Path stdoutCapture(Path directory) {
        return directory.resolve("capture.stdout");
    }

    public static Path stderrCapture(Path directory) {
        return directory.resolve("capture.stderr");
    }

    /** Follows the raw output from now on; null once everything is in the log. From any thread. */
    public @Nullable CaptureTail tail(boolean error) throws IOException {
        try {
            return (error ? stderr : stdout).tail();
        } catch (NoSuchFileException over) {
            return null;
        }
    }

    /** Everything that will ever come is in the log. */
    public boolean closed() {
        return closed;
    }

    /**
     * Moves what is there. Call it with {@code over} once nobody can write any more: then it moves all, takes the captures
     * away and closes the log.
     *
     * @return whether there was anything
     */
    public boolean drain(boolean over, Instant now) throws IOException {
        if (closed) {
            return false;
        }
        recover();
        boolean any = false;
        boolean more;
        do {
            more = move(stdout, false, over, now) | move(stderr, true, over, now);
            any |= more;
        } while (more && over);
        if (over) {
            stdout.delete();
            stderr.delete();
            closed = true;
        }
        return any;
    }

    private boolean move(Capture capture, boolean error, boolean over, Instant now) throws IOException {
        ByteBuffer batch = capture.read(BATCH_BYTES, over);
        if (batch == null) {
            return false;
        }
        // What was captured while no agent ran is stamped with the capture's last change at the latest.
        Instant written = capture.lastModified();
        boolean last = over && capture.endsWith(batch);
        ByteArrayOutputStream lines = new ByteArrayOutputStream(batch.remaining() + batch.remaining() / 4);
        int used = LogLines.stampInto(lines, batch.array(), batch.limit(), error, written.isBefore(now) ? written : now,
                last, limits.partBytes());
        if (used == 0) {
            return false;
        }
        try {
            append(lines.toByteArray());
        } catch (IOException disk) {
            capture.lookAgain();
            throw disk;
        }
        capture.use(used);
        writePosition();
        capture.punch();
        return true;
    }

    private void append(byte[] lines) throws IOException {
        if (length > 0 && length + lines.length > limits.fileBytes()) {
            generation++;
            length = 0;
        }
        try (FileChannel log = FileChannel.open(files.of(generation), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(lines);
            long at = length;
            while (rest.hasRemaining()) {
                at += log.write(rest, at);
            }
            length = at;
        }
        for (long old : files.generations()) {
            if (old <= generation - limits.files()) {
                Files.deleteIfExists(files.of(old));
            }
        }
    }

    private void writePosition() throws IOException {
        ByteBuffer position = ByteBuffer.allocate(4 * Long.BYTES);
        position.putLong(generation).putLong(length).putLong(stdout.offset()).putLong(stderr.offset()).flip();
        try (FileChannel file = FileChannel.open(directory.resolve("position"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            file.write(position, 0);
        }
    }

    private void recover() throws IOException {
        if (recovered) {
            return;
        }
        @Nullable
        ByteBuffer position = readPosition();
        if (position != null) {
            generation = position.getLong();
            length = position.getLong();
            stdout.startAt(position.getLong());
            stderr.startAt(position.getLong());
        }
        List<Long> there = files.generations();
        for (long each : there) {
            if (each > generation) {
                Files.deleteIfExists(files.of(each));
            }
        }
        if (there.contains(generation)) {
            try (FileChannel log = FileChannel.open(files.of(generation), StandardOpenOption.WRITE)) {
                log.truncate(length);
            }
        }
        recovered = true;
    }

    private @Nullable ByteBuffer readPosition() throws IOException {
        Path file = directory.resolve("position");
        if (!Files.exists(file)) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != 4 * Long.BYTES) {
            return null;
        }
        ByteBuffer position = ByteBuffer.wrap(bytes);
        // A power loss can leave zeros or worse.
        boolean sound = position.getLong(0) >= 1;
        for (int i = 1; i < 4; i++) {
            sound &= position.getLong(i * Long.BYTES) >= 0;
        }
        return sound ? position : null;
    }
}
