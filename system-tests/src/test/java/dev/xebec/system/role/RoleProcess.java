package dev.xebec.system.role;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code xebec ROLE} in a JVM of its own, started and stopped as an operator would. Used by one thread. */
final class RoleProcess {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(90);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(3);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_PATIENCE).build();

    private final String role;
    private final String name;
    private final Ports ports;
    private final List<String> settings;
    private final Path log;
    private volatile @Nullable Process process;
    /** A second SIGTERM would end it at once. */
    private boolean asked;

    /** @param settings flags beyond its role's name */
    RoleProcess(String role, String name, Ports ports, List<String> settings, Path log) {
        this.role = role;
        this.name = name;
        this.ports = ports;
        this.settings = List.copyOf(settings);
        this.log = log;
    }

    String role() {
        return role;
    }

    String name() {
        return name;
    }

    Ports ports() {
        return ports;
    }

    Path log() {
        return log;
    }

    /** Starts it and waits for nothing. @param more settings for this life */
    void start(Build build, String... more) {
        List<String> command = new ArrayList<>(Xebec.java(build));
        command.add(role);
        command.addAll(settings);
        command.addAll(List.of(more));
        asked = false;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    boolean runs() {
        Process now = process;
        return now != null && now.isAlive();
    }

    /** SIGTERM. */
    void askToStop() {
        Process now = process;
        if (now != null) {
            asked = true;
            now.destroy();
        }
    }

    /** SIGTERM, unless it was sent before; returns when it has ended. */
    void stop() throws InterruptedException {
        Process now = process;
        if (now == null) {
            return;
        }
        if (!asked) {
            askToStop();
        }
        if (!now.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            now.destroyForcibly().waitFor();
            throw new AssertionError(name + " did not end within " + STOP_PATIENCE.toSeconds() + " s of being told to");
        }
        process = null;
    }

    /** {@code kill -9}. */
    void kill() {
        Process now = process;
        if (now != null) {
            now.destroyForcibly().onExit().join();
            process = null;
        }
    }

    /** Whether it answers at all. */
    boolean lives() {
        try {
            return page("/livez").statusCode() == 200;
        } catch (IOException silent) {
            return false;
        }
    }

    /** What is wrong with it, as {@code /readyz?verbose} words it; empty when it is ready. */
    String unready() {
        if (!runs()) {
            return name + " has ended";
        }
        try {
            HttpResponse<String> answer = page("/readyz?verbose");
            return answer.statusCode() == 200 ? "" : name + " is not ready: " + answer.body().strip();
        } catch (IOException silent) {
            return name + " does not answer";
        }
    }

    boolean ready() {
        return unready().isEmpty();
    }

    /** The sum of a metric over its labels; 0 where there is none, or no answer. */
    double metric(String metric) {
        try {
            return page("/metrics").body().lines().filter(line -> line.matches(metric + "(\\{.*})? .*"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
        } catch (IOException silent) {
            return 0;
        }
    }

    HttpResponse<String> page(String path) throws IOException {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.health() + path))
                    .timeout(ANSWER_PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    /** The last lines that it logged. */
    String lastWords(int lines) throws IOException {
        List<String> all = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return "--- " + name + "\n" + String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()))
                + "\n";
    }
}
