package dev.xebec.system.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The cluster of the checkout's {@code docker-compose.yml} under a name and with a port of its own. */
final class ComposeProject implements AutoCloseable {
    private static final String NETWORK = "_cluster";

    private final Shell shell;
    private final String name;
    private final int port;
    private final Path out;

    private ComposeProject(Shell shell, String name, int port, Path out) {
        this.shell = shell;
        this.name = name;
        this.port = port;
        this.out = out;
    }

    /**
     * @param work for the kubeconfig
     * @param more what the environment says besides
     */
    static ComposeProject of(Images images, Path work, Map<String, String> more) throws IOException {
        String name = images.name() + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path out = Files.createDirectories(work.resolve(name));
        Map<String, String> environment = new HashMap<>(images.environment());
        // The clients' pods have no commands.
        environment.put("XEBEC_RUNTIME", "simulated");
        environment.putAll(Map.of("COMPOSE_PROJECT_NAME", name, "XEBEC_PORT", Integer.toString(port), "XEBEC_OUT",
                out.toString()));
        environment.putAll(more);
        return new ComposeProject(new Shell(Images.CHECKOUT, environment), name, port, out);
    }

    String compose(String... words) {
        List<String> all = new ArrayList<>(Images.COMMAND);
        all.addAll(List.of(words));
        return shell.run(all);
    }

    String docker(String... words) {
        List<String> all = new ArrayList<>(List.of("docker"));
        all.addAll(List.of(words));
        return shell.run(all).strip();
    }

    /** Starts what is missing and stops what is too many; what is not named has the number that the file says. */
    void up(Map<String, Integer> scale) {
        List<String> words = new ArrayList<>(List.of("up", "-d"));
        scale.forEach((service, number) -> words.addAll(List.of("--scale", service + "=" + number)));
        compose(words.toArray(String[]::new));
    }

    /** Running containers of a service. */
    List<String> containers(String service) {
        return docker("ps", "-q", "--filter", "label=com.docker.compose.project=" + name, "--filter",
                "label=com.docker.compose.service=" + service).lines().sorted().toList();
    }

    /** Names of containers that Docker does not call healthy: they are starting, or they fail their checks. */
    List<String> unhealthy() {
        return Stream.of("starting", "unhealthy")
                .flatMap(health -> docker("ps", "--format", "{{.Names}}", "--filter",
                        "label=com.docker.compose.project=" + name, "--filter", "health=" + health).lines())
                .map(container -> container.replace(name + "_", "").replace(name + "-", "")).sorted().toList();
    }

    /** Replaces the image that all services run, as {@code docker/rolling-upgrade.sh} does it. */
    void upgrade(String image) {
        shell.run("docker/rolling-upgrade.sh", image);
        shell.environment().put("XEBEC_IMAGE", image);
    }

    /** The images that the containers of a service run, by name. */
    List<String> images(String service) {
        return containers(service).stream().map(each -> docker("inspect", "-f", "{{.Config.Image}}", each)).toList();
    }

    /** Takes a container off the cluster's network. */
    void disconnect(String container) {
        docker("network", "disconnect", name + NETWORK, container);
    }

    /** Puts it back, at whatever address, under the names that Compose gives it. */
    void connect(String container, String service) {
        docker("network", "connect", "--alias", "xebec", "--alias", service, name + NETWORK, container);
    }

    URI api() {
        return URI.create("https://127.0.0.1:" + port);
    }

    Path kubeconfig() {
        return out.resolve("kubeconfig");
    }

    /** How each container is, and the last lines that each service logged. */
    void lastWords() {
        System.out.println(compose("ps"));
        System.out.println(compose("logs", "--no-color", "--tail", "30"));
    }

    /** Writes all that the containers logged so far beside the kubeconfig, for a step that took long. */
    Path keepLogs(String step) {
        Path logs = out.resolve("slow " + step.replaceAll("[^a-zA-Z0-9=, -]", "") + ".log");
        try {
            Files.writeString(logs, compose("logs", "--no-color", "--timestamps"));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        return logs;
    }

    @Override
    public void close() {
        compose("down", "-v", "--remove-orphans", "-t", "5");
    }
}
