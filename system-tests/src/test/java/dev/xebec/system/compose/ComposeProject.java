package dev.xebec.system.compose;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cluster of the checkout's {@code docker-compose.yml} under a name and with a port of its own. */
final class ComposeProject implements AutoCloseable {
    /** {@code docker-compose}, or for the plug-in {@code docker compose}. */
    private static final List<String> COMMAND = List
            .of(System.getProperty("xebec.compose.command", "docker-compose").split(" "));
    /** A file of {@code NAME=IMAGE} lines where all images are there already; otherwise they are made. */
    private static final String IMAGES = System.getProperty("xebec.compose.images", "");
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
     * Makes local base images and builds the image offline from the checkout.
     *
     * @param work for the kubeconfig
     */
    static ComposeProject build(DockerDaemon daemon, Path work) throws IOException {
        Path checkout = Path.of("..").toAbsolutePath().normalize();
        String name = "xebec-test-" + ProcessHandle.current().pid();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path out = Files.createDirectories(work.resolve("out"));
        Map<String, String> environment = new HashMap<>(daemon.environment());
        // The clients' pods have no commands.
        environment.put("XEBEC_RUNTIME", "simulated");
        environment.putAll(Map.of("COMPOSE_PROJECT_NAME", name, "XEBEC_PORT", Integer.toString(port), "XEBEC_OUT",
                out.toString(), "XEBEC_IMAGE", name, "DOCKER_BUILDKIT", "0", "JAVA_HOME",
                System.getProperty("java.home"), "MAVEN_REPOSITORY", repository()));
        if (IMAGES.isEmpty()) {
            settings(environment, new Shell(checkout, environment).run("docker/base-images.sh", name));
        } else {
            settings(environment, Files.readString(Path.of(IMAGES)));
        }
        ComposeProject project = new ComposeProject(new Shell(checkout, environment), name, port, out);
        if (IMAGES.isEmpty()) {
            project.compose("build", "pki");
        }
        return project;
    }

    private static void settings(Map<String, String> environment, String lines) {
        lines.lines().forEach(line -> {
            int sign = line.indexOf('=');
            environment.put(line.substring(0, sign), line.substring(sign + 1));
        });
    }

    private static String repository() {
        return System.getProperty("maven.repo.local",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
    }

    void compose(String... words) {
        List<String> all = new ArrayList<>(COMMAND);
        all.addAll(List.of(words));
        shell.run(all);
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

    /** The last lines that each service logged. */
    void lastWords() {
        compose("logs", "--no-color", "--tail", "30");
    }

    @Override
    public void close() {
        compose("down", "-v", "--remove-orphans", "-t", "5");
        if (IMAGES.isEmpty()) {
            docker("rmi", "-f", name, name + "/build", name + "/base");
        }
    }
}
