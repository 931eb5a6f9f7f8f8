package dev.xebec.node.log;

import dev.xebec.node.runtime.LogEntry;
import dev.xebec.node.runtime.LogQuery;
import dev.xebec.node.runtime.LogSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Reads a container's log while it grows and rotates. Blocks; holds one open file. */
public final class LogReader {
    /** How often a follower looks for more. */
    private static final long LOOK_MILLIS = 50;

    private final LogFiles files;
    private final BooleanSupplier closed;

    /** @param closed nothing more will come */
    public LogReader(Path directory, BooleanSupplier closed) {
        this.files = new LogFiles(directory);
        this.closed = closed;
    }

    public void read(LogQuery query, LogSink sink) throws IOException, InterruptedException {
        LogTail.Start start = query.tailLines() < 0 ? oldest() : LogTail.find(files, query.tailLines());
        long generation = start.generation();
        long offset = start.offset();
        while (true) {
            // Asked before reading: what comes after the answer is read in the next round.
            boolean complete = closed.getAsBoolean();
            long next = next(generation);
            long end = readFile(generation, offset, query, sink);
            if (end < 0) {
                return;
            }
            offset = end;
            if (next > generation) {
                generation = next;
                offset = 0;
            } else if (!query.follow() || complete) {
                return;
            } else if (!sink.open()) {
                return;
            } else {
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    private LogTail.Start oldest() throws IOException {
        List<Long> there = files.generations();
        return new LogTail.Start(there.isEmpty() ? 1 : there.get(0), 0);
    }

    private long next(long generation) throws IOException {
        return files.generations().stream().filter(each -> each > generation).findFirst().orElse(generation);
    }

    /** The offset behind the last whole line; -1 when the sink has had enough. */
    private long readFile(long generation, long offset, LogQuery query, LogSink sink) throws IOException {
        Path file = files.of(generation);
        if (file.toFile().length() <= offset) {
            return offset;
        }
        try (LineScanner lines = new LineScanner(file, offset)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                LogEntry entry = LogLines.parse(line);
                if (entry != null && !entry.at().isBefore(query.since()) && !sink.accept(entry)) {
                    return -1;
                }
            }
            return lines.offset();
        } catch (java.nio.file.NoSuchFileException rotatedAway) {
            return offset;
        }
    }
}
