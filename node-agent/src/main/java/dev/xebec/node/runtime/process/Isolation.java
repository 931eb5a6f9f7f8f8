package dev.xebec.node.runtime.process;

import dev.xebec.node.runtime.process.ProcessRuntimeConfig.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How containers are kept apart on this machine: found out at start by trying. */
enum Isolation {
    /** Namespaces made by the real root. */
    ROOT("root"),
    /** Namespaces within a user namespace of our own. */
    USER("user"),
    /** None: a process among the others. */
    PLAIN("plain");

    private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);
    /** What does not work fails at once; so long takes only a machine that has no time at all. */
    private static final long PATIENCE_SECONDS = 180;

    private final String mode;

    Isolation(String mode) {
        this.mode = mode;
    }

    /** As the launcher takes it. */
    String mode() {
        return mode;
    }

    /** The most that works: the launcher itself is asked to run {@code true}. */
    static Isolation detect(Path launcher, Path scratch, Wish wish) throws IOException {
        if (wish == Wish.AUTO) {
            for (Isolation candidate : List.of(ROOT, USER)) {
                if (works(candidate, launcher, scratch)) {
                    return candidate;
                }
            }
        }
        return PLAIN;
    }

    private static boolean works(Isolation candidate, Path launcher, Path scratch) throws IOException {
        Path trial = Files.createTempDirectory(scratch, "trial-");
        try {
            ProcessBuilder builder = new ProcessBuilder("setsid", "sh", launcher.toString(), candidate.mode,
                    trial.toString(), "/usr/bin:/bin", "/", "sh", "-c", "[ -e /proc/self/stat ] && : > /.xebec-trial");
            Map<String, String> env = builder.environment();
            env.clear();
            env.put("XEBEC_LAYER_BYTES", "1m");
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(trial.resolve("output").toFile()).redirectInput(Path.of("/dev/null").toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // The first of them is not the one that makes the namespaces, and all others end with that.
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                LOG.warn("Isolation {} was not there within {} s and is not used", candidate, PATIENCE_SECONDS);
                return false;
            }
            Path exit = trial.resolve("exit");
            boolean works = Files.exists(exit) && Files.readString(exit).startsWith("0 ");
            if (!works) {
                LOG.debug("Isolation {} does not work here: {} {}", candidate, read(trial.resolve("start-error")),
                        read(trial.resolve("output")));
            }
            return works;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            Trees.delete(trial);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }
}
