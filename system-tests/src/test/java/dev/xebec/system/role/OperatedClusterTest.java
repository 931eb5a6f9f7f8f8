package dev.xebec.system.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.model.object.Json;
import dev.xebec.server.check.AdminConnection;
import dev.xebec.simulator.history.History;
import dev.xebec.simulator.history.HistoryFile;
import dev.xebec.simulator.history.HistoryReport;
import dev.xebec.system.TestCluster;
import dev.xebec.system.Waiting;
import dev.xebec.system.client.ClientFleet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docs/operate} says of members and of upgrades, done to real processes while recorded clients work: every replica of the state
 * gets another disk, and then every process another build, one after the other. Nothing that a client asks may fail.
 *
 * <p>{@code -Dxebec.upgrade.from=DIR} starts with another build than this checkout's, such as an earlier one's
 * {@code xebec-server/target/dist}; then this checkout's is the next.
 */
@Timeout(900)
class OperatedClusterTest {
    private static final String FROM = System.getProperty("xebec.upgrade.from", "");
    private static final String NEXT = "0.1.1-next";
    private static final String APPLIED = "xebec_state_applied_revision";
    private static final int NODES = 4;
    /** Of schedulers and controllers each; with one, work waits while it is upgraded, and nothing fails. */
    private static final int WORKERS = Integer.getInteger("xebec.upgrade.workers", 1);
    private static final Map<String, Integer> OTHERS = new TreeMap<>(Map.of(RoleCluster.GATEWAY, 2,
            RoleCluster.SCHEDULER, WORKERS, RoleCluster.CONTROLLER, WORKERS, RoleCluster.NODE, 1));
    /** As {@code docs/operate/upgrade.md} has it. */
    private static final List<String> ORDER = List.of(RoleCluster.STATE, RoleCluster.GATEWAY, RoleCluster.CONTROLLER,
            RoleCluster.SCHEDULER, RoleCluster.NODE);

    @TempDir
    private Path work;

    @Test
    void nothingIsLostWhileDisksAreReplacedAndEveryProcessGetsAnotherBuild() throws Exception {
        assumeFalse(TestCluster.onEtcd(), "etcd's members are changed with etcd's own tools");
        try (Build build = FROM.isEmpty() ? Build.current() : Build.in(Path.of(FROM));
                Build next = FROM.isEmpty() ? Build.named(NEXT) : Build.current();
                RoleCluster cluster = RoleCluster.start(work, build, OTHERS, NODES)) {
            try (ClientFleet fleet = ClientFleet.start(Map.of("entrance", cluster.api()), cluster.kubeconfig(), 1)) {
                Steps steps = new Steps(fleet);
                replaceDisks(cluster, build, steps);
                for (String role : ORDER) {
                    for (RoleProcess process : cluster.all(role)) {
                        upgrade(cluster, process, next, steps);
                    }
                }
                judge(cluster, fleet, steps);
            } catch (Exception | AssertionError failure) {
                System.out.print(cluster.lastWords());
                throw failure;
            }
            compareDisks(cluster);
        }
    }

    /** A fourth replica, then each of the first three gone or back with an empty folder, one of them while it leads. */
    private static void replaceDisks(RoleCluster cluster, Build build, Steps steps) throws Exception {
        RoleProcess fourth = cluster.joining("state-3");
        awaitUnready(fourth, "waits to be added");
        awaitHealth(cluster, fourth, "NotReady");
        steps.take("add state-3", () -> change(cluster, "add", cluster.peer(fourth)));
        awaitMembers(cluster, "state-0", "state-1", "state-2", "state-3");
        awaitHealth(cluster, fourth, "Healthy");

        RoleProcess leader = cluster.leader();
        List<RoleProcess> first = cluster.all(RoleCluster.STATE).stream().filter(replica -> replica != fourth).toList();
        RoleProcess follower = first.stream().filter(replica -> replica != leader).findFirst().orElseThrow();
        renew(cluster, follower, build, steps);
        RoleProcess leading = cluster.leader();
        renew(cluster, leading, build, steps);
        RoleProcess old = first.stream().filter(replica -> replica != follower && replica != leading).findFirst()
                .orElseThrow();
        steps.take("remove " + old.name() + leads(old), () -> change(cluster, "remove", old.name()));
        awaitUnready(old, "none of the replicas");
        awaitHealth(cluster, old, "NotReady");
        old.stop();
        awaitHealth(cluster, old, "Lost");
    }

    /** As for a disk that was lost, but for the loss. */
    private static void renew(RoleCluster cluster, RoleProcess replica, Build build, Steps steps) throws Exception {
        steps.take("remove " + replica.name() + leads(replica), () -> change(cluster, "remove", replica.name()));
        awaitUnready(replica, "none of the replicas");
        replica.stop();
        delete(cluster.state(replica.name()));
        replica.start(build, "--state-join", "true");
        awaitUnready(replica, "waits to be added");
        steps.take("add " + replica.name() + " with an empty folder",
                () -> change(cluster, "add", cluster.peer(replica)));
        Waiting.until(replica.name(), replica::unready);
    }

