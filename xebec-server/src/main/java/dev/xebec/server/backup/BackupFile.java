package dev.xebec.server.backup;

import dev.xebec.contracts.state.Saved;
import dev.xebec.gateway.backup.BackupText;
import dev.xebec.server.StartupException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A backup in a file, compressed where its name ends in {@code .gz}. It holds Secrets: only its owner may read it. */
public final class BackupFile {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Path file;

    public BackupFile(Path file) {
        this.file = file;
    }

    /** What a backup says of itself. */
    public record Summary(BackupText.Header header, long keys) {}

    /**
     * Writes what comes, under a name of its own until it is known to be whole.
     *
     * @throws IOException when it broke off, or cannot be written
     */
    public Summary write(InputStream lines) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Summary summary;
            try (OutputStream out = out(draft)) {
                summary = read(lines, out, entry -> {
                });
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return summary;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Reads it through.
     *
     * @throws IOException when it is not a whole backup
     */
    public Summary read(Consumer<Saved> each) throws IOException {
        try (InputStream in = in()) {
            return read(in, OutputStream.nullOutputStream(), each);
        }
    }

    private OutputStream out(Path target) throws IOException {
        OutputStream out = Files.newOutputStream(target);
        return new BufferedOutputStream(compressed() ? new GZIPOutputStream(out, BUFFER_BYTES) : out, BUFFER_BYTES);
    }

    private InputStream in() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new StartupException("there is no file " + file);
        }
        InputStream in = Files.newInputStream(file);
        return new BufferedInputStream(compressed() ? new GZIPInputStream(in, BUFFER_BYTES) : in, BUFFER_BYTES);
    }

    private boolean compressed() {
        return file.toString().endsWith(".gz");
    }

    private static Summary read(InputStream in, OutputStream copy, Consumer<Saved> each) throws IOException {
        BackupText.Header header = null;
        long keys = 0;
        for (byte[] line = line(in, copy); line != null; line = line(in, copy)) {
            BackupText.Line parsed;
            try {
                parsed = BackupText.parse(line);
            } catch (IllegalArgumentException strange) {
                throw new IOException("it is not a backup of Xebec: " + strange.getMessage(), strange);
            }
            switch (parsed) {
                case BackupText.Header first -> header = first;
                case BackupText.Entry entry -> {
                    keys++;
                    each.accept(entry.saved());
                }
                case BackupText.End end -> {
                    if (header == null || end.keys() != keys) {
                        throw new IOException(
                                "it is damaged: it holds " + keys + " keys and should hold " + end.keys());
                    }
                    return new Summary(header, keys);
                }
            }
        }
        throw new IOException("it is not whole: its last line is missing after " + keys + " keys");
    }

    private static byte @Nullable [] line(InputStream in, OutputStream copy) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(4_096);
        for (int next = in.read(); next >= 0; next = in.read()) {
            copy.write(next);
            if (next == '\n') {
                return line.toByteArray();
            }
            line.write(next);
        }
        return line.size() == 0 ? null : line.toByteArray();
    }
}
