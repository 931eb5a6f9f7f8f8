package dev.xebec.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Timestamps;
import dev.xebec.controller.podgc.PodGcReconciler;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Objects;
import dev.xebec.controller.rig.Replica;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeReconcilersTest {
    private static final GroupVersionResource NODES = GroupVersionResource.NODES;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;
    private static final GroupVersionResource LEASES = GroupVersionResource.LEASES;

    private final MemoryApi api = new MemoryApi();
    private final NodeLifecycleReconciler lifecycle = new NodeLifecycleReconciler(NodeTimings.STANDARD,
            Sightings.asStated());
    private final TaintEvictionReconciler eviction = new TaintEvictionReconciler(Duration.ofSeconds(300));
    private final Replica replica = new Replica(api, lifecycle, eviction,
            new PodGcReconciler(2, Duration.ofSeconds(40), Sightings.asStated()));

    @BeforeEach
    void threeNodesAndAPodOnTheFirst() {
        for (String node : List.of("node-0", "node-1", "node-2")) {
            api.create(NODES, Objects.json("{'apiVersion':'v1','kind':'Node','metadata':{'name':'" + node
                    + "'},'spec':{}}"));
            api.create(LEASES, Objects.json("{'apiVersion':'coordination.k8s.io/v1','kind':'Lease','metadata':"
                    + "{'name':'" + node + "','namespace':'kube-node-lease'},'spec':{}}"));
            beat(node);
        }
        pod("web", "");
    }

    private void pod(String name, String tolerations) {
        ObjectNode pod = Objects.pod(name, "web").copy();
        if (!tolerations.isEmpty()) {
            ((ObjectNode) pod.get("spec")).set("tolerations", Objects.tree("{'t':" + tolerations + "}").get("t"));
        }
        api.create(PODS, ApiObject.of(pod));
        ObjectNode bound = api.get(PODS, "default", name).copy();
        ((ObjectNode) bound.get("spec")).put("nodeName", "node-0");
        api.perform(new Action.Update(PODS, ApiObject.of(bound)));
        ObjectNode running = api.get(PODS, "default", name).copy();
        ((ObjectNode) running.get("status")).put("phase", "Running");
        Conditions.set((ObjectNode) running.get("status"), "Ready", "True", "", "", api.now());
        api.perform(new Action.UpdateStatus(PODS, ApiObject.of(running)));
    }

    private void beat(String node) {
        ObjectNode lease = api.get(LEASES, "kube-node-lease", node).copy();
        ((ObjectNode) lease.get("spec")).put("renewTime", Timestamps.micro(api.now()));
        api.perform(new Action.Update(LEASES, ApiObject.of(lease)));
        ready(node, "True");
    }

    private void ready(String node, String value) {
        ObjectNode tree = api.get(NODES, "", node).copy();
        ObjectNode status = tree.putObject("status");
        Conditions.set(status, "Ready", value, "KubeletReady", "", api.now());
        api.perform(new Action.UpdateStatus(NODES, ApiObject.of(tree)));
    }

    private void pass(int seconds, String... beating) {
        for (int passed = 0; passed < seconds; passed += 10) {
            api.pass(Duration.ofSeconds(10));
            for (String node : beating) {
                beat(node);
            }
            replica.settle();
        }
    }

    private ApiObject node() {
        return api.get(NODES, "", "node-0");
    }

    private static List<String> taints(ApiObject node) {
        return StreamSupport.stream(node.spec().path("taints").spliterator(), false)
                .map(taint -> taint.path("key").asText() + ":" + taint.path("effect").asText()).toList();
    }

    @Test
    void silentNodeIsUnknownTaintedAndItsPodsMoveAfterTheirToleration() {
        pod("patient", "[{'operator':'Exists'}]");
        pod("hasty", "[{'key':'node.kubernetes.io/unreachable','operator':'Exists','effect':'NoExecute',"
                + "'tolerationSeconds':20}]");
        pass(30, "node-1", "node-2");
        assertThat(Conditions.value(node().status(), "Ready")).isEqualTo("True");
        pass(10, "node-1", "node-2");
        assertThat(Conditions.value(node().status(), "Ready")).isEqualTo("Unknown");
        assertThat(Conditions.find(node().status(), "Ready").path("reason").asText()).isEqualTo("NodeStatusUnknown");
        assertThat(taints(node())).containsExactly("node.kubernetes.io/unreachable:NoSchedule",
                "node.kubernetes.io/unreachable:NoExecute");
        assertThat(Conditions.value(api.get(PODS, "default", "web").status(), "Ready")).isEqualTo("False");
        assertThat(replica.messages()).contains("Node node-0 status is now: NodeNotReady");

        pass(20, "node-1", "node-2");
        assertThat(api.get(PODS, "default", "hasty").deleting()).isTrue();
        assertThat(api.get(PODS, "default", "web").deleting()).isFalse();
        pass(280, "node-1", "node-2");
        ApiObject web = api.get(PODS, "default", "web");
        assertThat(web.deleting()).isTrue();
        assertThat(Conditions.find(web.status(), "DisruptionTarget").path("reason").asText())
                .isEqualTo("DeletionByTaintManager");
        assertThat(api.get(PODS, "default", "patient").deleting()).isFalse();
    }

    @Test
    void returningNodeLosesItsTaints() {
        pass(40, "node-1", "node-2");
        assertThat(taints(node())).isNotEmpty();
        beat("node-0");
        replica.settle();
        assertThat(node().spec().has("taints")).isFalse();
        pass(400, "node-0", "node-1", "node-2");
        assertThat(api.get(PODS, "default", "web").deleting()).isFalse();
    }

    @Test
    void allNodesSilentAtOnceEvictsNobody() {
        pass(1_000);
        assertThat(Conditions.value(node().status(), "Ready")).isEqualTo("Unknown");
        assertThat(taints(node())).containsExactly("node.kubernetes.io/unreachable:NoSchedule");
        assertThat(api.get(PODS, "default", "web").deleting()).isFalse();
    }

    @Test
    void cordonAndForeignTaints() {
        ObjectNode tree = node().copy();
        ObjectNode spec = (ObjectNode) tree.get("spec");
        spec.put("unschedulable", true).putArray("taints").addObject().put("key", "team").put("value", "a")
                .put("effect", "NoExecute");
        api.perform(new Action.Update(NODES, ApiObject.of(tree)));
        replica.settle();
        assertThat(taints(node())).containsExactlyInAnyOrder("team:NoExecute",
                "node.kubernetes.io/unschedulable:NoSchedule");
        assertThat(api.get(PODS, "default", "web").deleting()).as("no toleration of a foreign taint").isTrue();
    }

    @Test
    void unreadyNodeIsTaintedNotReady() {
        ready("node-0", "False");
        replica.settle();
        assertThat(taints(node())).containsExactly("node.kubernetes.io/not-ready:NoSchedule",
                "node.kubernetes.io/not-ready:NoExecute");
    }

    @Test
    void podsOfADeletedNodeAreRemoved() {
        api.perform(new Action.Delete(NODES, node().key(), "", 0, -1, ""));
        replica.settle();
        assertThat(api.get(PODS, "default", "web")).isNull();
    }

    @Test
    void deletedNodeMayComeBackWithinTheQuarantine() {
        api.perform(new Action.Delete(NODES, node().key(), "", 0, -1, ""));
        Sightings justNow = new Sightings() {
            @Override
            public java.util.Optional<java.time.Instant> renewed(String node, ApiObject lease) {
                return java.util.Optional.empty();
            }

            @Override
            public java.util.Optional<java.time.Instant> goneSince(String node) {
                return java.util.Optional.of(api.now());
            }
        };
        Plan plan = new PodGcReconciler(2, Duration.ofSeconds(40), justNow)
                .reconcile(new ObjectKey("default", "web"), api.latest(), api.now());
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.requeueAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void onlyTheNewestFinishedPodsAreKept() {
        for (String name : List.of("a", "b", "c", "d")) {
            pod(name, "");
            ObjectNode done = api.get(PODS, "default", name).copy();
            ((ObjectNode) done.get("status")).put("phase", "Succeeded");
            api.perform(new Action.UpdateStatus(PODS, ApiObject.of(done)));
            api.pass(Duration.ofSeconds(1));
        }
        replica.settle();
        assertThat(api.latest().list(PODS).stream().map(ApiObject::name)).containsExactlyInAnyOrder("c", "d", "web");
    }

    @Test
    void podThatEndsBeforeItHasANodeIsRemoved() {
        ObjectNode held = Objects.pod("held", "web").copy();
        ((ObjectNode) held.get("metadata")).putArray("finalizers").add("test/hold");
        api.create(PODS, ApiObject.of(held));
        api.perform(new Action.Delete(PODS, new ObjectKey("default", "held"), "", 0, -1, ""));
        Plan plan = new PodGcReconciler(2, Duration.ZERO, Sightings.asStated())
                .reconcile(new ObjectKey("default", "held"), api.latest(), api.now());
        assertThat(plan.actions()).singleElement().isInstanceOfSatisfying(Action.Delete.class,
                delete -> assertThat(delete.graceSeconds()).isZero());
    }
}