    private static String leads(RoleProcess replica) {
        return replica.metric("xebec_state_is_leader") > 0 ? ", the leader" : "";
    }

    private static void change(RoleCluster cluster, String what, String which) throws Exception {
        Xebec.Said said = cluster.state(what, which);
        assertThat(said.code()).as("state " + what + " " + which + ": " + said.out() + said.err()).isZero();
    }

    private static void awaitUnready(RoleProcess replica, String why) throws InterruptedException {
        Waiting.until(replica.name() + " to say that it " + why, () -> {
            String said = replica.unready();
            return said.contains(why) ? "" : "it says \"" + said + "\"";
        });
    }

    private static void awaitMembers(RoleCluster cluster, String... names) throws Exception {
        Xebec.Said said = cluster.state("members", "-o", "json");
        assertThat(said.code()).as(said.err()).isZero();
        JsonNode members = Json.parse(said.out().getBytes(StandardCharsets.UTF_8)).path("replicas");
        assertThat(members.valueStream().map(member -> member.path("name").asText())).containsExactly(names);
        Waiting.until(names.length + " voters", () -> cluster.all(RoleCluster.STATE).stream()
                .filter(RoleProcess::ready).allMatch(replica -> replica.metric("xebec_state_voters") == names.length)
                        ? ""
                        : "others");
    }

    /** What {@code kubectl get masters} shows of a replica. */
    private static void awaitHealth(RoleCluster cluster, RoleProcess replica, String health) throws Exception {
        try (AdminConnection connection = new AdminConnection(Files.readAllBytes(cluster.kubeconfig()))) {
            Waiting.until(replica.name() + " to be shown as " + health, () -> {
                try {
                    String shown = connection.get(cluster.api(), "/apis/cluster.xebec.dev/v1alpha1/masters/"
                            + replica.name() + "." + RoleCluster.STATE).path("status").path("health").asText();
                    return shown.equals(health) ? "" : shown;
                } catch (IOException unanswered) {
                    return unanswered.getMessage();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return "interrupted";
                }
            });
        }
    }

    /** SIGTERM, and the next build in its place; a replica has to have by then what the others have. */
    private static void upgrade(RoleCluster cluster, RoleProcess process, Build next, Steps steps) throws Exception {
        steps.take("next build of " + process.name() + leads(process), () -> {
            process.stop();
            process.start(next);
            Waiting.until(process.name(), process::unready);
            double newest = cluster.all(RoleCluster.STATE).stream()
                    .mapToDouble(replica -> replica.metric(APPLIED)).max().orElse(0);
            Waiting.until(process.name() + " to catch up", () -> !process.role().equals(RoleCluster.STATE)
                    || process.metric(APPLIED) >= newest ? "" : "it is behind " + newest);
        });
    }

    private static void judge(RoleCluster cluster, ClientFleet fleet, Steps steps) throws Exception {
        for (RoleProcess process : cluster.running()) {
            assertThat(process.page("/metrics").body()).as(process.name())
                    .containsPattern("xebec_build_info\\{[^}]*version=\"" + (FROM.isEmpty() ? NEXT : "[0-9.]+") + "\"");
        }
        History history = fleet.stop();
        HistoryReport report = HistoryReport.check(history, fleet.finalState());
        System.out.println(report);
        System.out.println(steps.figures(history));
        if (!report.good()) {
            HistoryFile.write(Path.of("target", "operated-cluster.jsonl"), history);
        }
        assertThat(report.violations()).isEmpty();
        assertThat(fleet.troubles()).as("requests that failed").isEmpty();
        assertThat(Steps.cut(history)).as("watches that broke off").isEmpty();
        assertThat(cluster.check()).allSatisfy(finding -> assertThat(finding.violations()).as(finding.what())
                .isEmpty());
        assertThat(cluster.all(RoleCluster.STATE)).hasSize(RoleCluster.FIRST);
    }

    /** All replicas have the same on their disks, whichever build wrote it there. */
    private static void compareDisks(RoleCluster cluster) throws Exception {
        List<RoleProcess> replicas = cluster.all(RoleCluster.STATE);
        double common = replicas.stream().mapToDouble(replica -> replica.metric(APPLIED)).min().orElseThrow();
        cluster.stop();
        List<KeyValue> expected = List.of();
        for (RoleProcess replica : replicas) {
            try (StoredState state = StoredState.open(cluster.state(replica.name()))) {
                assertThat(state.revision()).as(replica.name()).isGreaterThanOrEqualTo((long) common);
                List<KeyValue> found = state.at((long) common);
                assertThat(found).as(replica.name()).isNotEmpty();
                expected = expected.isEmpty() ? found : expected;
                assertThat(found).as(replica.name()).isEqualTo(expected);
            }
        }
        System.out.printf("%d replicas have the same %d keys at revision %.0f on their disks%n", replicas.size(),
                expected.size(), common);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
