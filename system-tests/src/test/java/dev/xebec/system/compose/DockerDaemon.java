package dev.xebec.system.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The Docker daemon that runs already, or one of our own, with folders and a socket of its own, which leaves the machine's packet
 * filter alone: containers of a network see each other, and what they publish comes by Docker's own proxy.
 */
final class DockerDaemon implements AutoCloseable {
    /** The first that works here is taken; the last works everywhere, and slowly. */
    private static final List<String> STORAGE = List.of("overlay2", "fuse-overlayfs", "vfs");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path folder;
    private final Shell shell;
    private final String storage;
    private @Nullable Process process;

    private DockerDaemon(Path folder, Shell shell, String storage, @Nullable Process process) {
        this.folder = folder;
        this.shell = shell;
        this.storage = storage;
        this.process = process;
    }

    /** @param folder for its log; its data is in a temporary folder, because a socket's path has to be short */
    static DockerDaemon find(Path folder) throws IOException, InterruptedException {
        Shell running = new Shell(folder, Map.of());
        if (running.works("docker", "info")) {
            return new DockerDaemon(folder, running, "", null);
        }
        Path own = Files.createTempDirectory("xebec-docker");
        for (String storage : STORAGE) {
            DockerDaemon daemon = new DockerDaemon(own,
                    new Shell(folder, Map.of("DOCKER_HOST", "unix://" + own.resolve("sock"))), storage, null);
            if (daemon.start()) {
                return daemon;
            }
            daemon.stop();
        }
        throw new IOException("dockerd does not start: " + Files.readString(folder.resolve("dockerd.log")));
    }

    private boolean start() throws IOException, InterruptedException {
        process = new ProcessBuilder("dockerd", "--data-root", folder.resolve("data").toString(), "--exec-root",
                folder.resolve("exec").toString(), "--pidfile", folder.resolve("pid").toString(), "--host",
                "unix://" + folder.resolve("sock"), "--storage-driver", storage, "--iptables=false",
                "--ip6tables=false", "--ip-forward=false", "--ip-masq=false")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect
                        .appendTo(shell.folder().resolve("dockerd.log").toFile()))
                .start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (shell.works("docker", "info")) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    /** Whether it is ours, and so may be stopped. */
    boolean own() {
        return process != null;
    }

    /** Where to run docker and docker-compose so that they ask this daemon. */
    Map<String, String> environment() {
        return shell.environment();
    }

    /** Stops it, with all its containers, and starts it again, which starts those again that are to run. */
    void restart() throws IOException, InterruptedException {
        stop();
        if (!start()) {
            throw new IOException("dockerd does not start again");
        }
    }

    private void stop() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly();
                running.waitFor();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (own()) {
            stop();
            shell.works("rm", "-rf", folder.toString());
        }
    }
}
