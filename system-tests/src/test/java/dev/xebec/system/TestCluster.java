package dev.xebec.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.xebec.server.plan.FreePorts;
import dev.xebec.state.etcd.EtcdMember;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real cluster for a test: {@code xebec up} in processes of its own, on a folder that the test owns. */
public final class TestCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path data;
    private final int port = new FreePorts().getAsInt();
    private final List<String> flags;
    private final ClassPathCopy classes = ClassPathCopy.make();
    /** What the store stands on where it is etcd; empty where Xebec's own. */
    private final List<EtcdMember> etcd;
    private Process up;

    private TestCluster(Path data, List<String> flags) throws Exception {
        this.data = data;
        this.flags = new ArrayList<>(flags);
        this.etcd = onEtcd() ? EtcdMember.cluster(Files.createTempDirectory("xebec-etcd"), 3) : List.of();
        if (onEtcd()) {
            this.flags.addAll(List.of("--store", "etcd=" + etcd.stream().map(member -> member.endpoint().toString())
                    .collect(Collectors.joining(","))));
        }
        this.up = start();
    }

    /** Whether clusters stand on etcd: the profile of that name says so. */
    public static boolean onEtcd() {
        return System.getProperty("xebec.store", "").equals("etcd");
    }

    /** The member of etcd that leads it now. */
    EtcdMember etcdLeader() throws Exception {
        return await("etcd's leader", () -> {
            for (EtcdMember member : etcd) {
                if (member.leads()) {
                    return member;
                }
            }
            return null;
        });
    }

    /** Starts it, without Kafka, and waits until it says that it is ready. */
    public static TestCluster up(Path data, String... flags) throws Exception {
        List<String> all = new ArrayList<>(List.of(flags));
        all.addAll(List.of("--kafka", "off"));
        return new TestCluster(data, all);
    }

    /** The same with Kafka, as the flags have it or else embedded. */
    public static TestCluster upWithKafka(Path data, String... flags) throws Exception {
        return new TestCluster(data, List.of(flags));
    }

    public Path kubeconfig() {
        return data.resolve("kubeconfig");
    }

    /** A client of the address that {@code up} names. */
    public KubernetesClient client() throws IOException {
        return client("https://127.0.0.1:" + port);
    }

    /** A client of each gateway's own address. */
    List<KubernetesClient> clientsOfEachGateway() throws Exception {
        List<KubernetesClient> clients = new ArrayList<>();
        for (JsonNode process : status().path("processes")) {
            if (!process.path("address").asText().isEmpty()) {
                clients.add(client(process.path("address").asText()));
            }
        }
        return clients;
    }

    /** A client of one gateway's own address. */
    public KubernetesClient client(String address) throws IOException {
        Config config = Config.fromKubeconfig(Files.readString(kubeconfig()));
        return new KubernetesClientBuilder().withConfig(
                new ConfigBuilder(config).withMasterUrl(address).withRequestRetryBackoffLimit(20)
                        .withRequestRetryBackoffInterval(50)
                        .withConnectionTimeout(5_000).withRequestTimeout(20_000).withWatchReconnectInterval(50).build())
                .build();
    }

    /** What {@code xebec status -o json} says. */
    public JsonNode status() throws Exception {
        Process process = xebec(List.of("status", "-o", "json", "--data", data.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return json.isBlank() ? MAPPER.createObjectNode() : MAPPER.readTree(json);
    }

    /** What a command of {@code xebec} prints; nothing where it refuses. */
    public String say(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        Process process = xebec(all).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** What its processes run from. */
    public String classPath() {
        return classes.text();
    }

    JsonNode process(String name) throws Exception {
        for (JsonNode process : status().path("processes")) {
            if (process.path("name").asText().equals(name)) {
                return process;
            }
        }
        throw new IllegalStateException("no process " + name);
    }

    /** The master that leads the Raft group now; any on etcd, where none does. */
    String leader() throws Exception {
        if (onEtcd()) {
            return "master-0";
        }
        return await("a leader", () -> {
            for (JsonNode process : status().path("processes")) {
                if (process.path("leader").asBoolean()) {
                    return process.path("name").asText();
                }
            }
            return null;
        });
    }

    /** {@code kill -SIGNAL}. */
    void signal(String process, String signal) throws Exception {
        long pid = process(process).path("pid").asLong();
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor();
    }

    /** Kills every process at once, as a power cut would. */
    void killAll() throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-9", Long.toString(up.pid())));
        JsonNode status = status();
        for (JsonNode process : status.path("processes")) {
            if (process.path("pid").asLong() > 0 && process.path("pid").asLong() != up.pid()) {
                command.add(process.path("pid").asText());
            }
        }
        long broker = status.path("kafka").path("pid").asLong();
        if (broker > 0) {
            command.add(Long.toString(broker));
        }
        new ProcessBuilder(command).inheritIO().start().waitFor();
        up.waitFor();
    }

    void down() throws Exception {
        if (xebec(List.of("down", "--data", data.toString())).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("down failed");
        }
        up.waitFor();
    }

    void upAgain() throws Exception {
        up = start();
    }

    /** The exit code of {@code xebec check}, which says what it finds. */
    int check() throws Exception {
        return xebec(List.of("check", "--data", data.toString())).inheritIO().start().waitFor();
    }

    /** The exit code of another command of {@code xebec} on this cluster. */
    int run(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return xebec(all).inheritIO().start().waitFor();
    }

    /** Asks until the answer is not null. */
    public static <T> T await(String what, Callable<T> question) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Exception last = null;
        while (System.nanoTime() < deadline) {
            try {
                T answer = question.call();
                if (answer != null) {
                    return answer;
                }
            } catch (io.fabric8.kubernetes.client.KubernetesClientException | IOException notYet) {
                last = notYet;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("waited in vain for " + what, last);
    }

    public static void awaitTrue(String what, Callable<Boolean> question) throws Exception {
        await(what, () -> question.call() ? Boolean.TRUE : null);
    }

    private Process start() throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("up", "--data", data.toString(), "--port", Integer.toString(port)));
        arguments.addAll(flags);
        Path output = Files.createTempFile("xebec-up", ".out");
        Process process = xebec(arguments).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(output).contains("Xebec is ready")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("the cluster did not start:\n" + Files.readString(output) + logs());
            }
            Thread.sleep(50);
        }
        Files.delete(output);
        return process;
    }

    private String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(data.resolve("logs"))) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file);
                text.append("--- ").append(file.getFileName()).append('\n')
                        .append(String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size())))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private ProcessBuilder xebec(List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m", "--enable-native-access=ALL-UNNAMED",
                        "-Djava.net.preferIPv4Stack=true", "-cp", classes.text(),
                        "dev.xebec.server.cli.Main"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("XEBEC_KAFKA_CLASSPATH", classes.text());
        builder.environment().put("XEBEC_JVM_FLAGS", String.join("\n", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Xmx384m", "--enable-native-access=ALL-UNNAMED",
                "-Djava.net.preferIPv4Stack=true"));
        return builder;
    }

    @Override
    public void close() throws Exception {
        if (up.isAlive()) {
            down();
        }
        if (!up.waitFor(60, TimeUnit.SECONDS)) {
            up.destroyForcibly().waitFor();
        }
        for (EtcdMember member : etcd) {
            member.close();
        }
        classes.delete();
    }
}
