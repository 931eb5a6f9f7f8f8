package dev.xebec.node.runtime.process;

import dev.xebec.node.runtime.ExecSession;
import dev.xebec.node.runtime.ExecSpec;
import dev.xebec.node.runtime.process.ContainerDirectory.Note;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command that runs in a container's namespaces, or beside it where it has none. */
final class ProcessExec implements ExecSession {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessExec.class);
    /** How often a terminal that is being made is looked for, before its size is given up. */
    private static final int TERMINAL_LOOKS = 100;
    private static final Duration TERMINAL_LOOK = Duration.ofMillis(20);

    private final Process process;
    private final boolean tty;

    private ProcessExec(Process process, boolean tty) {
        this.process = process;
        this.tty = tty;
    }

    /** @param main the container's main process as the host sees it */
    static ProcessExec start(Isolation isolation, Path launcher, Note note, long main, ExecSpec spec)
            throws IOException {
        List<String> inner = new ArrayList<>();
        if (isolation != Isolation.PLAIN) {
            inner.addAll(List.of("nsenter", "--target", Long.toString(main), "--mount", "--uts", "--pid"));
            if (isolation == Isolation.USER) {
                inner.addAll(List.of("--user", "--preserve-credentials"));
            }
        }
        String run = Files.readString(launcher.resolveSibling("run.sh"));
        inner.addAll(List.of("sh", "-c", run, "sh", "/proc/self/fd/2",
                note.env().getOrDefault("PATH", Launcher.DEFAULT_PATH), note.workingDir()));
        inner.addAll(Launcher.delicate(note.env()));
        if (spec.tty()) {
            // Java has no pseudo terminal: script(1) makes one and hands both directions on. Within the namespaces, since
            // a shell gives its terminal back to the process group that it found there.
            inner.addAll(List.of("script", "--quiet", "--return", "--flush", "--command", quoted(spec.command()),
                    "/dev/null"));
        } else {
            inner.addAll(spec.command());
        }
        inner.add(0, "setsid");
        ProcessBuilder builder = new ProcessBuilder(inner);
        Map<String, String> env = builder.environment();
        env.clear();
        note.env().forEach((name, value) -> {
            if (!Launcher.isDelicate(name)) {
                env.put(name, value);
            }
        });
        if (spec.tty()) {
            env.putIfAbsent("TERM", "xterm");
            env.put("SHELL", "/bin/sh");
        }
        if (!spec.stdin()) {
            builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        }
        return new ProcessExec(builder.start(), spec.tty());
    }

    private static String quoted(List<String> words) {
        return words.stream().map(word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
    }

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return process.getErrorStream();
    }

    @Override
    public void resize(int columns, int rows) {
        if (tty) {
            terminal().ifPresent(pid -> resize(pid, columns, rows));
        }
    }

    /** A process on the terminal; the size comes first of all, before there is one. */
    private Optional<Long> terminal() {
        Optional<Long> found = Optional.empty();
        for (int look = 0; look < TERMINAL_LOOKS && found.isEmpty() && process.isAlive(); look++) {
            if (look > 0) {
                LockSupport.parkNanos(TERMINAL_LOOK.toNanos());
            }
            found = process.toHandle().descendants().map(ProcessHandle::pid).filter(ProcessExec::hasTerminal)
                    .findFirst();
        }
        return found;
    }

    private static boolean hasTerminal(long pid) {
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

    @Override
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
