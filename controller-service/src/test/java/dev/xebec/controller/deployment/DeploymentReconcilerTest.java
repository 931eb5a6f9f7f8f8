package dev.xebec.controller.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Trees;
import dev.xebec.controller.replicaset.Refusals;
import dev.xebec.controller.replicaset.ReplicaSetReconciler;
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
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DeploymentReconcilerTest {
    private static final GroupVersionResource DEPLOYMENTS = GroupVersionResource.DEPLOYMENTS;
    private static final GroupVersionResource SETS = GroupVersionResource.REPLICA_SETS;

    private final MemoryApi api = new MemoryApi();
    private final Nodes nodes = new Nodes(api);
    private final Replica replica = new Replica(api, new DeploymentReconciler(),
            new ReplicaSetReconciler(Refusals.NONE));

    private ApiObject web() {
        return api.get(DEPLOYMENTS, "default", "web");
    }

    private Collection<ApiObject> sets() {
        return api.latest().list(SETS);
    }

    private ApiObject setOf(String image) {
        return sets().stream().filter(set -> image.equals(image(set))).findFirst().orElseThrow();
    }

    private static String image(ApiObject object) {
        return object.spec().path("template").path("spec").path("containers").path(0).path("image").asText();
    }

    private void change(Consumer<ObjectNode> change) {
        ObjectNode tree = web().copy();
        change.accept(tree);
        api.perform(new Action.Update(DEPLOYMENTS, ApiObject.of(tree)));
    }

    private void setImage(String image) {
        change(tree -> ((ObjectNode) tree.at("/spec/template/spec/containers/0")).put("image", image));
    }

    private void finish() {
        for (int round = 0; round < 30; round++) {
            replica.settle();
            nodes.runAll();
        }
        replica.settle();
    }

    private JsonNode condition(String type) {
        return Conditions.find(web().status(), type);
    }

    @Test
    void firstRolloutIsWhatKubectlExpects() {
        api.create(DEPLOYMENTS, Objects.deployment("web", 3, "a:1", ""));
        replica.settle();
        ApiObject set = setOf("a:1");
        String hash = set.labels().get("pod-template-hash");
        assertThat(hash).matches("[bcdfghjklmnpqrstvwxz2456789]{10}");
        assertThat(set.name()).isEqualTo("web-" + hash);
        assertThat(set.spec().path("selector").path("matchLabels").path("pod-template-hash").asText()).isEqualTo(hash);
        assertThat(set.annotations()).containsEntry(Annotations.REVISION, "1")
                .containsEntry(Annotations.DESIRED_REPLICAS, "3").containsEntry(Annotations.MAX_REPLICAS, "4");
        assertThat(condition("Progressing").path("reason").asText()).isEqualTo("ReplicaSetUpdated");
        assertThat(condition("Available").path("status").asText()).isEqualTo("False");
        finish();
        assertThat(web().annotations()).containsEntry(Annotations.REVISION, "1");
        ObjectNode status = web().status();
        assertThat(status.path("observedGeneration").asLong()).isEqualTo(web().generation());
        for (String count : List.of("replicas", "updatedReplicas", "readyReplicas", "availableReplicas")) {
            assertThat(status.path(count).asInt()).as(count).isEqualTo(3);
        }
        assertThat(status.has("unavailableReplicas")).isFalse();
        assertThat(condition("Progressing").path("reason").asText()).isEqualTo("NewReplicaSetAvailable");
        assertThat(condition("Progressing").path("message").asText())
                .isEqualTo("ReplicaSet \"" + set.name() + "\" has successfully progressed.");
        assertThat(condition("Available").path("reason").asText()).isEqualTo("MinimumReplicasAvailable");
        assertThat(replica.messages()).contains("Scaled up replica set " + set.name() + " from 0 to 3");
    }

    @Test
    void newImageRollsAndUndoTakesTheOldSetAgain() {
        api.create(DEPLOYMENTS, Objects.deployment("web", 4, "a:1", ""));
        finish();
        String first = setOf("a:1").name();
        change(tree -> Trees.child(Trees.child(tree, "metadata"), "annotations").put("kubernetes.io/change-cause",
                "better"));
        setImage("a:2");
        finish();
        assertThat(sets()).hasSize(2);
        assertThat(setOf("a:2").spec().path("replicas").asInt()).isEqualTo(4);
        assertThat(setOf("a:1").spec().path("replicas").asInt()).isZero();
        assertThat(setOf("a:2").annotations()).containsEntry(Annotations.REVISION, "2")
                .containsEntry("kubernetes.io/change-cause", "better");
        assertThat(replica.messages()).contains("Scaled down replica set " + first + " from 4 to 3");
        assertThat(web().status().path("updatedReplicas").asInt()).isEqualTo(4);

        setImage("a:1");
        finish();
        assertThat(sets()).hasSize(2);
        assertThat(setOf("a:1").name()).isEqualTo(first);
        assertThat(setOf("a:1").annotations()).containsEntry(Annotations.REVISION, "3")
                .containsEntry(Annotations.REVISION_HISTORY, "1");
        assertThat(web().annotations()).containsEntry(Annotations.REVISION, "3");
        assertThat(nodes.pods()).hasSize(4)
                .allMatch(pod -> pod.spec().path("containers").path(0).path("image").asText().equals("a:1"));
    }

    @Test
    void recreateWaitsForTheLastOldPod() {
        api.create(DEPLOYMENTS, Objects.deployment("web", 2, "a:1", "'strategy':{'type':'Recreate'},"));
        finish();
        setImage("a:2");
        replica.settle();
        assertThat(sets()).as("old pods still end").hasSize(1);
        assertThat(nodes.pods()).hasSize(2).allMatch(ApiObject::deleting);
        finish();
        assertThat(setOf("a:2").status().path("availableReplicas").asInt()).isEqualTo(2);
        assertThat(nodes.pods()).hasSize(2);
    }

    @Test
    void pausedDeploymentScalesButDoesNotRoll() {
        api.create(DEPLOYMENTS, Objects.deployment("web", 2, "a:1", ""));
        finish();
        change(tree -> ((ObjectNode) tree.get("spec")).put("paused", true));
        setImage("a:2");
        change(tree -> ((ObjectNode) tree.get("spec")).put("replicas", 5));
        finish();
        assertThat(sets()).hasSize(1);
        assertThat(setOf("a:1").spec().path("replicas").asInt()).isEqualTo(5);
        assertThat(condition("Progressing").path("reason").asText()).isEqualTo("DeploymentPaused");
        change(tree -> ((ObjectNode) tree.get("spec")).put("paused", false));
        finish();
        assertThat(setOf("a:2").status().path("availableReplicas").asInt()).isEqualTo(5);
        assertThat(condition("Progressing").path("reason").asText()).isEqualTo("NewReplicaSetAvailable");
    }

    @Test
    void resizeInTheMiddleOfARolloutIsProportional() {
        api.create(DEPLOYMENTS, Objects.deployment("web", 10, "a:1",
                "'strategy':{'rollingUpdate':{'maxSurge':3,'maxUnavailable':2}},"));
        finish();
        setImage("a:2");
        replica.settle();
        assertThat(setOf("a:1").spec().path("replicas").asInt()).isEqualTo(8);
        assertThat(setOf("a:2").spec().path("replicas").asInt()).isEqualTo(5);
        change(tree -> ((ObjectNode) tree.get("spec")).put("replicas", 15));
        replica.settle();
        // The example of the Kubernetes documentation: 8 and 5 of 13 become 11 and 7 of 18.
        assertThat(setOf("a:1").spec().path("replicas").asInt()).isEqualTo(11);
        assertThat(setOf("a:2").spec().path("replicas").asInt()).isEqualTo(7);
    }

    /** Two owners that disagreed for a moment may have left a note that is too low: a set grew by it while others shrank. */
    @Test
    void shrinkingGrowsNoSetWhateverWasNoted() {
        api.create(DEPLOYMENTS, Objects.deployment("web", 10, "a:1",
                "'strategy':{'rollingUpdate':{'maxSurge':3,'maxUnavailable':2}},"));
        finish();
        setImage("a:2");
        replica.settle();
        for (ApiObject set : List.copyOf(sets())) {
            ObjectNode tree = set.copy();
            ((ObjectNode) tree.at("/metadata/annotations")).put(Annotations.MAX_REPLICAS, "3");
            api.perform(new Action.Update(SETS, ApiObject.of(tree)));
        }
        change(tree -> ((ObjectNode) tree.get("spec")).put("replicas", 8));
        replica.settle();
        assertThat(setOf("a:1").spec().path("replicas").asInt()).isEqualTo(6);
        assertThat(setOf("a:2").spec().path("replicas").asInt()).isEqualTo(5);
    }

    @Test
    void rolloutThatDoesNotMoveRunsOutOfTime() {
        api.create(DEPLOYMENTS, Objects.deployment("web", 1, "a:1", "'progressDeadlineSeconds':60,"));
        replica.settle();
        Plan plan = new DeploymentReconciler().reconcile(new ObjectKey("default", "web"), api.latest(), api.now());
        assertThat(plan.requeueAfter()).isEqualTo(Duration.ofSeconds(61));
        api.pass(Duration.ofSeconds(61));
        replica.settle();
        assertThat(condition("Progressing").path("status").asText()).isEqualTo("False");
        assertThat(condition("Progressing").path("reason").asText()).isEqualTo("ProgressDeadlineExceeded");
        finish();
        assertThat(condition("Progressing").path("reason").asText()).isEqualTo("NewReplicaSetAvailable");
    }

    @Test
    void historyIsCutToItsLimit() {
        api.create(DEPLOYMENTS, Objects.deployment("web", 1, "a:1", "'revisionHistoryLimit':2,"));
        finish();
        for (String image : List.of("a:2", "a:3", "a:4", "a:5")) {
            setImage(image);
            finish();
        }
        assertThat(sets().stream().map(DeploymentReconcilerTest::image)).containsExactlyInAnyOrder("a:3", "a:4", "a:5");
    }

    @Test
    void foreignSetOfTheSameNameMakesAnotherHash() {
        api.create(DEPLOYMENTS, Objects.deployment("web", 1, "a:1", ""));
        String taken = Rollout.nameFor(web(), Template.of(web().spec().path("template")));
        ObjectNode foreign = Objects.replicaSet("other", 0).copy();
        ((ObjectNode) foreign.get("metadata")).put("name", taken);
        api.create(SETS, ApiObject.of(foreign));
        finish();
        assertThat(web().status().path("collisionCount").asInt()).isEqualTo(1);
        assertThat(setOf("a:1")).isNotNull();
        assertThat(sets().stream().filter(set -> set.controllerOwner().isPresent())).singleElement()
                .satisfies(set -> assertThat(set.name()).isNotEqualTo(taken));
        assertThat(web().status().path("availableReplicas").asInt()).isEqualTo(1);
    }

    @Test
    void templateThatServerDefaultingTouchedIsStillTheSame() {
        api.create(DEPLOYMENTS, Objects.deployment("web", 1, "a:1", ""));
        finish();
        ApiObject set = setOf("a:1");
        ObjectNode defaulted = set.copy();
        ((ObjectNode) defaulted.at("/spec/template/spec")).put("dnsPolicy", "ClusterFirst");
        api.perform(new Action.Update(SETS, ApiObject.of(defaulted)));
        finish();
        assertThat(sets()).hasSize(1);
    }

    @Test
    void orphanSetIsAdopted() {
        ObjectNode orphan = Objects.replicaSet("web", 2).copy();
        ((ObjectNode) orphan.get("metadata")).putObject("labels").put("app", "web");
        api.create(SETS, ApiObject.of(orphan));
        api.create(DEPLOYMENTS, Objects.deployment("web", 2, "a:1", ""));
        finish();
        assertThat(sets()).singleElement()
                .satisfies(set -> assertThat(set.controllerOwner().orElseThrow().uid()).isEqualTo(web().uid()));
        assertThat(web().annotations()).containsEntry(Annotations.REVISION, "1");
    }
}
