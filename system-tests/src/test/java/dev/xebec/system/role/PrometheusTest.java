package dev.xebec.system.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.xebec.server.check.AdminConnection;
import dev.xebec.system.Waiting;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The alerts and the dashboard of {@code docs/operate} on the figures of a live cluster, from which first one and then two replicas are lost. */
@Timeout(900)
class PrometheusTest {
    private static final Path DOCS = Path.of("..", "docs", "operate");
    private static final Map<String, Integer> OTHERS = new TreeMap<>(Map.of(RoleCluster.GATEWAY, 1,
            RoleCluster.SCHEDULER, 1, RoleCluster.CONTROLLER, 1, RoleCluster.NODE, 1, RoleCluster.EVENTS, 1));
    /** What nobody may see of a cluster that is well, however slow its machine is. */
    private static final Set<String> NEVER = Set.of("XebecNoStateLeader", "XebecNoQuorumMargin", "XebecNoGateway",
            "XebecNoScheduler", "XebecNoController", "XebecReconcileFaults", "XebecNodesNotReady", "XebecProcessDown",
            "XebecServiceNotReady", "XebecMembersDisagree", "XebecCertificateEndsSoon", "XebecCertificateEnds");
    /** There once Kafka has been told something, and here is none. */
    private static final Set<String> OF_KAFKA = Set.of("xebec_task_events_published_total");
    private static final Pattern METRIC = Pattern
            .compile("\\b((?:xebec|apiserver|scheduler|workqueue|controller_runtime|process|jvm)_[a-z_]+)");

    @TempDir
    private Path work;

    @Test
    void alertsSayWhatIsLostAndEveryPanelHasData() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "prometheus"))),
                "prometheus is not on the PATH: alerts and dashboard are not tried with it");
        try (Build build = Build.current();
                RoleCluster cluster = RoleCluster.start(work, build, OTHERS, 2);
                AdminConnection admin = new AdminConnection(Files.readAllBytes(cluster.kubeconfig()));
                Prometheus prometheus = Prometheus.start(work.resolve("prometheus"), Ports.block(1),
                        cluster.running().stream().map(RoleProcess::ports).toList())) {
            work(cluster.kubeconfig());
            Set<String> silent = panels();
            Waiting.until("nothing to be amiss", () -> {
                refused(admin);
                listen(prometheus, silent);
                return amiss(prometheus, cluster);
            });
            assertThat(prometheus.rules()).hasSizeGreaterThan(20)
                    .allSatisfy(rule -> assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok"));
            for (String metric : used(prometheus)) {
                Waiting.until(metric, () -> answers(prometheus, "count(" + metric + ")") ? "" : "there is none");
            }

            loseAFollower(cluster);
            awaitAlert(prometheus, "XebecNoQuorumMargin", "pending");
            awaitAlert(prometheus, "XebecProcessDown", "pending");
            loseAFollower(cluster);
            awaitAlert(prometheus, "XebecNoStateLeader", "pending");
            Waiting.until("every panel to have data", () -> {
                refused(admin);
                listen(prometheus, silent);
                return silent.stream().filter(query -> OF_KAFKA.stream().noneMatch(query::contains))
                        .collect(Collectors.joining("; "));
            });
            awaitAlert(prometheus, "XebecNoStateLeader", "firing");
            System.out.println("with two of three replicas lost: " + prometheus.alerts());
        }
    }

    /** So that there is something to schedule. */
    private static void work(Path kubeconfig) throws IOException {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.fromKubeconfig(Files.readString(kubeconfig)))
                        .withConnectionTimeout(60_000).withRequestTimeout(60_000).build())
                .build()) {
            client.resource("""
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: work, namespace: default}
                    spec:
                      replicas: 4
                      selector: {matchLabels: {app: work}}
                      template:
                        metadata: {labels: {app: work}}
                        spec: {containers: [{name: main, image: none}]}
                    """).create();
        }
    }

    /** The questions of all panels, with what Grafana would put in. */
    private static Set<String> panels() throws IOException {
        Set<String> queries = new TreeSet<>();
        new ObjectMapper().readTree(DOCS.resolve("dashboard.json").toFile()).path("panels")
                .forEach(panel -> panel.path("targets").forEach(target -> queries.add(target.path("expr").asText()
                        .replace("$instance", ".*").replace("$__rate_interval", "20s"))));
        assertThat(queries).hasSizeGreaterThan(20).noneMatch(query -> query.contains("$"));
        return queries;
    }

    /** What all alerts ask for. */
    private static Set<String> used(Prometheus prometheus) throws IOException {
        return prometheus.rules().stream().flatMap(rule -> METRIC.matcher(rule.path("query").asText()).results())
                .map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Takes away the questions that have an answer by now. */
    private static void listen(Prometheus prometheus, Set<String> silent) {
        silent.removeIf(query -> answers(prometheus, query));
    }

    private static boolean answers(Prometheus prometheus, String query) {
        try {
            return !prometheus.query(query).isEmpty();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What is asked for and refused, by the client's fault and, without a majority, by the store's. */
    private static void refused(AdminConnection admin) {
        for (String path : List.of("/api/v1/namespaces/default/pods/none", "/api/v1/namespaces/default/pods")) {
            try {
                JsonNode unused = admin.send("GET", path, new byte[0]);
            } catch (IOException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What Prometheus sees amiss in a cluster of which nothing is lost; empty when it has seen every process and nothing else. */
    private static String amiss(Prometheus prometheus, RoleCluster cluster) {
        try {
            int seen = prometheus.query("up{job=\"xebec\"} == 1").size();
            Set<String> states = new TreeSet<>(prometheus.alerts().keySet());
            states.retainAll(NEVER);
            return seen == cluster.running().size() && states.isEmpty()
                    ? ""
                    : seen + " processes are seen, and " + states;
        } catch (IOException notYet) {
            return "no answer: " + notYet.getMessage();
        }
    }

    private static void loseAFollower(RoleCluster cluster) {
        List<RoleProcess> replicas = cluster.all(RoleCluster.STATE);
        replicas.stream().filter(replica -> replica.metric("xebec_state_is_leader") == 0).findFirst()
                .orElse(replicas.getFirst()).kill();
    }

    private static void awaitAlert(Prometheus prometheus, String alert, String state) throws InterruptedException {
        Waiting.until(alert + " to be " + state, () -> {
            try {
                Map<String, String> now = prometheus.alerts();
                return List.of(state, "firing").contains(now.getOrDefault(alert, "")) ? "" : "there are " + now;
            } catch (IOException silent) {
                return "no answer: " + silent.getMessage();
            }
        });
    }
}
