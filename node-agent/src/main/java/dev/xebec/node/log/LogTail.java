package dev.xebec.node.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Finds where the last lines of a log begin, reading backwards. */
final class LogTail {
    private static final int BLOCK_BYTES = 64 * 1024;

    /** A place in the log. */
    record Start(long generation, long offset) {}

    private LogTail() {}

    static Start find(LogFiles files, long lines) throws IOException {
        List<Long> generations = files.generations();
        long wanted = lines;
        for (int i = generations.size() - 1; i >= 0; i--) {
            long generation = generations.get(i);
            try (FileChannel file = FileChannel.open(files.of(generation), StandardOpenOption.READ)) {
                long size = file.size();
                if (wanted == 0) {
                    return new Start(generation, size);
                }
                long end = size;
                while (end > 0) {
                    int length = (int) Math.min(BLOCK_BYTES, end);
                    ByteBuffer block = ByteBuffer.allocate(length);
                    file.read(block, end - length);
                    for (int at = length - 1; at >= 0; at--) {
                        boolean endsALineBefore = block.get(at) == '\n' && end - length + at + 1 < size;
                        if (endsALineBefore && --wanted == 0) {
                            return new Start(generation, end - length + at + 1);
                        }
                    }
                    end -= length;
                }
                // The first line of a file has no line end before it.
                if (size > 0 && --wanted == 0) {
                    return new Start(generation, 0);
                }
            }
        }
        return new Start(generations.isEmpty() ? 1 : generations.get(0), 0);
    }
}
