package dev.xebec.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * This test's class path with a copy of what is built here: a cluster that starts processes again and again would not
 * survive that somebody builds meanwhile.
 */
public record ClassPathCopy(Path folder, String text) {

    public static ClassPathCopy make() {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> entries = new ArrayList<>();
        try {
            Path folder = Files.createTempDirectory("xebec-classes");
            for (String entry : own.split(File.pathSeparator)) {
                Path path = Path.of(entry);
                boolean built = Files.isDirectory(path) || path.toString().contains("xebec");
                entries.add(built && Files.exists(path)
                        ? copy(path, folder.resolve(entries.size() + "-" + path.getFileName())).toString()
                        : entry);
            }
            return new ClassPathCopy(folder, String.join(File.pathSeparator, entries));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    /** Removes the copies. */
    public void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
