package dev.xebec.system.role;

import dev.xebec.server.check.AdminConnection;
import dev.xebec.server.check.ClusterCheck;
import dev.xebec.system.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster whose services run in processes of their own on this machine: three state replicas and room for more, two gateways behind an
 * {@link Entrance}, and what else is asked for.
 */
final class RoleCluster implements AutoCloseable {
    static final String STATE = "state-service";
    static final String GATEWAY = "api-gateway";
    static final String SCHEDULER = "scheduler-service";
    static final String CONTROLLER = "controller-service";
    static final String NODE = "node-agent";
    /** Its Kafka is not there, for which nothing waits. */
    static final String EVENTS = "task-events";
    /** The first replicas of the state. */
    static final int FIRST = 3;
    /** Longer than any client of ours is idle between two requests. */
    private static final String DRAIN = "1500ms";
    private static final int MOST = 16;

    private final Path work;
    private final Build build;
    /** The last ones are the entrance's. */
    private final int block = Ports.block(MOST + 1);
    private final Map<String, RoleProcess> processes = new LinkedHashMap<>();
    private final Entrance entrance;
    /** Nobody else would end them if this JVM has to end in the middle. */
    private final Thread atExit = new Thread(this::endAll, "end role processes");

    private RoleCluster(Path work, Build build, Map<String, Integer> others, int nodes) {
        this.work = work;
        this.build = build;
        for (int at = 0; at < FIRST; at++) {
            add(STATE, "state-" + at, List.of("--state-peers", firstPeers()));
        }
        others.forEach((role, number) -> {
            for (int at = 0; at < number; at++) {
                add(role, role + "-" + at, switch (role) {
                    case NODE -> List.of("--runtime", "simulated", "--nodes", text(nodes));
                    case EVENTS -> List.of("--kafka", "127.0.0.1:" + Ports.of(block, MOST).health());
                    default -> List.of();
                });
            }
        });
        Runtime.getRuntime().addShutdownHook(atExit);
        entrance = new Entrance(Ports.of(block, MOST).first(), processes.values().stream()
                .filter(process -> process.role().equals(GATEWAY)).map(RoleProcess::ports).toList());
    }

    /**
     * Starts it and waits until all of it is ready.
     *
     * @param others how many of each further role
     * @param nodes simulated nodes of each node agent
     */
    static RoleCluster start(Path work, Build build, Map<String, Integer> others, int nodes)
            throws IOException, InterruptedException {
        RoleCluster cluster = new RoleCluster(work, build, others, nodes);
        try {
            Files.createDirectories(cluster.logs());
            Xebec.Said made = Xebec.run(build, List.of("pki", "--out", cluster.work.resolve("pki").toString(), "--host",
                    "127.0.0.1", "--server", cluster.api().toString(), "--kubeconfig",
                    cluster.kubeconfig().toString()));
            if (made.code() != 0) {
                throw new IllegalStateException("no certificates: " + made.err());
            }
            for (RoleProcess process : cluster.processes.values()) {
                cluster.launch(process);
            }
            cluster.awaitReady();
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | AssertionError failure) {
            System.out.print(cluster.lastWords());
            cluster.close();
            throw failure;
        }
    }

    /**
     * Returns once it is a member: many JVMs that start at once would take each other's processors until none is done in time. One that
     * gives up is started again, as whoever supervises it would.
     */
    private void launch(RoleProcess process) throws InterruptedException {
        process.start(build);
        Waiting.until(process.name() + " to be a member", () -> {
            if (!process.runs()) {
                process.start(build);
            }
            return process.lives() ? "" : "it does not answer";
        });
    }

    private RoleProcess add(String role, String name, List<String> more) {
        Ports ports = Ports.of(block, processes.size());
        List<String> settings = new ArrayList<>(List.of("--name", name, "--pki",
                work.resolve("pki").resolve(role.equals(GATEWAY) ? "gateway" : "member").toString(), "--data",
                work.resolve("data").toString(), "--health-port", text(ports.health()), "--hazelcast-port",
                text(ports.hazelcast()), "--bus-port", text(ports.bus()), "--members", seeds(), "--drain", DRAIN));
        if (role.equals(GATEWAY)) {
            settings.addAll(List.of("--gateway-port", text(ports.gateway())));
        }
        settings.addAll(more);
        RoleProcess process = new RoleProcess(role, name, ports, settings, logs().resolve(name + ".log"));
        processes.put(name, process);
        return process;
    }

