package dev.xebec.node.log;

import dev.xebec.node.runtime.LogEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The form of a stamped line: {@code 2026-11-23T07:14:39.123456789Z stdout F text}. Pure.
 *
 * <p>Source: Kubernetes CRI logging, {@code pkg/kubelet/kuberuntime/logs}.
 */
public final class LogLines {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'")
            .withZone(ZoneOffset.UTC);

    private LogLines() {}

    /** Nine digits always, so that stamps sort as text. */
    public static String stamp(Instant at) {
        return STAMP.format(at);
    }

    /**
     * Stamps the whole lines of {@code captured} and returns how many bytes of it are used up. What is left is a line that
     * has not ended; it is used up too where it is longer than a part may be, or {@code over}.
     */
    static int stampInto(ByteArrayOutputStream log, byte[] captured, int length, boolean error, Instant at,
            boolean over,
            int partBytes) {
        byte[] head = (stamp(at) + (error ? " stderr " : " stdout ")).getBytes(StandardCharsets.US_ASCII);
        int start = 0;
        while (start < length) {
            int limit = Math.min(length, start + partBytes + 1);
            int end = indexOf(captured, start, limit);
            if (end >= 0) {
                write(log, head, 'F', captured, start, end);
                start = end + 1;
            } else if (limit == start + partBytes + 1) {
                write(log, head, 'P', captured, start, start + partBytes);
                start += partBytes;
            } else if (over) {
                write(log, head, 'P', captured, start, length);
                start = length;
            } else {
                break;
            }
        }
        return start;
    }

    private static void write(ByteArrayOutputStream log, byte[] head, char tag, byte[] text, int from, int to) {
        log.write(head, 0, head.length);
        log.write(tag);
        log.write(' ');
        log.write(text, from, to - from);
        log.write('\n');
    }

    private static int indexOf(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads a line back, without its end; null where it is none of ours. */
    static @Nullable LogEntry parse(byte[] line) {
        int stampEnd = space(line, 0);
        int streamEnd = stampEnd < 0 ? -1 : space(line, stampEnd + 1);
        if (streamEnd < 0 || streamEnd + 2 >= line.length || line[streamEnd + 2] != ' ') {
            return null;
        }
        try {
            Instant at = Instant.parse(new String(line, 0, stampEnd, StandardCharsets.US_ASCII));
            boolean error = line[stampEnd + 4] == 'e';
            return new LogEntry(at, error, line[streamEnd + 1] == 'F',
                    Arrays.copyOfRange(line, streamEnd + 3, line.length));
        } catch (DateTimeParseException foreign) {
            return null;
        }
    }

    private static int space(byte[] line, int from) {
        for (int i = from; i < line.length; i++) {
            if (line[i] == ' ') {
                return i;
            }
        }
        return -1;
    }
}
