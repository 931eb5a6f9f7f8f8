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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command that runs in a container's namespaces, or beside it where it has none. */
final class ProcessExec implements ExecSession {
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
            inner.addAll(Terminal.within(spec.command()));
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
            Terminal.prepare(env);
        }
        if (!spec.stdin()) {
            builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        }
        return new ProcessExec(builder.start(), spec.tty());
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
            Terminal.resize(process.toHandle(), columns, rows);
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
