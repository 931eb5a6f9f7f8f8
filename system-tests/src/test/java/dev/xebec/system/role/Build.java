package dev.xebec.system.role;

import dev.xebec.system.ClassPathCopy;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A build of Xebec in a folder of its own, to start processes from.
 *
 * @param copy what of it was copied and has to go; empty for a build that was there before
 */
record Build(String classPath, Optional<ClassPathCopy> copy) implements AutoCloseable {
    /** The file that says which build it is, in the server's classes. */
    private static final String RELEASE = "dev/xebec/server/release";

    /** What is tested. */
    static Build current() {
        ClassPathCopy classes = ClassPathCopy.make();
        return new Build(classes.text(), Optional.of(classes));
    }

    /** The one in a folder like {@code xebec-server/target/dist} of a checkout. */
    static Build in(Path dist) {
        try (Stream<Path> jars = Files.list(dist.resolve("lib"))) {
            return new Build(jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator)),
                    Optional.empty());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The same, as if it were another release. */
    static Build named(String version) {
        ClassPathCopy classes = ClassPathCopy.make();
        List<Path> entries = Stream.of(classes.text().split(File.pathSeparator)).map(Path::of)
                .filter(entry -> entry.startsWith(classes.folder())).toList();
        long renamed = entries.stream().filter(entry -> rename(entry, version)).count();
        if (renamed != 1) {
            throw new IllegalStateException(renamed + " of " + entries + " have " + RELEASE);
        }
        return new Build(classes.text(), Optional.of(classes));
    }

    private static boolean rename(Path entry, String version) {
        try {
            if (Files.isDirectory(entry)) {
                return write(entry.resolve(RELEASE), version);
            }
            try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                return write(jar.getPath(RELEASE), version);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean write(Path release, String version) throws IOException {
        if (!Files.exists(release)) {
            return false;
        }
        Files.writeString(release, version + "\n");
        return true;
    }

    @Override
    public void close() throws IOException {
        if (copy.isPresent()) {
            copy.get().delete();
        }
    }
}
