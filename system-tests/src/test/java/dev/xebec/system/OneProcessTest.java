package dev.xebec.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer's first quarter of an hour: one process, the example, a rolling update, a restart. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
class OneProcessTest {
    @TempDir
    private static Path data;
    private static TestCluster cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void up() throws Exception {
        cluster = TestCluster.upWithKafka(data);
        client = cluster.client();
    }

    @AfterAll
    static void down() throws Exception {
        client.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void theNodeIsReadyAndMastersAreShown() throws Exception {
        TestCluster.awaitTrue("a ready node", () -> client.nodes().list().getItems().stream()
                .anyMatch(node -> node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"))));
        TestCluster.awaitTrue("masters", () -> client
                .genericKubernetesResources("cluster.xebec.dev/v1alpha1", "Master").list().getItems().size() == 5);
        assertThat(cluster.status().path("processes").get(0).path("healthy").asBoolean()).isTrue();
        assertThat(cluster.status().path("processes").get(0).path("leader").asBoolean())
                .as("leads, unless nobody does").isEqualTo(!TestCluster.onEtcd());
    }

    @Test
    @Order(2)
    void theExampleAnswersAtEachPodsAddress() throws Exception {
        client.load(Files.newInputStream(Path.of("..", "examples", "web.yaml"))).inNamespace("default").create();
        awaitAvailable(3);
        for (Pod pod : pods()) {
            assertThat(get(pod)).isEqualTo("Hello from Xebec, " + pod.getMetadata().getName()
                    + ". This line is a file from a ConfigMap.\n");
        }
        assertThat(client.pods().inNamespace("default").withName(pods().get(0).getMetadata().getName()).getLog())
                .contains("listening on");
        TestCluster.awaitTrue("endpoints", () -> client.discovery().v1().endpointSlices().inNamespace("default")
                .withLabel("kubernetes.io/service-name", "web").list().getItems().stream()
                .mapToInt(slice -> slice.getEndpoints().size()).sum() == 3);
    }

    @Test
    @Order(3)
    void aRollingUpdateReplacesEveryPod() throws Exception {
        List<String> before = pods().stream().map(pod -> pod.getMetadata().getUid()).toList();
        client.apps().deployments().inNamespace("default").withName("web").edit(deployment -> {
            deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv()
                    .add(new io.fabric8.kubernetes.api.model.EnvVar("VERSION", "2", null));
            return deployment;
        });
        TestCluster.awaitTrue("new pods only", () -> pods().size() == 3
                && pods().stream().noneMatch(pod -> before.contains(pod.getMetadata().getUid())));
        awaitAvailable(3);
    }

    @Test
    @Order(4)
    void scalingFollows() throws Exception {
        client.apps().deployments().inNamespace("default").withName("web").scale(1);
        TestCluster.awaitTrue("one pod", () -> pods().size() == 1);
    }

    @Test
    @Order(5)
    void everythingIsBackAfterDownAndUp() throws Exception {
        client.configMaps().inNamespace("default").resource(configMap("kept")).create();
        String uid = client.apps().deployments().inNamespace("default").withName("web").get().getMetadata().getUid();
        cluster.down();
        cluster.upAgain();
        ConfigMap kept = TestCluster.await("the ConfigMap",
                () -> client.configMaps().inNamespace("default").withName("kept").get());
        assertThat(kept.getData()).containsEntry("value", "kept");
        assertThat(client.apps().deployments().inNamespace("default").withName("web").get().getMetadata().getUid())
                .isEqualTo(uid);
        awaitAvailable(1);
        TestCluster.awaitTrue("an answering pod", () -> pods().size() == 1 && get(pods().get(0)).startsWith("Hello"));
    }

    @Test
    @Order(6)
    void everyAcknowledgedWriteIsBackAfterAPowerCut() throws Exception {
        for (int write = 0; write < 50; write++) {
            client.configMaps().inNamespace("default").resource(configMap("cut-" + write)).create();
        }
        cluster.killAll();
        cluster.upAgain();
        for (int write = 0; write < 50; write++) {
            assertThat(client.configMaps().inNamespace("default").withName("cut-" + write).get()).isNotNull();
        }
    }

    private static ConfigMap configMap(String name) {
        return new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().addToData("value", name).build();
    }

    private static List<Pod> pods() {
        return client.pods().inNamespace("default").withLabel("app", "web").list().getItems();
    }

    private static void awaitAvailable(int replicas) throws Exception {
        TestCluster.awaitTrue(replicas + " available replicas", () -> {
            Deployment web = client.apps().deployments().inNamespace("default").withName("web").get();
            if (web.getStatus() == null) {
                return false;
            }
            Integer available = web.getStatus().getAvailableReplicas();
            Integer updated = web.getStatus().getUpdatedReplicas();
            return web.getMetadata().getGeneration().equals(web.getStatus().getObservedGeneration())
                    && available != null && available == replicas && updated != null && updated == replicas;
        });
    }

    private static String get(Pod pod) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://" + pod.getStatus().getPodIP() + ":8080/"))
                        .timeout(Duration.ofSeconds(5)).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }
}
