package dev.xebec.node.runtime.process;

import dev.xebec.node.log.CaptureTail;
import dev.xebec.node.runtime.AttachSession;
import dev.xebec.node.runtime.process.ContainerDirectory.Supervisor;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client at a container's main process: reads what is captured of its output, and writes to its input by a process that
 * waits where the pipe is full, which Java could not be freed from.
 */
final class ProcessAttach implements AttachSession {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessAttach.class);
    /** How long what was written may take to be read, before the input's end is given up. */
    private static final long DRAIN_SECONDS = 600;

    private final ProcessContainer container;
    private final CaptureTail stdout;
    private final CaptureTail stderr;
    private @Nullable Process writer;
    private boolean inputEnded;

    ProcessAttach(ProcessContainer container, CaptureTail stdout, CaptureTail stderr) {
        this.container = container;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    @Override
    public void input(byte[] bytes, int from, int length) throws IOException {
        OutputStream to = writer().getOutputStream();
        to.write(bytes, from, length);
        to.flush();
    }

    private synchronized Process writer() throws IOException {
        ContainerDirectory directory = container.directory();
        if (inputEnded || !container.note().console().stdin() || directory.inputHolder() == null) {
            throw new IOException("container " + container.id().container() + " has no standard input");
        }
        Process open = writer;
        if (open == null) {
            open = new ProcessBuilder("sh", "-c", "exec cat > \"$1\"", "sh", directory.input().toString())
                    .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
            writer = open;
        }
        return open;
    }

    @Override
    public void endInput() {
        Process open;
        synchronized (this) {
            inputEnded = true;
            open = writer;
            writer = null;
        }
        try {
            if (open != null) {
                open.getOutputStream().close();
                boolean drained = open.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS);
                LOG.trace("Input of {} was read to its end: {}", container.id(), drained);
                open.destroyForcibly();
            }
            if (container.note().console().stdinOnce()) {
                letGo();
            }
        } catch (IOException closed) {
            LOG.debug("Input of {} could not be ended: {}", container.id(), closed.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            if (open != null) {
                open.destroyForcibly();
            }
        }
    }

    /** Nobody holds the input open any more: the container sees its end. */
    private void letGo() throws IOException {
        Supervisor holder = container.directory().inputHolder();
        if (holder != null && ProcessTable.alive(holder.pid(), holder.startTicks())) {
            ProcessTable.signal(holder.pid(), true);
        }
        java.nio.file.Files.deleteIfExists(container.directory().path().resolve("stdin-holder"));
    }

    @Override
    public int stdout(byte[] buffer) throws IOException {
        return read(stdout, buffer);
    }

    @Override
    public int stderr(byte[] buffer) throws IOException {
        return read(stderr, buffer);
    }

    private int read(CaptureTail tail, byte[] buffer) throws IOException {
        // Asked before reading: what comes after the answer is read in the next round.
        boolean over = container.over();
        int read = tail.read(buffer);
        return read == 0 && over ? -1 : read;
    }

    @Override
    public void resize(int columns, int rows) {
        if (!container.note().console().tty()) {
            return;
        }
        try {
            ProcessHandle.of(container.directory().main())
                    .ifPresent(main -> Terminal.resize(main, columns, rows));
        } catch (IOException gone) {
            LOG.trace("No terminal to resize: {}", gone.toString());
        }
    }

    @Override
    public void close() {
        Process open;
        boolean wrote;
        synchronized (this) {
            open = writer;
            wrote = !inputEnded && writer != null;
            inputEnded = true;
            writer = null;
        }
        if (open != null) {
            open.destroyForcibly();
        }
        stdout.close();
        stderr.close();
        if (wrote && container.note().console().stdinOnce()) {
            try {
                letGo();
            } catch (IOException disk) {
                LOG.debug("Input of {} stays open: {}", container.id(), disk.toString());
            }
        }
    }
}
