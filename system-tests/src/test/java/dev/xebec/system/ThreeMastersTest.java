package dev.xebec.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.state.etcd.EtcdMember;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three masters; each test loses something while clients write, watch and schedule. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(900)
class ThreeMastersTest {
    /** How long pods sleep: for ever, and told from others' by the number. */
    private static final String SECONDS = Long.toString(1_000_000_000L + ProcessHandle.current().pid());

    @TempDir
    private static Path data;
    private static TestCluster cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void up() throws Exception {
        cluster = TestCluster.up(data, "--masters", "3", "--nodes", "2");
        client = cluster.client();
        client.apps().deployments().inNamespace("default").resource(sleepers()).create();
        awaitRunning(4);
    }

    @AfterAll
    static void down() throws Exception {
        client.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void everyReplicaIsAtWork() throws Exception {
        TestCluster.awaitTrue("twelve masters' services", () -> client
                .genericKubernetesResources("cluster.xebec.dev/v1alpha1", "Master").list().getItems().size() == 12);
        // A process that has just started on a loaded machine may be slow to answer for once.
        TestCluster.awaitTrue("five healthy processes", () -> cluster.status().path("processes").valueStream()
                .filter(process -> process.path("healthy").asBoolean()).count() == 5);
    }

    @Test
    @Order(2)
    void losingTheLeaderLosesNothing() throws Exception {
        losingLosesNothing(cluster.leader(), "KILL", 6);
    }

    @Test
    @Order(3)
    void losingAFollowerLosesNothing() throws Exception {
        String leader = cluster.leader();
        losingLosesNothing(leader.equals("master-0") ? "master-1" : "master-0", "KILL", 3);
    }

    @Test
    @Order(4)
    void aLeaderThatHangsIsReplaced() throws Exception {
        losingLosesNothing(cluster.leader(), "STOP", 5);
    }

    @Test
    @Order(5)
    void aFollowerThatHangsIsNotWaitedFor() throws Exception {
        String leader = cluster.leader();
        losingLosesNothing(leader.equals("master-2") ? "master-1" : "master-2", "STOP", 4);
    }

    @Test
    @Order(6)
    void podsOutliveTheirAgent() throws Exception {
        Map<String, String> before = containers();
        long processes = podProcesses();
        long pid = pid("node-0");
        cluster.signal("node-0", "KILL");
        awaitBack("node-0", pid);
        assertSame(before, processes);
    }

    @Test
    @Order(7)
    void everythingIsBackAfterAPowerCut() throws Exception {
        Map<String, String> before = containers();
        long processes = podProcesses();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> write("power-cut-", acknowledged, stop));
        TestCluster.awaitTrue("writes", () -> acknowledged.size() > 50);
        cluster.killAll();
        stop.set(true);
        cluster.upAgain();
        writer.join();
        assertEverywhere(acknowledged);
        assertSame(before, processes);
    }

    @Test
    @Order(8)
    void losingEtcdsLeaderLosesNothing() throws Exception {
        Assumptions.assumeTrue(TestCluster.onEtcd(), "the store is not etcd");
        EtcdMember leader = cluster.etcdLeader();
        losingLosesNothing("etcd-", 4, leader::kill, newest -> {
            leader.start();
            leader.awaitHealth();
        });
    }

    private static void losingLosesNothing(String master, String signal, int replicas) throws Exception {
        long pid = pid(master);
        String address = cluster.process(master).path("address").asText();
        boolean stops = signal.equals("STOP");
        losingLosesNothing(master + "-" + signal.toLowerCase(java.util.Locale.ROOT) + "-", replicas,
                () -> cluster.signal(master, signal), newest -> {
                    if (stops) {
                        goOnWithAReadWaiting(pid, address, newest);
                    }
                    awaitBack(master, stops ? 0 : pid);
                });
    }

    private interface Loss {
        void strike() throws Exception;
    }

    private interface Healing {
        /** @param newest name of the last object that was acknowledged meanwhile */
        void heal(String newest) throws Exception;
    }

