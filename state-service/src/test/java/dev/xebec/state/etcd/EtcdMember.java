package dev.xebec.state.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.state.raft.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real etcd member: the binary on the PATH, on loopback. */
public final class EtcdMember implements AutoCloseable {
    private final List<String> command;
    private final Path log;
    private final int clientPort;
    private Process process;

    private EtcdMember(List<String> command, Path log, int clientPort) throws IOException {
        this.command = command;
        this.log = log;
        this.clientPort = clientPort;
        start();
    }

    /** The etcd of this machine, where it has one. */
    public static Optional<Path> binary() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, "etcd"))
                .filter(Files::isExecutable).findFirst();
    }

    /** A cluster of so many members, which serves. */
    public static List<EtcdMember> cluster(Path directory, int members) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        List<Integer> ports = FreePorts.take(2 * members);
        List<String> peers = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            peers.add("m" + i + "=http://127.0.0.1:" + ports.get(members + i));
        }
        List<EtcdMember> cluster = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            String client = "http://127.0.0.1:" + ports.get(i);
            String peer = "http://127.0.0.1:" + ports.get(members + i);
            cluster.add(new EtcdMember(List.of(binary().orElseThrow().toString(), "--name", "m" + i, "--data-dir",
                    directory.resolve("m" + i).toString(), "--listen-client-urls", client, "--advertise-client-urls",
                    client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster",
                    String.join(",", peers)), directory.resolve("m" + i + ".log"), ports.get(i)));
        }
        for (EtcdMember member : cluster) {
            member.awaitHealth();
        }
        return cluster;
    }

    public void start() throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + clientPort);
    }

    /** Waits until the member knows a leader. */
    public void awaitHealth() throws InterruptedException, IOException {
        for (int tries = 0; !answers("/health"); tries++) {
            assertThat(process.isAlive()).as("etcd runs; its log is %s", log).isTrue();
            assertThat(tries).as("etcd became healthy; its log is %s", log).isLessThan(1_200);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    public boolean leads() throws IOException {
        return metrics().lines().anyMatch("etcd_server_is_leader 1"::equals);
    }

    private String metrics() throws IOException {
        try (var body = endpoint().resolve("/metrics").toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private boolean answers(String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection) endpoint().resolve(path).toURL().openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
