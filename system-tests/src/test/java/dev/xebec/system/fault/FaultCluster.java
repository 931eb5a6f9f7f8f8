package dev.xebec.system.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.xebec.server.cli.Main;
import dev.xebec.server.pki.ClusterPki;
import dev.xebec.server.pki.Kubeconfig;
import dev.xebec.server.plan.ClusterFile;
import dev.xebec.server.plan.ProcessConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Three masters and a process of simulated nodes, each a JVM of its own in its place of the {@link Lab}, supervised as
 * {@code xebec up} would. There is no balancer: clients see each gateway by itself.
 */
public final class FaultCluster implements AutoCloseable {
    static final List<String> MASTERS = List.of("master-0", "master-1", "master-2");
    /** The process that plays all nodes. */
    static final String NODES = "nodes";
    /** All of them, in the order of their start. */
    static final List<String> PROCESSES = List.of("master-0", "master-1", "master-2", NODES);
    /** How many nodes the one process plays. */
    static final int NODE_COUNT = 20;

    private static final Duration ANSWER_PATIENCE = Duration.ofMillis(1_500);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> JVM_FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k",
            "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED",
            "-Djava.net.preferIPv4Stack=true");

    private final Lab lab;
    private final Path work;
    private final Map<String, ProcessConfig> configs;
    private final Map<String, SupervisedProcess> processes = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_PATIENCE).build();

    private FaultCluster(Lab lab, Path work, Map<String, ProcessConfig> configs) {
        this.lab = lab;
        this.work = work;
        this.configs = configs;
    }

    /**
     * Starts all processes and waits for nothing.
     *
     * @param work folder of certificates, configurations and logs
     */
    static FaultCluster start(Lab lab, Path work) throws IOException {
        Path pki = Files.createDirectories(work.resolve("pki"));
        Map<String, ProcessConfig> configs = configs(lab, work, pki);
        ClusterPki certificates = ClusterPki.open(pki, PROCESSES.stream().map(lab::address).distinct().toList(),
                Instant.now());
        FaultCluster cluster = new FaultCluster(lab, work, configs);
        Kubeconfig.write(cluster.kubeconfig(), certificates, cluster.gateways().get("master-0").toString());
        Files.createDirectories(cluster.logs());
        for (String name : PROCESSES) {
            cluster.launch(name);
        }
        return cluster;
    }

    private static Map<String, ProcessConfig> configs(Lab lab, Path work, Path pki) {
        Map<String, Integer> hazelcast = new LinkedHashMap<>();
        PROCESSES.forEach(name -> hazelcast.put(name, lab.freePort(name)));
        List<String> members = PROCESSES.stream().map(name -> lab.address(name) + ":" + hazelcast.get(name)).toList();
        List<ProcessConfig.Peer> peers = MASTERS.stream()
                .map(name -> new ProcessConfig.Peer(name, lab.address(name), lab.freePort(name))).toList();
        List<ProcessConfig.NodeConfiguration> nodes = new ArrayList<>();
        for (int node = 0; node < NODE_COUNT; node++) {
            nodes.add(new ProcessConfig.NodeConfiguration("node-" + node, node, "simulated"));
        }
        Map<String, ProcessConfig> configs = new LinkedHashMap<>();
        String api = "";
        for (String name : PROCESSES) {
            boolean master = MASTERS.contains(name);
            int gateway = lab.freePort(name);
            api = api.isEmpty() ? "https://" + lab.address(name) + ":" + gateway : api;
            configs.put(name, new ProcessConfig(name,
                    master ? ProcessConfig.MASTER_SERVICES : List.of(ProcessConfig.NODE), lab.address(name), gateway,
                    lab.freePort(name), true, Optional.ofNullable(hazelcast.get(name)).orElseThrow(),
                    lab.freePort(name), members,
                    new ProcessConfig.StateConfiguration("raft", lab.disk(name).resolve("state").toString(), peers),
                    master ? List.of() : nodes, api, pki.toString(), lab.disk(name).resolve("pods").toString(),
                    ProcessConfig.StopConfiguration.AT_ONCE, ProcessConfig.EventsConfiguration.NONE));
        }
        return configs;
    }

    private void launch(String name) throws IOException {
        Path config = work.resolve(name + ".json");
        ClusterFile.writeConfig(config, config(name));
        Path temporary = Files.createDirectories(work.resolve("tmp").resolve(name));
        List<String> command = new ArrayList<>(lab.enter(name));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-Dxebec.log=" + logs().resolve(name + ".log"), "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "run", "--config", config.toString(),
                "--end-with-parent"));
        processes.put(name,
                new SupervisedProcess(name, command, lab.environment(name), logs().resolve(name + ".out")));
    }

    /** The administrator's; its server is one of the gateways. */
    public Path kubeconfig() {
        return work.resolve("kubeconfig");
    }

    /** Each master's own gateway, by the master's name. */
    public Map<String, URI> gateways() {
        Map<String, URI> gateways = new LinkedHashMap<>();
        for (String name : MASTERS) {
            gateways.put(name, URI.create("https://" + config(name).host() + ":" + config(name).gatewayPort()));
        }
        return gateways;
    }

    /** Where the processes' logs are: {@code NAME.log}, and what the JVM itself said in {@code NAME.out}. */
    public Path logs() {
        return work.resolve("logs");
    }

    Lab lab() {
        return lab;
    }

    SupervisedProcess process(String name) {
        return Optional.ofNullable(processes.get(name)).orElseThrow();
    }

    private ProcessConfig config(String name) {
        return Optional.ofNullable(configs.get(name)).orElseThrow();
    }

    /** The master that says that it leads, where one can be asked and does. */
    public Optional<String> leader() {
        return MASTERS.stream().filter(name -> status(name).path("leader").asBoolean()).findFirst();
    }

    /** What a process says of itself; an empty object where it does not answer. */
    public JsonNode status(String process) {
        ProcessConfig config = config(process);
        URI page = URI.create("http://" + config.host() + ":" + config.healthPort() + "/statusz");
        try {
            return MAPPER.readTree(http.send(HttpRequest.newBuilder(page).timeout(ANSWER_PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (IOException silent) {
            return MAPPER.createObjectNode();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return MAPPER.createObjectNode();
        }
    }

    /** What keeps the cluster from being as good as new; empty when it is. */
    public String unsettled() {
        List<String> troubles = new ArrayList<>();
        int leaders = 0;
        for (String name : PROCESSES) {
            JsonNode status = status(name);
            leaders += status.path("leader").asBoolean() ? 1 : 0;
            if (!status.path("ready").asBoolean()) {
                troubles.add(name + " is not ready: " + status.path("detail").asText("no answer"));
            }
        }
        if (leaders != 1) {
            troubles.add(leaders + " leaders");
        }
        return String.join("; ", troubles);
    }

    /** The last lines of every log. */
    public String lastWords(int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(logs())) {
            for (Path file : files.sorted().toList()) {
                List<String> all = Files.readAllLines(file);
                text.append("--- ").append(file.getFileName()).append('\n')
                        .append(String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size())))
                        .append('\n');
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws InterruptedException {
        for (SupervisedProcess process : List.copyOf(processes.values()).reversed()) {
            process.stop();
        }
        http.close();
    }
}
