package dev.xebec.controller.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Pods;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Nodes;
import dev.xebec.controller.rig.Objects;
import dev.xebec.controller.rig.Replica;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaSetReconcilerTest {
    private static final GroupVersionResource SETS = GroupVersionResource.REPLICA_SETS;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;

    private final MemoryApi api = new MemoryApi();
    private final Nodes nodes = new Nodes(api);
    private final Replica replica = new Replica(api, new ReplicaSetReconciler(Refusals.NONE));

    private ApiObject set() {
        return api.get(SETS, "default", "web");
    }

    private void scale(int replicas) {
        ObjectNode tree = set().copy();
        ((ObjectNode) tree.get("spec")).put("replicas", replicas);
        api.perform(new Action.Update(SETS, ApiObject.of(tree)));
    }

    @Test
    void podsAreCreatedAndCounted() {
        api.create(SETS, Objects.replicaSet("web", 3));
        replica.settle();
        assertThat(nodes.pods()).hasSize(3).allSatisfy(pod -> {
            assertThat(pod.name()).matches("web-[bcdfghjklmnpqrstvwxz2456789]{5}");
            assertThat(pod.labels()).containsEntry("app", "web");
            assertThat(pod.controllerOwner().orElseThrow().uid()).isEqualTo(set().uid());
        });
        nodes.runAll();
        replica.settle();
        assertThat(set().status()).isEqualTo(Objects.tree("{'replicas':3,'fullyLabeledReplicas':3,"
                + "'observedGeneration':1,'readyReplicas':3,'availableReplicas':3}"));
        assertThat(replica.messages()).hasSize(3).allMatch(message -> message.startsWith("Created pod: web-"));
    }

    @Test
    void failedPodIsReplacedAndKept() {
        api.create(SETS, Objects.replicaSet("web", 2));
        replica.settle();
        nodes.runAll();
        ApiObject failed = nodes.pods().get(0);
        nodes.fail(failed);
        replica.settle();
        assertThat(nodes.pods()).hasSize(3).filteredOn(Pods::active).hasSize(2);
        assertThat(api.get(PODS, "default", failed.name())).isNotNull();
    }

    @Test
    void slotOfTerminatingPodIsSkipped() {
        api.create(SETS, Objects.replicaSet("web", 1));
        replica.settle();
        nodes.runAll();
        ApiObject first = nodes.pods().get(0);
        api.perform(new Action.Delete(PODS, first.key(), first.uid(), 0, -1, ""));
        replica.settle();
        assertThat(nodes.pods()).hasSize(2).filteredOn(Pods::active).singleElement()
                .satisfies(pod -> assertThat(pod.name()).isEqualTo(PodFromTemplate.name(set(), 1)));
    }

    @Test
    void scaleDownTakesPendingThenNotReadyThenCheap() {
        api.create(SETS, Objects.replicaSet("web", 4));
        replica.settle();
        List<ApiObject> pods = nodes.pods();
        for (ApiObject pod : pods.subList(0, 3)) {
            nodes.run(pod);
        }
        nodes.unready(api.get(PODS, "default", pods.get(1).name()));
        ObjectNode cheap = api.get(PODS, "default", pods.get(2).name()).copy();
        ((ObjectNode) cheap.get("metadata")).putObject("annotations").put("controller.kubernetes.io/pod-deletion-cost",
                "-5");
        api.perform(new Action.Update(PODS, ApiObject.of(cheap)));
        for (int left = 3; left > 0; left--) {
            scale(left);
            replica.settle();
            nodes.pods().stream().filter(ApiObject::deleting).forEach(nodes::run);
            int gone = new int[]{2, 1, 3}[left - 1];
            assertThat(api.get(PODS, "default", pods.get(gone).name())).as("left %d", left).isNull();
        }
        assertThat(nodes.pods()).singleElement()
                .satisfies(pod -> assertThat(pod.name()).isEqualTo(pods.get(0).name()));
        assertThat(replica.messages()).contains("Deleted pod: " + pods.get(1).name());
    }

    @Test
    void orphanIsAdoptedAndStrangerReleased() {
        api.create(PODS, Objects.pod("lonely", "web"));
        api.create(SETS, Objects.replicaSet("web", 2));
        replica.settle();
        assertThat(nodes.pods()).hasSize(2);
        assertThat(api.get(PODS, "default", "lonely").controllerOwner().orElseThrow().uid()).isEqualTo(set().uid());

        ObjectNode relabelled = api.get(PODS, "default", "lonely").copy();
        ((ObjectNode) relabelled.get("metadata")).putObject("labels").put("app", "other");
        api.perform(new Action.Update(PODS, ApiObject.of(relabelled)));
        replica.settle();
        assertThat(api.get(PODS, "default", "lonely").ownerReferences()).isEmpty();
        assertThat(nodes.pods()).hasSize(3);
    }

    @Test
    void availableOnlyAfterMinReadySeconds() {
        ObjectNode tree = Objects.replicaSet("web", 1).copy();
        ((ObjectNode) tree.get("spec")).put("minReadySeconds", 30);
        api.create(SETS, ApiObject.of(tree));
        replica.settle();
        nodes.runAll();
        replica.settle();
        assertThat(set().status().path("readyReplicas").asInt()).isEqualTo(1);
        assertThat(set().status().has("availableReplicas")).isFalse();
        Plan plan = new ReplicaSetReconciler(Refusals.NONE).reconcile(new ObjectKey("default", "web"), api.latest(),
                api.now());
        assertThat(plan.requeueAfter()).isEqualTo(Duration.ofSeconds(30));
        api.pass(Duration.ofSeconds(30));
        replica.settle();
        assertThat(set().status().path("availableReplicas").asInt()).isEqualTo(1);
    }

    @Test
    void refusedPodsShowAsReplicaFailure() {
        api.create(SETS, Objects.replicaSet("web", 1));
        Plan plan = new ReplicaSetReconciler(uid -> Optional.of("pods \"web-x\" is forbidden: exceeded quota"))
                .reconcile(new ObjectKey("default", "web"), api.latest(), api.now());
        assertThat(plan.actions().get(0)).isInstanceOfSatisfying(Action.UpdateStatus.class, update -> {
            ObjectNode condition = Conditions.find(update.object().status(), "ReplicaFailure");
            assertThat(condition.path("reason").asText()).isEqualTo("FailedCreate");
            assertThat(condition.path("message").asText()).contains("exceeded quota");
        });
        assertThat(plan.actions()).anyMatch(Action.Create.class::isInstance);
    }

    @Test
    void nothingIsCreatedInNamespaceThatEnds() {
        api.create(SETS, Objects.replicaSet("web", 2));
        ObjectNode namespace = Objects.named("v1", "Namespace", "", "default").copy();
        ((ObjectNode) namespace.get("metadata")).putArray("finalizers").add("test/hold");
        api.create(GroupVersionResource.NAMESPACES, ApiObject.of(namespace));
        api.perform(new Action.Delete(GroupVersionResource.NAMESPACES, new ObjectKey("", "default"), "", 0, -1, ""));
        replica.settle();
        assertThat(nodes.pods()).isEmpty();
    }
}
