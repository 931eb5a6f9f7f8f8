package dev.xebec.server.layout;

import dev.xebec.server.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder under {@code --data}: {@code pki/}, {@code kubeconfig}, {@code state/<peer>/}, {@code logs/}, {@code pods/},
 * {@code kafka/} and {@code run/}. Folders are 0700, files that hold secrets 0600. One {@code up} at a time holds its lock.
 */
public final class DataDirectory {
    /** Raised when files of an older build can no longer be read. */
    private static final String FORMAT = "1";
    private static final String FORMAT_FILE = "format";
    private static final long LOCK_PATIENCE_MS = 1_000;
    private static final long LOCK_RETRY_MS = 20;

    private final Path root;

    public DataDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** {@code ~/.local/state/xebec/default}, or under {@code XDG_STATE_HOME}. */
    public static Path standard() {
        String stateHome = System.getenv("XDG_STATE_HOME");
        Path state = stateHome == null || stateHome.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(stateHome);
        return state.resolve("xebec").resolve("default");
    }

    public Path root() {
        return root;
    }

    public Path pki() {
        return root.resolve("pki");
    }

    public Path kubeconfig() {
        return root.resolve("kubeconfig");
    }

    public Path state(String peer) {
        return root.resolve("state").resolve(peer);
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path pods() {
        return root.resolve("pods");
    }

    /** The embedded broker's log, and what its users need. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path run() {
        return root.resolve("run");
    }

    /** The running (or last) cluster's processes. */
    public Path clusterFile() {
        return run().resolve("cluster.json");
    }

    /** The data folder that {@code inside} lies in, where it is one. */
    public static Optional<Path> around(Path inside) {
        return Optional.ofNullable(inside.toAbsolutePath().normalize().getParent())
                .filter(root -> Files.isRegularFile(root.resolve(FORMAT_FILE)));
    }

    public boolean exists() {
        return Files.isDirectory(root);
    }

    /** Makes what is missing and refuses what another format wrote. */
    public void prepare() {
        try {
            for (Path folder : new Path[]{root, pki(), root.resolve("state"), logs(), pods(), kafka(), run()}) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rwx------")));
            }
            Path format = root.resolve(FORMAT_FILE);
            if (Files.exists(format)) {
                String found = Files.readString(format).strip();
                if (!found.equals(FORMAT)) {
                    throw new StartupException(
                            "the data in " + root + " has format " + found + ", this build reads format "
                                    + FORMAT + "; use the build that wrote it, or another folder with --data");
                }
            } else {
                Files.writeString(format, FORMAT + "\n");
            }
        } catch (IOException refused) {
            throw new StartupException("cannot write to the data folder " + root + " (" + refused.getMessage()
                    + "); choose another with --data", refused);
        }
    }

    /**
     * Takes the folder for this process until it ends or the lock is closed. {@link #locked()} holds the lock for a moment,
     * so one refusal is not yet a cluster.
     */
    public FileLock lock() throws InterruptedException {
        try {
            @SuppressWarnings("resource")
            FileChannel channel = FileChannel.open(run().resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            for (long waited = 0; lock == null && waited < LOCK_PATIENCE_MS; waited += LOCK_RETRY_MS) {
                Thread.sleep(LOCK_RETRY_MS);
                lock = channel.tryLock();
            }
            if (lock == null) {
                channel.close();
                throw new StartupException("a cluster is running on " + root
                        + "; see it with ./xebec status, or end it with ./xebec down");
            }
            return lock;
        } catch (IOException refused) {
            throw new StartupException("cannot lock " + root + ": " + refused.getMessage(), refused);
        }
    }

    /** Whether another process holds the lock. */
    public boolean locked() {
        if (!Files.exists(run().resolve("lock"))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(run().resolve("lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Writes a file of its own rights (0600) in one step: readers see the old or the new, never half. */
    public static void writePrivate(Path file, byte[] content) {
        try {
            Path draft = Files.createTempFile(file.getParent(), ".draft-", "", PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")));
            Files.write(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            throw new StartupException("cannot write " + file + ": " + refused.getMessage(), refused);
        }
    }

    public static Optional<byte[]> readIfThere(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new StartupException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