    /** One more replica of the state, with an empty folder; it is started, and waits to be added. */
    RoleProcess joining(String name) {
        Ports ports = Ports.of(block, processes.size());
        RoleProcess process = add(STATE, name,
                List.of("--state-peers", name + "=127.0.0.1:" + ports.raft(), "--state-join", "true"));
        process.start(build);
        return process;
    }

    /** Where the first replicas are, as {@code state-peers} wants it. */
    private String firstPeers() {
        return IntStream.range(0, FIRST).mapToObj(at -> "state-" + at + "=127.0.0.1:" + Ports.of(block, at).raft())
                .collect(Collectors.joining(","));
    }

    private String seeds() {
        return IntStream.range(0, FIRST).mapToObj(at -> "127.0.0.1:" + Ports.of(block, at).hazelcast())
                .collect(Collectors.joining(","));
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    private Path logs() {
        return work.resolve("logs");
    }

    Path kubeconfig() {
        return work.resolve("kubeconfig");
    }

    /** A replica's folder. */
    Path state(String name) {
        return work.resolve("data").resolve("state").resolve(name);
    }

    /** Where clients find the API. */
    URI api() {
        return entrance.api();
    }

    /** Each gateway's own address. */
    Map<String, URI> gateways() {
        Map<String, URI> gateways = new LinkedHashMap<>();
        all(GATEWAY).forEach(gateway -> gateways.put(gateway.name(),
                URI.create("https://127.0.0.1:" + gateway.ports().gateway())));
        return gateways;
    }

    RoleProcess process(String name) {
        RoleProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return process;
    }

    /** Running processes of a role. */
    List<RoleProcess> all(String role) {
        return processes.values().stream().filter(process -> process.role().equals(role) && process.runs()).toList();
    }

    List<RoleProcess> running() {
        return processes.values().stream().filter(RoleProcess::runs).toList();
    }

    /** The replica that leads; waits for one. */
    RoleProcess leader() throws InterruptedException {
        List<RoleProcess> found = new ArrayList<>();
        Waiting.until("a leader", () -> {
            found.clear();
            all(STATE).stream().filter(replica -> replica.metric("xebec_state_is_leader") > 0).forEach(found::add);
            return found.size() == 1 ? "" : found.size() + " of them";
        });
        return found.getFirst();
    }

    void awaitReady() throws InterruptedException {
        Waiting.until("every process", () -> running().stream().map(RoleProcess::unready)
                .filter(why -> !why.isEmpty()).collect(Collectors.joining("; ")));
    }

    /** {@code xebec state WORDS}, as an administrator elsewhere would. */
    Xebec.Said state(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("state"));
        all.addAll(List.of(words));
        all.addAll(List.of("--kubeconfig", kubeconfig().toString()));
        return Xebec.run(build, all);
    }

    /** {@code NAME=HOST:PORT} of a replica. */
    String peer(RoleProcess replica) {
        return replica.name() + "=127.0.0.1:" + replica.ports().raft();
    }

    /** Everything that {@code xebec check} asks, of each gateway. */
    List<ClusterCheck.Finding> check() throws IOException, InterruptedException {
        try (AdminConnection connection = new AdminConnection(Files.readAllBytes(kubeconfig()))) {
            return new ClusterCheck(connection, gateways()).run();
        }
    }

    String lastWords() throws IOException {
        StringBuilder text = new StringBuilder();
        for (RoleProcess process : processes.values()) {
            text.append(process.lastWords(30));
        }
        return text.toString();
    }

    /** Ends everything; the replicas in good order, so that their folders hold all that they have applied. */
    void stop() throws InterruptedException {
        for (RoleProcess process : running()) {
            if (process.role().equals(STATE)) {
                process.askToStop();
            } else {
                process.kill();
            }
        }
        for (RoleProcess replica : all(STATE)) {
            replica.stop();
        }
    }

    @Override
    public void close() throws InterruptedException {
        endAll();
        entrance.close();
        boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void endAll() {
        for (RoleProcess process : processes.values()) {
            process.kill();
        }
    }
}
