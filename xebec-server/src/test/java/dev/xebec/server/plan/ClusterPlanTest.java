package dev.xebec.server.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.server.layout.DataDirectory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPlanTest {
    @TempDir
    private Path folder;
    private final AtomicInteger nextPort = new AtomicInteger(30_000);
    private final Set<Integer> taken = new HashSet<>();

    @Test
    void oneMasterIsOneProcessWithEverything() {
        ClusterPlan plan = plan(shape(1, 2, "process", 6443), Optional.empty());
        assertThat(plan.processes()).singleElement().satisfies(process -> {
            assertThat(process.services()).containsExactly("state-service", "api-gateway", "scheduler-service",
                    "controller-service", "task-events", "node-agent");
            assertThat(process.clustered()).isFalse();
            assertThat(process.gatewayPort()).isEqualTo(6443);
            assertThat(process.nodes()).extracting(ProcessConfig.NodeConfiguration::name).containsExactly("node-0",
                    "node-1");
        });
    }

    @Test
    void threeMastersAndTheirNodesAreProcessesOfTheirOwn() {
        ClusterPlan plan = plan(shape(3, 2, "process", 6443), Optional.empty());
        assertThat(plan.processes()).extracting(ProcessConfig::process).containsExactly("master-0", "master-1",
                "master-2", "node-0", "node-1");
        assertThat(plan.processes()).allSatisfy(process -> assertThat(process.members()).hasSize(5));
        assertThat(plan.processes().get(0).state().peers()).hasSize(3);
        assertThat(plan.processes().get(4).services()).containsExactly("node-agent");
        assertThat(plan.processes().stream().map(ProcessConfig::gatewayPort)).doesNotContain(6443);
    }

    @Test
    void allPortsDiffer() {
        ClusterPlan plan = plan(shape(3, 2, "process", 6443), Optional.empty());
        List<Integer> ports = plan.processes().stream().flatMap(process -> Stream
                .of(process.gatewayPort(), process.healthPort(), process.hazelcastPort(), process.busPort())).toList();
        assertThat(ports).doesNotHaveDuplicates();
    }

    @Test
    void theNextStartKeepsThePorts() {
        ClusterShape shape = shape(3, 1, "process", 6443);
        ClusterPlan first = plan(shape, Optional.empty());
        assertThat(plan(shape, Optional.of(first))).isEqualTo(first);
    }

    @Test
    void aPortThatSomebodyTookMeanwhileIsReplacedUnlessRaftRemembersIt() {
        ClusterShape shape = shape(3, 1, "process", 6443);
        ClusterPlan first = plan(shape, Optional.empty());
        ProcessConfig master = first.processes().get(0);
        int raft = master.state().peers().get(0).port();
        taken.addAll(List.of(master.busPort(), master.hazelcastPort(), raft));
        ProcessConfig next = plan(shape, Optional.of(first)).processes().get(0);
        assertThat(next.busPort()).isNotIn(taken);
        assertThat(next.hazelcastPort()).isNotIn(taken);
        assertThat(next.members()).contains("127.0.0.1:" + next.hazelcastPort());
        assertThat(next.gatewayPort()).isEqualTo(master.gatewayPort());
        assertThat(next.state().peers().get(0).port()).isEqualTo(raft);
    }

    @Test
    void aNewPortIsNobodysOfTheSameCluster() {
        ClusterPlan first = plan(shape(3, 1, "process", 6443), Optional.empty());
        // The machine offers the same ports again, because nobody listens on them yet.
        nextPort.set(30_000);
        ClusterPlan more = plan(shape(3, 2, "process", 6443), Optional.of(first));
        assertThat(more.processes().stream().flatMap(process -> Stream.of(process.gatewayPort(), process.healthPort(),
                process.hazelcastPort(), process.busPort())).toList()).doesNotHaveDuplicates();
    }

    @Test
    void aPortSomebodyListensOnIsNotFree() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePorts.isFree(socket.getLocalPort())).isFalse();
        }
    }

    @Test
    void aPlanSurvivesItsFile() {
        DataDirectory data = new DataDirectory(folder);
        data.prepare();
        ClusterFile file = new ClusterFile(plan(shape(3, 1, "simulated", 7000), Optional.empty()),
                new ProcessMark(12, 1_700_000_000_000L),
                List.of(new ProcessMark(13, 1_700_000_000_001L), ProcessMark.NONE),
                new ProcessMark(14, 1_700_000_000_002L));
        file.write(data);
        assertThat(ClusterFile.read(data)).contains(file);
    }

    @Test
    void aFileOfAnEarlierBuildNamesNoProcessThatCouldBeEnded() throws Exception {
        DataDirectory data = new DataDirectory(folder);
        data.prepare();
        ClusterPlan plan = plan(shape(1, 1, "process", 7000), Optional.empty());
        new ClusterFile(plan, ProcessMark.NONE, List.of(), ProcessMark.NONE).write(data);
        String file = Files.readString(data.clusterFile());
        ObjectNode earlier = (ObjectNode) Json.parse(file.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        earlier.remove(List.of("supervisor", "processes"));
        long self = ProcessHandle.current().pid();
        earlier.put("supervisorPid", self).putArray("pids").add(self);
        Files.write(data.clusterFile(), Json.bytes(earlier));
        assertThat(ClusterFile.read(data))
                .contains(new ClusterFile(plan, ProcessMark.NONE, List.of(), ProcessMark.NONE));
    }

    @Test
    void aPlanOfAnEarlierBuildGetsABrokerOfItsOwn() throws Exception {
        DataDirectory data = new DataDirectory(folder);
        data.prepare();
        ClusterPlan plan = plan(shape(1, 1, "process", 7000), Optional.empty());
        new ClusterFile(plan, ProcessMark.NONE, List.of(), ProcessMark.NONE).write(data);
        ObjectNode earlier = (ObjectNode) Json.parse(Files.readAllBytes(data.clusterFile()));
        earlier.remove("broker");
        ((ObjectNode) earlier.path("plan")).remove("broker");
        ((ObjectNode) earlier.path("plan").path("shape")).remove("kafka");
        ((ObjectNode) earlier.path("plan").path("processes").get(0)).remove("events");
        Files.write(data.clusterFile(), Json.bytes(earlier));
        ClusterFile read = ClusterFile.read(data).orElseThrow();
        assertThat(read.plan().shape()).isEqualTo(plan.shape());
        assertThat(read.plan().broker()).isEqualTo(BrokerPlan.NONE);
        assertThat(plan(read.plan().shape(), Optional.of(read.plan())).broker().wanted()).isTrue();
    }

    @Test
    void theEmbeddedBrokerIsWhereTheServiceLooks() {
        ClusterPlan plan = plan(shape(3, 1, "process", 6443), Optional.empty());
        assertThat(plan.processes().subList(0, 3)).allSatisfy(master -> {
            assertThat(master.services()).contains("task-events");
            assertThat(master.events().bootstrap()).isEqualTo("127.0.0.1:" + plan.broker().port());
            assertThat(master.events().properties()).isEqualTo(folder + "/kafka/task-events.properties");
        });
        assertThat(plan.processes().get(3).services()).containsExactly("node-agent");
    }

    @Test
    void withoutKafkaThereIsNeitherBrokerNorPublisher() {
        ClusterPlan plan = plan(new ClusterShape(3, 1, "process", "raft", 6443,
                new KafkaShape("off", "", "t", "binary", "")), Optional.empty());
        assertThat(plan.broker().wanted()).isFalse();
        assertThat(plan.processes()).noneMatch(process -> process.services().contains("task-events"));
    }

    @Test
    void aClusterOutsideNeedsNoBrokerOfOurs() {
        ClusterPlan plan = plan(new ClusterShape(1, 1, "process", "raft", 6443,
                new KafkaShape("a:1,b:2", "/secret", "t", "structured", "c")), Optional.empty());
        assertThat(plan.broker().wanted()).isFalse();
        assertThat(plan.processes().get(0).events()).isEqualTo(new ProcessConfig.EventsConfiguration("a:1,b:2",
                "/secret", "t", "structured", "c", 4, (short) -1));
    }

    private ClusterPlan plan(ClusterShape shape, Optional<ClusterPlan> before) {
        return ClusterPlan.of(shape, new DataDirectory(folder), before, nextPort::getAndIncrement,
                port -> !taken.contains(port));
    }

    private static ClusterShape shape(int masters, int nodes, String runtime, int port) {
        return new ClusterShape(masters, nodes, runtime, "raft", port, KafkaShape.STANDARD);
    }
}
