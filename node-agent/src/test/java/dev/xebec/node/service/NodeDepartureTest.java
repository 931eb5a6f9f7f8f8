package dev.xebec.node.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.member.Members;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import dev.xebec.node.leave.Cordon;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a node leaves behind whose agent is told to leave, and what it finds when it comes back. */
class NodeDepartureTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String NODES = "/api/v1/nodes/";

    private final MemoryCluster cluster = new MemoryCluster();
    /** Evictions that a disruption budget does not allow yet. */
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean gateways = true;

    /** The memory cluster, which evicts too. */
    private final ApiClient api = new ApiClient() {
        @Override
        public ApiResponse send(ApiRequest request) {
            if (!gateways) {
                throw new UnavailableException("no gateway");
            }
            if (!request.path().endsWith("/eviction")) {
                return cluster.send(request);
            }
            if (refusals.getAndDecrement() > 0) {
                return new ApiResponse(429, "application/json", Map.of(), Bytes.of(Json.bytes(new Status(429,
                        "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", "", "",
                        "", "", List.of(), 0).toTree())));
            }
            cluster.delete(request.path().replace("/eviction", ""), null);
            return new ApiResponse(201, "application/json", Map.of(), Bytes.utf8("{\"kind\":\"Status\"}"));
        }

        @Override
        public WatchHandle watch(WatchRequest request, WatchSink sink) {
            return cluster.watch(request, sink);
        }
    };

    private final Members members = new Members() {
        @Override
        public List<Member> all() {
            return gateways
                    ? List.of(new Member("api-gateway", "gw", 1, 1, "", Instant.EPOCH, true, false, 0, 100))
                    : List.of();
        }

        @Override
        public List<Member> ready(String role) {
            return all();
        }

        @Override
        public void onChange(String role, Runnable listener) {
            // These members never change by themselves.
        }
    };

    private SimulatedNodes start(Duration leaveGrace) {
        SimulatedNodes nodes = new SimulatedNodes(
                new ServiceContext("sim", null, members, null, null, InstantSource.system(), null,
                        (user, agent) -> api),
                SimulatedNodesConfig.of("sim", 2).intervals(Duration.ofMillis(200), Duration.ofMinutes(5))
                        .leaving(leaveGrace));
        nodes.start();
        await(() -> nodes.condition().ready());
        return nodes;
    }

    private void pod(String name, int node, String ownerKind) {
        ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata").put("name", name).put("namespace", "default");
        if (!ownerKind.isEmpty()) {
            metadata.putArray("ownerReferences").addObject().put("apiVersion", "apps/v1").put("kind", ownerKind)
                    .put("name", "owner").put("uid", "u").put("controller", true);
        }
        ObjectNode spec = pod.putObject("spec").put("nodeName", "sim-" + node).put("restartPolicy", "Always")
                .put("terminationGracePeriodSeconds", 1);
        spec.putArray("containers").addObject().put("name", "main").put("image", "any");
        cluster.create(PODS, pod);
        await(() -> cluster.find(PODS + "/" + name).status().path("phase").asText().equals("Running"));
    }

    private ApiObject node(int index) {
        return cluster.find(NODES + "sim-" + index);
    }

    private static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(giveUp);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void ownedPodsMoveAsBudgetsAllowAndAnEmptyNodeIsForgotten() {
        SimulatedNodes nodes = start(Duration.ofSeconds(60));
        pod("owned-a", 0, "ReplicaSet");
        pod("owned-b", 1, "ReplicaSet");
        pod("bare", 1, "");
        pod("everywhere", 1, "DaemonSet");
        refusals.set(2);
        nodes.stop();
        assertThat(cluster.under(PODS + "/")).extracting(ApiObject::name).containsExactly("bare", "everywhere");
        assertThat(refusals.get()).isNegative();
        assertThat(node(0)).isNull();
        assertThat(node(1).spec().path("unschedulable").asBoolean()).isTrue();
        assertThat(node(1).annotations()).containsKey(Cordon.ANNOTATION);

        SimulatedNodes again = start(Duration.ZERO);
        assertThat(node(0)).isNotNull();
        assertThat(node(1).spec().path("unschedulable").asBoolean()).isFalse();
        assertThat(node(1).annotations()).doesNotContainKey(Cordon.ANNOTATION);
        again.stop();
    }

    @Test
    void whatAPersonHasCordonedStaysCordoned() {
        SimulatedNodes nodes = start(Duration.ofSeconds(60));
        pod("bare", 0, "");
        cluster.send(new ApiRequest("PATCH", NODES + "sim-0", Map.of(), "application/merge-patch+json", "",
                Bytes.utf8("{\"spec\":{\"unschedulable\":true}}"), null, ""));
        nodes.stop();
        assertThat(node(0).annotations()).doesNotContainKey(Cordon.ANNOTATION);
        SimulatedNodes again = start(Duration.ZERO);
        assertThat(node(0).spec().path("unschedulable").asBoolean()).isTrue();
        again.stop();
    }

    @Test
    void podsThatMayNotMoveInTimeStay() {
        SimulatedNodes nodes = start(Duration.ofMillis(300));
        pod("guarded", 0, "ReplicaSet");
        refusals.set(Integer.MAX_VALUE);
        nodes.stop();
        assertThat(cluster.find(PODS + "/guarded")).isNotNull();
        assertThat(node(0)).isNotNull();
    }

    @Test
    void whereNoGatewayIsLeftItDoesNotTry() {
        SimulatedNodes nodes = start(Duration.ofDays(1));
        pod("owned", 0, "ReplicaSet");
        gateways = false;
        nodes.stop();
        assertThat(cluster.find(PODS + "/owned")).isNotNull();
        assertThat(node(0).spec().path("unschedulable").asBoolean()).isFalse();
    }

    @Test
    void withoutBeingToldToLeaveItLeavesAllAsItIs() {
        SimulatedNodes nodes = start(Duration.ZERO);
        pod("owned", 0, "ReplicaSet");
        nodes.stop();
        assertThat(cluster.find(PODS + "/owned")).isNotNull();
        assertThat(node(0).spec().path("unschedulable").asBoolean()).isFalse();
    }
}
