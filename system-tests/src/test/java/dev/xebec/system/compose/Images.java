package dev.xebec.system.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The images that the cluster of {@code docker-compose.yml} runs: there already, or made for one test and removed after it. */
final class Images implements AutoCloseable {
    static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    /** {@code docker-compose}, or for the plug-in {@code docker compose}. */
    static final List<String> COMMAND = List
            .of(System.getProperty("xebec.compose.command", "docker-compose").split(" "));
    /** A file of {@code NAME=IMAGE} lines where all images are there already; otherwise they are made. */
    private static final String THERE = System.getProperty("xebec.compose.images", "");

    private final String name = "xebec-test-" + ProcessHandle.current().pid();
    private final Map<String, String> environment;
    private final List<String> made = new ArrayList<>();

    private Images(DockerDaemon daemon) {
        environment = new HashMap<>(daemon.environment());
        environment.putAll(Map.of("XEBEC_IMAGE", name, "DOCKER_BUILDKIT", "0", "COMPOSE", String.join(" ", COMMAND),
                "COMPOSE_PROJECT_NAME", name, "JAVA_HOME", System.getProperty("java.home"), "MAVEN_REPOSITORY",
                repository()));
    }

    /** Makes local base images, and builds the image offline from the checkout. */
    static Images build(DockerDaemon daemon) throws IOException {
        Images images = new Images(daemon);
        if (THERE.isEmpty()) {
            images.settings(images.shell().run("docker/base-images.sh", images.name));
            images.made.addAll(List.of(images.name + "/base", images.name + "/build", images.name));
            List<String> build = new ArrayList<>(COMMAND);
            build.addAll(List.of("build", "pki"));
            images.shell().run(build);
        } else {
            images.settings(Files.readString(Path.of(THERE)));
        }
        return images;
    }

    /** Another build of the same: the image with one label more, which makes it a different one to Docker. */
    String next() {
        String next = name + "-next";
        String container = shell().run("docker", "create", environment.get("XEBEC_IMAGE")).strip();
        shell().run("docker", "commit", "--change", "LABEL dev.xebec.test=next", container, next);
        shell().run("docker", "rm", container);
        made.add(0, next);
        return next;
    }

    /** Unlike that of any other run's. */
    String name() {
        return name;
    }

    /** What docker-compose has to be told. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    private Shell shell() {
        return new Shell(CHECKOUT, environment);
    }

    private void settings(String lines) {
        lines.lines().forEach(line -> {
            int sign = line.indexOf('=');
            environment.put(line.substring(0, sign), line.substring(sign + 1));
        });
    }

    private static String repository() {
        return System.getProperty("maven.repo.local",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
    }

    @Override
    public void close() {
        if (!made.isEmpty()) {
            List<String> remove = new ArrayList<>(List.of("docker", "rmi", "-f"));
            remove.addAll(made);
            shell().run(remove);
        }
    }
}
