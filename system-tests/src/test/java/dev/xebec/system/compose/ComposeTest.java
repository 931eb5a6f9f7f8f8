package dev.xebec.system.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.xebec.server.check.AdminConnection;
import dev.xebec.server.check.ClusterCheck;
import dev.xebec.simulator.history.History;
import dev.xebec.simulator.history.HistoryFile;
import dev.xebec.simulator.history.HistoryReport;
import dev.xebec.system.client.ClientFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole Compose cluster from nothing, and what a user does to it and what happens to it while clients work. Run by {@code
 * -Pcompose}, as root, with docker.io, docker-compose and debootstrap installed; see {@code docs/operate/compose.md}.
 */
class ComposeTest {
    private static final boolean WANTED = Boolean.getBoolean("xebec.compose");
    private static final int GATEWAYS = Integer.getInteger("xebec.compose.gateways", 3);
    private static final int NODES = Integer.getInteger("xebec.compose.nodes", 3);
    private static final Map<String, Integer> USUAL = Map.of("state-service", 3, "api-gateway", 2, "scheduler-service",
            2, "controller-service", 2, "task-events", 1, "node-agent", 2);
    /** Each of them alone, then what is scaled stays until the end of the row. */
    private static final List<Map.Entry<String, Integer>> MORE = List.of(Map.entry("api-gateway", GATEWAYS),
            Map.entry("scheduler-service", 3), Map.entry("controller-service", 3), Map.entry("node-agent", NODES));
    /** Two of different kinds each, so that every service is struck and never alone. */
    private static final List<List<String>> STRUCK = List.of(List.of("state-service-0", "api-gateway"),
            List.of("scheduler-service", "node-agent"), List.of("controller-service", "kafka"),
            List.of("haproxy", "task-events"));
    private static final int SOME = 30;
    private static final int ROOM = 5;
    /** All that is done, in this order; fewer of them for a closer look. */
    private static final List<String> STEPS = List
            .of(System.getProperty("xebec.compose.steps", "scale,kill,cut,restart,renew,daemon").split(","));

    private final Path work = Path.of("target", "compose").toAbsolutePath();

    @Test
    @Timeout(3_600)
    void nothingIsLostWhateverIsScaledKilledCutOffOrRestarted() throws Exception {
        assumeTrue(WANTED, "asked for by -Pcompose");
        Files.createDirectories(work);
        try (DockerDaemon daemon = DockerDaemon.find(work);
                ComposeProject project = ComposeProject.build(daemon, work)) {
            try {
                judge(daemon, project);
            } catch (Exception | AssertionError failure) {
                project.lastWords();
                throw failure;
            }
        }
    }

    private void judge(DockerDaemon daemon, ComposeProject project) throws Exception {
        project.up(Map.of());
        Waiting.until("the kubeconfig", () -> Files.exists(project.kubeconfig()) ? "" : "there is none");
        try (ClusterState state = new ClusterState(project.kubeconfig())) {
            Waiting.until("the cluster from nothing", () -> state.unlike(USUAL));
            try (ClientFleet fleet = ClientFleet.start(Map.of("haproxy", project.api()), project.kubeconfig(), 1)) {
                Steps steps = new Steps(project, state, fleet);
                for (String step : STEPS) {
                    take(step, steps, daemon, project);
                }
                // What the clients ask for has to fit somewhere before everything can come to rest.
                steps.scale(Map.of("node-agent", ROOM));
                System.out.println("spread of the work: " + state.spread());
                judge(project, fleet);
            }
        }
    }

    private static void take(String step, Steps steps, DockerDaemon daemon, ComposeProject project)
            throws InterruptedException {
        switch (step) {
            case "scale" -> {
                Map<String, Integer> numbers = new TreeMap<>();
                for (Map.Entry<String, Integer> more : MORE) {
                    numbers.put(more.getKey(), more.getValue());
                    steps.scale(numbers);
                }
                steps.scale(Map.of());
            }
            case "kill" -> {
                for (List<String> services : STRUCK) {
                    steps.kill(services);
                }
            }
            case "cut" -> {
                steps.cutOff("state-service-1");
                steps.cutOff("api-gateway");
            }
            case "restart" -> steps.all("restart of every container", () -> project.compose("restart", "-t", "20"));
            case "renew" -> steps.all("every container made anew", () -> {
                project.compose("down", "-t", "20");
                project.up(Map.of());
            });
            case "daemon" -> {
                if (daemon.own()) {
                    steps.all("restart of the Docker daemon", () -> restart(daemon));
                }
            }
            default -> throw new IllegalArgumentException("there is no step " + step);
        }
    }

    private static void restart(DockerDaemon daemon) {
        try {
            daemon.restart();
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException("the daemon does not come back", failed);
        }
    }

    private void judge(ComposeProject project, ClientFleet fleet) throws Exception {
        History history = fleet.stop();
        HistoryReport report = HistoryReport.check(history, fleet.finalState());
        System.out.println(report);
        if (!report.good()) {
            HistoryFile.write(work.resolve("history.jsonl"), history);
        }
        assertThat(report.violations()).isEmpty();
        try (AdminConnection connection = new AdminConnection(Files.readAllBytes(project.kubeconfig()))) {
            assertThat(new ClusterCheck(connection, Map.of("haproxy", project.api())).run())
                    .allSatisfy(finding -> assertThat(finding.violations()).as(finding.what()).isEmpty());
        }
    }

    /** What is done to the cluster, each until everything is well again and clients have gone on. */
    private record Steps(ComposeProject project, ClusterState state, ClientFleet fleet) {

        void scale(Map<String, Integer> numbers) throws InterruptedException {
            Map<String, Integer> expected = new TreeMap<>(USUAL);
            expected.putAll(numbers);
            settle(numbers.isEmpty() ? "scaling back" : "scaling to " + numbers, expected, () -> project.up(numbers));
        }

        void kill(List<String> services) throws InterruptedException {
            List<String> victims = services.stream().map(service -> project.containers(service).get(0)).toList();
            settle("docker kill of " + services, USUAL, () -> {
                victims.forEach(victim -> project.docker("kill", victim));
                // Through the balancer alone do clients reach anything.
                if (!services.contains("haproxy")) {
                    goOn();
                }
                victims.forEach(victim -> project.docker("start", victim));
            });
        }

        void cutOff(String service) throws InterruptedException {
            String victim = project.containers(service).get(0);
            settle(service + " off the network and back", USUAL, () -> {
                project.disconnect(victim);
                goOn();
                project.connect(victim, service);
            });
        }

        void all(String what, Runnable change) throws InterruptedException {
            settle(what, USUAL, change);
        }

        private void settle(String what, Map<String, Integer> expected, Runnable change) throws InterruptedException {
            long begun = System.nanoTime();
            change.run();
            long changed = System.nanoTime();
            Waiting.until(what, () -> {
                state.forgetWhoLeft();
                return state.unlike(expected);
            });
            long well = System.nanoTime();
            goOn();
            System.out.printf("%s: took %.1f s, and all was well %.1f s later; work is spread as %s%n", what,
                    (changed - begun) / 1e9, (well - changed) / 1e9, state.spread());
        }

        /** Writes are still acknowledged. */
        private void goOn() {
            long before = fleet.acknowledgedWrites();
            try {
                Waiting.until("more writes", () -> fleet.acknowledgedWrites() > before + SOME ? "" : "too few");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", stopped);
            }
        }
    }
}