    /** Loses something while a writer, an informer and a scaled Deployment are at work; then all has to be there. */
    private static void losingLosesNothing(String prefix, int replicas, Loss loss, Healing healing) throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Map<String, Integer> added = new ConcurrentHashMap<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (SharedIndexInformer<ConfigMap> informer = watch(prefix, added)) {
            Thread writer = Thread.ofPlatform().start(() -> write(prefix, acknowledged, stop));
            TestCluster.awaitTrue("first writes", () -> acknowledged.size() > 20);
            loss.strike();
            client.apps().deployments().inNamespace("default").withName("sleepers").scale(replicas);
            awaitRunning(replicas);
            int atLoss = acknowledged.size();
            TestCluster.awaitTrue("writes going on", () -> acknowledged.size() > atLoss + 20);
            healing.heal(newest(acknowledged, prefix));
            stop.set(true);
            writer.join();
            assertEverywhere(acknowledged);
            TestCluster.awaitTrue("the informer to see them all", () -> added.keySet().containsAll(acknowledged));
            assertThat(added.values()).as("each seen once").allMatch(times -> times == 1);
        }
    }

    /** A master that stood still does not answer from what it knew: others have led and acknowledged since. */
    private static void goOnWithAReadWaiting(long pid, String address, String acknowledged) throws Exception {
        try (KubernetesClient gateway = cluster.client(address)) {
            FutureTask<ConfigMap> read = new FutureTask<>(
                    () -> gateway.configMaps().inNamespace("default").withName(acknowledged).get());
            Thread.ofVirtual().start(read);
            new ProcessBuilder("kill", "-CONT", Long.toString(pid)).start().waitFor();
            assertThat(read.get()).as("%s, read at the gateway that stood still", acknowledged).isNotNull();
        }
    }

    private static String newest(Set<String> names, String prefix) {
        return names.stream().max(Comparator.comparingInt(name -> Integer.parseInt(name.substring(prefix.length()))))
                .orElseThrow();
    }

    private static SharedIndexInformer<ConfigMap> watch(String prefix, Map<String, Integer> added) {
        return client.configMaps().inNamespace("default").inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(ConfigMap object) {
                if (object.getMetadata().getName().startsWith(prefix)) {
                    added.merge(object.getMetadata().getName(), 1, Integer::sum);
                }
            }

            @Override
            public void onUpdate(ConfigMap before, ConfigMap after) {
                // A re-list would show unchanged objects here.
            }

            @Override
            public void onDelete(ConfigMap object, boolean unknown) {
                added.merge(object.getMetadata().getName(), 100, Integer::sum);
            }
        });
    }

    private static void write(String prefix, Set<String> acknowledged, AtomicBoolean stop) {
        for (int number = 0; !stop.get(); number++) {
            String name = prefix + number;
            ConfigMap object = new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata()
                    .addToData("number", Integer.toString(number)).build();
            try {
                client.configMaps().inNamespace("default").resource(object).create();
                acknowledged.add(name);
            } catch (KubernetesClientException refused) {
                if (refused.getCode() == 409) {
                    // The first try was carried out although its answer was lost.
                    acknowledged.add(name);
                }
            }
        }
    }

    /** Every gateway has them, the one that was lost too. */
    private static void assertEverywhere(Set<String> acknowledged) throws Exception {
        List<KubernetesClient> gateways = cluster.clientsOfEachGateway();
        assertThat(gateways).hasSize(3);
        for (KubernetesClient gateway : gateways) {
            try (gateway) {
                assertThat(gateway.configMaps().inNamespace("default").list().getItems())
                        .extracting(object -> object.getMetadata().getName()).containsAll(acknowledged);
            }
        }
    }

    /** The pods' containers are those of before, each with one set of processes. */
    private static void assertSame(Map<String, String> before, long processes) throws Exception {
        awaitRunning(before.size());
        // Time for an agent that knows less than it should to begin something.
        Thread.sleep(2_000);
        assertThat(containers()).isEqualTo(before);
        assertThat(podProcesses()).isEqualTo(processes);
    }

    private static long podProcesses() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("sleep " + SECONDS)).count();
    }

    private static long pid(String process) throws Exception {
        return cluster.process(process).path("pid").asLong();
    }

    /** @param pidBefore what its process id is not to be */
    private static void awaitBack(String process, long pidBefore) throws Exception {
        TestCluster.awaitTrue(process + " to be back",
                () -> pid(process) != pidBefore && cluster.process(process).path("healthy").asBoolean());
    }

    private static void awaitRunning(int replicas) throws Exception {
        TestCluster.awaitTrue(replicas + " running pods", () -> {
            List<Pod> pods = sleeperPods();
            return pods.size() == replicas
                    && pods.stream().allMatch(pod -> pod.getStatus().getPhase().equals("Running"));
        });
    }

    private static Map<String, String> containers() {
        Map<String, String> containers = new java.util.TreeMap<>();
        for (Pod pod : sleeperPods()) {
            containers.put(pod.getMetadata().getName(), pod.getStatus().getContainerStatuses().get(0).getContainerID()
                    + " restarted " + pod.getStatus().getContainerStatuses().get(0).getRestartCount());
        }
        return containers;
    }

    private static List<Pod> sleeperPods() {
        return client.pods().inNamespace("default").withLabel("app", "sleepers").list().getItems();
    }

    private static io.fabric8.kubernetes.api.model.apps.Deployment sleepers() {
        return new DeploymentBuilder().withNewMetadata().withName("sleepers").endMetadata().withNewSpec()
                .withReplicas(4)
                .withNewSelector().addToMatchLabels("app", "sleepers").endSelector().withNewTemplate().withNewMetadata()
                .addToLabels("app", "sleepers").endMetadata().withNewSpec().withTerminationGracePeriodSeconds(1L)
                .addNewContainer().withName("main").withImage("none").withCommand("sleep", SECONDS).endContainer()
                .endSpec().endTemplate().endSpec().build();
    }
}
