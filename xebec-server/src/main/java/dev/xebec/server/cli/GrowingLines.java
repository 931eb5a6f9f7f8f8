package dev.xebec.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The lines of a file that is still being written. */
final class GrowingLines {
    private final InputStream file;
    /** Bytes and not text, because a character may be half written. */
    private byte[] unfinished = new byte[0];

    GrowingLines(InputStream file) {
        this.file = file;
    }

    /** Those that were finished since the last call. */
    List<String> next() throws IOException {
        byte[] bytes = read();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        unfinished = Arrays.copyOfRange(bytes, end, bytes.length);
        return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    }

    /** The rest, when nobody writes any more. */
    List<String> last() throws IOException {
        byte[] bytes = read();
        unfinished = new byte[0];
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    private byte[] read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(unfinished);
        file.transferTo(bytes);
        return bytes.toByteArray();
    }
}
