package dev.xebec.node.volume;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A directory whose files change all at once: they live in a directory of their own that the link {@code ..data} points
 * to, and each visible name is a link through it.
 *
 * <p>Source: Kubernetes {@code pkg/volume/util/atomic_writer.go}, whose layout programs rely on.
 */
final class AtomicDirectory {
    private static final String DATA = "..data";

    private final Path root;

    AtomicDirectory(Path root) {
        this.root = root;
    }

    /** Makes the directory hold these files and no others. True when something changed. */
    boolean write(Map<String, VolumeFile> files) throws IOException {
        Files.createDirectories(root);
        if (Files.isSymbolicLink(root.resolve(DATA)) && same(present(), files)) {
            return false;
        }
        Path fresh = Files.createTempDirectory(root, "..");
        Files.setPosixFilePermissions(fresh, permissions(0755));
        for (Map.Entry<String, VolumeFile> each : files.entrySet()) {
            Path file = fresh.resolve(each.getKey());
            Path parent = file.getParent();
            Files.createDirectories(parent == null ? fresh : parent);
            Files.write(file, each.getValue().content());
            Files.setPosixFilePermissions(file, permissions(each.getValue().mode()));
        }
        Path next = root.resolve("..data_tmp");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, fresh.getFileName());
        Files.move(next, root.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
        linkNames(files.keySet());
        dropOthers(fresh);
        return true;
    }

    private void linkNames(Set<String> paths) throws IOException {
        Set<String> wanted = new TreeSet<>();
        paths.forEach(path -> wanted.add(path.split("/", 2)[0]));
        for (Path entry : entries()) {
            String name = entry.getFileName().toString();
            if (!name.startsWith("..") && !wanted.contains(name)) {
                Files.deleteIfExists(entry);
            }
        }
        for (String name : wanted) {
            Path link = root.resolve(name);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of(DATA, name));
            }
        }
    }

    private void dropOthers(Path kept) throws IOException {
        for (Path entry : entries()) {
            if (entry.getFileName().toString().startsWith("..") && !entry.equals(kept)
                    && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                List<Path> below = new ArrayList<>();
                try (Stream<Path> tree = Files.walk(entry)) {
                    tree.forEach(below::add);
                }
                Collections.reverse(below);
                for (Path each : below) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private List<Path> entries() throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(root)) {
            all.forEach(entries::add);
        }
        return entries;
    }

    private Map<String, VolumeFile> present() throws IOException {
        Map<String, VolumeFile> present = new TreeMap<>();
        Path data = root.resolve(DATA).toRealPath();
        try (Stream<Path> tree = Files.walk(data)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                present.put(data.relativize(file).toString(),
                        new VolumeFile(Files.readAllBytes(file), mode(Files.getPosixFilePermissions(file))));
            }
        }
        return present;
    }

    private static boolean same(Map<String, VolumeFile> one, Map<String, VolumeFile> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(each -> each.getValue().same(other.get(each.getKey())));
    }

    /** Nine bits; the order of the enum is that of the bits, from the owner's read on. */
    static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission each : PosixFilePermission.values()) {
            if ((mode & bit(each)) != 0) {
                permissions.add(each);
            }
        }
        return permissions;
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        return permissions.stream().mapToInt(AtomicDirectory::bit).sum();
    }

    private static int bit(PosixFilePermission permission) {
        return 0400 >> permission.ordinal();
    }
}
