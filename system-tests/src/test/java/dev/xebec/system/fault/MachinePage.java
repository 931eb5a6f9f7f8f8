package dev.xebec.system.fault;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The page through which a process is told what its clock and disk are like; {@code machine.c} says how it is laid out. */
final class MachinePage {
    private static final int SIZE = 4_096;
    private static final int CLOCK = 0;
    private static final int SYNC = Long.BYTES;

    private final Path file;
    private final MappedByteBuffer page;

    MachinePage(Path file) throws IOException {
        this.file = file;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            page = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        }
        page.order(ByteOrder.nativeOrder());
    }

    Path file() {
        return file;
    }

    /** Moves the wall clock by so much, on top of what it has been moved. */
    synchronized void moveClock(Duration by) {
        page.putLong(CLOCK, page.getLong(CLOCK) + by.toNanos());
    }

    /** Makes each sync take so much longer, on top of what it does; negative to take that back. */
    synchronized void slowSync(Duration by) {
        page.putLong(SYNC, page.getLong(SYNC) + by.toNanos() / 1_000);
    }
}
