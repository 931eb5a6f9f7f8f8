package dev.xebec.system.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of the cluster, which is started again with back-off whenever it ends, as {@code xebec up} does. Its
 * standard input is the driver's to close: with the driver it ends.
 */
final class SupervisedProcess {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcess.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
    private static final Duration STEADY = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path output;
    private final Thread supervisor;
    private volatile Process process;
    private volatile boolean stopping;
    private final AtomicInteger starts = new AtomicInteger();

    SupervisedProcess(String name, List<String> command, Map<String, String> environment, Path output)
            throws IOException {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.output = output;
        process = launch();
        supervisor = Thread.ofVirtual().name("supervise " + name).start(this::supervise);
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    /** How often it has been started. */
    int starts() {
        return starts.get();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
    }

    /** {@code kill -STOP}: nothing of it runs on. What is returned lets that process, not one after it, go on. */
    Runnable pause() {
        Process paused = process;
        signal(paused, "STOP");
        return () -> signal(paused, "CONT");
    }

    private static void signal(Process to, String signal) {
        if (to.isAlive()) {
            boolean unused = Command.works(List.of("kill", "-" + signal, Long.toString(to.pid())));
        }
    }

    /** Asks it to end, and ends it where it does not; it is not started again. */
    void stop() throws InterruptedException {
        stopping = true;
        process.destroy();
        if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("{} did not end within {} s of being asked to", name, STOP_PATIENCE.toSeconds());
            process.destroyForcibly();
        }
        supervisor.interrupt();
        supervisor.join();
        process.destroyForcibly().waitFor();
    }

    private void supervise() {
        Duration delay = FIRST_DELAY;
        try {
            while (!stopping) {
                long started = System.nanoTime();
                int code = process.waitFor();
                if (stopping) {
                    return;
                }
                delay = System.nanoTime() - started > STEADY.toNanos() ? FIRST_DELAY : delay;
                LOG.info("{} ended with code {}; starting it again in {} ms", name, code, delay.toMillis());
                Thread.sleep(delay);
                delay = delay.multipliedBy(2).compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay.multipliedBy(2);
                process = launch();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException refused) {
            LOG.error("{} cannot be started again", name, refused);
        }
    }

    private Process launch() throws IOException {
        starts.incrementAndGet();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
