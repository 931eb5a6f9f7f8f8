package dev.xebec.server.supervisor;

import dev.xebec.server.StartupException;
import dev.xebec.server.plan.ProcessMark;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One supervised process: started, watched, and started again with back-off when it ends. It notices the supervisor's end
 * by its standard input closing.
 */
final class ChildProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    /** A process that ran this long has its back-off forgotten. */
    private static final Duration STEADY = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);

    private final String name;
    private final List<String> command;
    private final File output;
    private final Runnable onChange;
    private volatile ProcessMark mark = ProcessMark.NONE;
    private volatile boolean stopping;
    private volatile Process process;

    ChildProcess(String name, List<String> command, Path output, Runnable onChange) {
        this.name = name;
        this.command = command;
        this.output = output.toFile();
        this.onChange = onChange;
        this.process = launch();
    }

    String name() {
        return name;
    }

    /** {@link ProcessMark#NONE} while it is not running. */
    ProcessMark mark() {
        return mark;
    }

    /** Watches over the process until {@link #stop()}; runs on a thread of its own. */
    void supervise() throws InterruptedException {
        Duration delay = FIRST_DELAY;
        while (true) {
            long started = System.nanoTime();
            int code = process.waitFor();
            mark = ProcessMark.NONE;
            if (stopping) {
                return;
            }
            tell();
            if (System.nanoTime() - started > STEADY.toNanos()) {
                delay = FIRST_DELAY;
            }
            LOG.warn("{} ended with code {}; starting it again in {} ms", name, code, delay.toMillis());
            Thread.sleep(delay);
            delay = delay.multipliedBy(2).compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay.multipliedBy(2);
            synchronized (this) {
                if (stopping) {
                    return;
                }
                relaunch();
            }
            tell();
        }
    }

    /** A start that the machine refuses counts as one that ended at once: the process before stays, which has ended. */
    private void relaunch() {
        try {
            process = launch();
        } catch (RuntimeException refused) {
            LOG.warn("{} is not running and will be tried again", name, refused);
        }
    }

    private void tell() {
        try {
            onChange.run();
        } catch (RuntimeException unheard) {
            LOG.warn("that {} changed could not be written down; it is watched over all the same", name, unheard);
        }
    }

    /** Asks the process to end, waits, and ends it where it does not. */
    void stop() {
        synchronized (this) {
            stopping = true;
            process.destroy();
        }
        try {
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} did not stop within {} s and is killed", name, STOP_PATIENCE.toSeconds());
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException impatient) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        mark = ProcessMark.NONE;
    }

    private Process launch() {
        try {
            Process started = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output)).start();
            mark = ProcessMark.of(started.toHandle());
            return started;
        } catch (IOException refused) {
            throw new StartupException("cannot start " + name + ": " + refused.getMessage(), refused);
        }
    }
}
