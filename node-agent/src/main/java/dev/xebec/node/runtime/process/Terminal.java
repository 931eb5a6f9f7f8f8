package dev.xebec.node.runtime.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pseudo terminals, which Java does not have: script(1) makes one and hands both directions on. Within the container's
 * namespaces, since a shell gives its terminal back to the process group that it found there.
 */
final class Terminal {
    private static final Logger LOG = LoggerFactory.getLogger(Terminal.class);
    /** How often a terminal that is being made is looked for, before its size is given up. */
    private static final int LOOKS = 100;
    private static final Duration LOOK = Duration.ofMillis(20);

    private Terminal() {}

    /** The command in a terminal of its own; its exit code stays. */
    static List<String> within(List<String> command) {
        return List.of("script", "--quiet", "--return", "--flush", "--command", quoted(command), "/dev/null");
    }

    private static String quoted(List<String> words) {
        return words.stream().map(word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
    }

    static void prepare(Map<String, String> environment) {
        environment.putIfAbsent("TERM", "xterm");
        environment.put("SHELL", "/bin/sh");
    }

    /** Sets the size of the terminal that a process or one below it has; blocks while there is none yet. */
    static void resize(ProcessHandle process, int columns, int rows) {
        find(process).ifPresent(pid -> resize(pid, columns, rows));
    }

    /** A process on the terminal; the size comes first of all, before there is one. */
    private static Optional<Long> find(ProcessHandle process) {
        Optional<Long> found = Optional.empty();
        for (int look = 0; look < LOOKS && found.isEmpty() && process.isAlive(); look++) {
            if (look > 0) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
            found = process.descendants().map(ProcessHandle::pid).filter(Terminal::isOn).findFirst();
        }
        return found;
    }

    private static boolean isOn(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/0")).startsWith("/dev/pts");
        } catch (IOException gone) {
            return false;
        }
    }

    /** Through the process, because its terminal's name may mean another one outside its namespaces. */
    private static void resize(long pid, int columns, int rows) {
        try {
            new ProcessBuilder("stty", "-F", "/proc/" + pid + "/fd/0", "cols", Integer.toString(columns), "rows",
                    Integer.toString(rows)).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
        } catch (IOException failed) {
            LOG.debug("Terminal of process {} could not be resized: {}", pid, failed.toString());
        }
    }
}
