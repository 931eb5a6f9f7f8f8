package dev.xebec.system.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.xebec.server.check.AdminConnection;
import dev.xebec.server.check.ClusterCheck;
import dev.xebec.simulator.history.History;
import dev.xebec.simulator.history.HistoryFile;
import dev.xebec.simulator.history.HistoryReport;
import dev.xebec.system.Waiting;
import dev.xebec.system.client.ClientFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole Compose cluster from nothing, and what a user does to it and what happens to it while clients work. Run by {@code
 * -Pcompose}, as root, with docker.io, docker-compose and debootstrap installed; see {@code docs/operate/compose.md}.
 */
class ComposeTest {
    private static final boolean WANTED = Boolean.getBoolean("xebec.compose");
    private static final Map<String, Integer> USUAL = Map.of("state-service", 3, "api-gateway", 2, "scheduler-service",
            2, "controller-service", 2, "task-events", 1, "node-agent", 2);
    /** One after the other; what is scaled stays until the end of the row. */
    private static final List<Map.Entry<String, Integer>> EACH = List.of(Map.entry("api-gateway", 3),
            Map.entry("scheduler-service", 3), Map.entry("controller-service", 3), Map.entry("node-agent", 3));
    /** At once, as the README has it. */
    private static final Map<String, Integer> TOGETHER = Map.of("api-gateway", 4, "scheduler-service", 3, "node-agent",
            5);
    /** Two of different kinds each, so that every service is struck and never alone. */
    private static final List<List<String>> STRUCK = List.of(List.of("state-service-0", "api-gateway"),
            List.of("scheduler-service", "node-agent"), List.of("controller-service", "kafka"),
            List.of("haproxy", "task-events"));
    private static final int SOME = 30;
    private static final int ROOM = 5;
    private static final long SLOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** All that is done, in this order; fewer of them for a closer look. */
    private static final List<String> STEPS = List
            .of(System.getProperty("xebec.compose.steps", "scale,kill,cut,restart,renew,upgrade,daemon,together,etcd")
                    .split(","));

    private static final Path WORK = Path.of("target", "compose").toAbsolutePath();

    @SuppressWarnings("NullAway.Init") // Made before all tests.
    private static DockerDaemon daemon;
    @SuppressWarnings("NullAway.Init")
    private static Images images;

