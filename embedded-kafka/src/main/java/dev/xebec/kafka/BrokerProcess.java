package dev.xebec.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A broker in a JVM of its own, of this one's class path: for tests that kill it. It may be started again after
 * {@link #kill()}, on the same folder and ports. Used by one thread.
 */
public final class BrokerProcess implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
            "-XX:-UsePerfData", "-Djava.net.preferIPv4Stack=true");

    private final BrokerSettings settings;
    private Process process;

    private BrokerProcess(BrokerSettings settings) {
        this.settings = settings;
        this.process = launch(settings);
    }

    /** Returns when clients are served. */
    public static BrokerProcess start(BrokerSettings settings) {
        return new BrokerProcess(settings);
    }

    public String bootstrap() {
        return settings.bootstrap();
    }

    public long pid() {
        return process.pid();
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again, after {@link #kill()} or {@link #close()}; returns when clients are served. */
    public void restart() {
        process = launch(settings);
    }

    /** Asks it to end, and waits until it has. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private static Process launch(BrokerSettings settings) {
        try {
            Process started = new ProcessBuilder(command(settings)).redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader said = started.inputReader(StandardCharsets.UTF_8);
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(BrokerMain.READY)) {
                    return started;
                }
            }
            throw new IllegalStateException("the broker in " + settings.folder() + " did not start");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static List<String> command(BrokerSettings settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        // Surefire runs tests of a jar that only names the class path.
        String tests = System.getProperty("surefire.test.class.path");
        command.addAll(List.of("-cp", tests == null ? System.getProperty("java.class.path") : tests,
                BrokerMain.class.getName()));
        command.addAll(List.of("folder=" + settings.folder(), "port=" + settings.port(),
                "controllerPort=" + settings.controllerPort()));
        settings.tls().ifPresent(tls -> command.addAll(List.of("certificate=" + tls.certificate(), "key=" + tls.key(),
                "authority=" + tls.authority(), "superUsers=" + String.join(",", tls.superUsers()),
                "services=" + String.join(",", tls.services()))));
        settings.extra().forEach((name, value) -> command.add("kafka." + name + "=" + value));
        return command;
    }
}