    /** What happens to a cluster while clients work. */
    private interface Story {
        void happens(Steps steps) throws Exception;
    }

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(WANTED, "asked for by -Pcompose");
        Files.createDirectories(WORK);
        daemon = DockerDaemon.find(WORK);
        images = Images.build(daemon);
    }

    @AfterAll
    static void clear() throws Exception {
        try (DockerDaemon last = daemon; Images made = images) {
            System.out.println("images and daemon of " + (made == null ? "nothing" : made.name()) + " go"
                    + (last == null ? ", and there was none" : ""));
        }
    }

    @Test
    @Timeout(3_600)
    void nothingIsLostWhateverIsScaledKilledCutOffOrRestarted() throws Exception {
        onACluster(Map.of(), steps -> {
            for (String step : STEPS) {
                take(step, steps);
            }
            // What the clients ask for has to fit somewhere before everything can come to rest.
            steps.scale(Map.of("node-agent", ROOM));
        });
    }

    @Test
    @Timeout(1_800)
    void nothingIsLostOnEtcdWhicheverMemberIsKilled() throws Exception {
        assumeTrue(STEPS.contains("etcd"), "not among the steps");
        Map<String, String> etcd = Map.of("COMPOSE_PROFILES", "etcd", "XEBEC_STORE",
                "etcd=http://etcd-0:2379,http://etcd-1:2379,http://etcd-2:2379");
        onACluster(etcd, steps -> {
            // Whoever leads is one of them.
            for (String member : List.of("etcd-0", "etcd-1", "etcd-2")) {
                steps.kill(List.of(member));
            }
            steps.kill(List.of("state-service-0", "api-gateway"));
            steps.scale(Map.of("node-agent", ROOM));
        });
    }

    private void onACluster(Map<String, String> environment, Story story) throws Exception {
        try (ComposeProject project = ComposeProject.of(images, WORK, environment)) {
            try {
                project.up(Map.of());
                Waiting.until("the kubeconfig", () -> Files.exists(project.kubeconfig()) ? "" : "there is none");
                try (ClusterState state = new ClusterState(project.kubeconfig())) {
                    Waiting.until("the cluster from nothing", () -> state.unlike(USUAL));
                    try (ClientFleet fleet = ClientFleet.start(Map.of("haproxy", project.api()), project.kubeconfig(),
                            1)) {
                        story.happens(new Steps(project, state, fleet));
                        System.out.println("spread of the work: " + state.spread());
                        judge(project, fleet);
                    }
                }
            } catch (Exception | AssertionError failure) {
                project.lastWords();
                throw failure;
            }
        }
    }

    private static void take(String step, Steps steps) throws InterruptedException {
        switch (step) {
            case "scale" -> {
                Map<String, Integer> numbers = new TreeMap<>();
                for (Map.Entry<String, Integer> more : EACH) {
                    numbers.put(more.getKey(), more.getValue());
                    steps.scale(numbers);
                }
                steps.scale(Map.of());
            }
            case "together" -> {
                steps.scale(TOGETHER);
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
            case "restart" -> steps.all("restart of every container",
                    project -> project.compose("restart", "-t", "20"));
            case "renew" -> steps.all("every container made anew", project -> {
                project.compose("down", "-t", "20");
                project.up(Map.of());
            });
            case "upgrade" -> {
                String next = images.next();
                steps.all("rolling upgrade of every service", project -> project.upgrade(next));
                USUAL.keySet().stream().filter(service -> !service.equals("state-service"))
                        .forEach(service -> assertThat(steps.project().images(service)).as(service)
                                .containsOnly(next));
            }
            case "daemon" -> {
                if (daemon.own()) {
                    steps.all("restart of the Docker daemon", project -> restart());
                }
            }
            case "etcd" -> System.out.println("etcd has a cluster of its own");
            default -> throw new IllegalArgumentException("there is no step " + step);
        }
    }

    private static void restart() {
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
            HistoryFile.write(WORK.resolve("history.jsonl"), history);
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

        void all(String what, Consumer<ComposeProject> change) throws InterruptedException {
            settle(what, USUAL, () -> change.accept(project));
        }

        private void settle(String what, Map<String, Integer> expected, Runnable change) throws InterruptedException {
            long begun = System.nanoTime();
            change.run();
            long changed = System.nanoTime();
            AtomicReference<String> told = new AtomicReference<>("");
            Waiting.until(what, () -> {
                state.forgetWhoLeft();
                String troubles = troubles(expected);
                if (!told.getAndSet(troubles).equals(troubles) && !troubles.isEmpty()) {
                    System.out.printf("  %.1f s: %s%n", (System.nanoTime() - changed) / 1e9, troubles);
                }
                return troubles;
            });
            long well = System.nanoTime();
            if (well - changed > SLOW_NANOS) {
                System.out.println(what + " was slow; what was logged is in " + project.keepLogs(what));
            }
            goOn();
            System.out.printf("%s: took %.1f s, and all was well %.1f s later; work is spread as %s%n", what,
                    (changed - begun) / 1e9, (well - changed) / 1e9, state.spread());
        }

        /** By what the cluster says of itself, and then by the health checks of its containers. */
        private String troubles(Map<String, Integer> expected) {
            String unlike = state.unlike(expected);
            List<String> unhealthy = unlike.isEmpty() ? project.unhealthy() : List.of();
            return unhealthy.isEmpty() ? unlike : "not healthy: " + String.join(", ", unhealthy);
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
