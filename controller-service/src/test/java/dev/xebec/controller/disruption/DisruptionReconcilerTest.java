package dev.xebec.controller.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.Timestamps;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisruptionReconcilerTest {
    private final MemoryApi api = new MemoryApi();
    private final Nodes nodes = new Nodes(api);
    private final Replica replica = new Replica(api, new ReplicaSetReconciler(Refusals.NONE),
            new DisruptionReconciler());

    private ApiObject budget() {
        return api.get(Kinds.POD_DISRUPTION_BUDGETS, "default", "web");
    }

    private void budget(String bound) {
        api.create(Kinds.POD_DISRUPTION_BUDGETS, Objects.json("""
                {'apiVersion':'policy/v1','kind':'PodDisruptionBudget','metadata':{'name':'web',
                 'namespace':'default'},'spec':{%s,'selector':{'matchLabels':{'app':'web'}}}}""".formatted(bound)));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"'minAvailable':2, 4, 2, 2", "'minAvailable':'50%', 4, 2, 2",
            "'maxUnavailable':1, 4, 3, 1", "'maxUnavailable':'30%', 4, 2, 2", "'minAvailable':5, 4, 5, 0",
            "'maxUnavailable':0, 4, 4, 0"})
    void boundsOfFourReadyPods(String bound, int expected, int desired, int allowed) {
        api.create(GroupVersionResource.REPLICA_SETS, Objects.replicaSet("web", 4));
        replica.settle();
        nodes.runAll();
        budget(bound);
        replica.settle();
        ObjectNode status = budget().status();
        assertThat(status.path("currentHealthy").asInt()).isEqualTo(4);
        assertThat(status.path("expectedPods").asInt()).isEqualTo(expected);
        assertThat(status.path("desiredHealthy").asInt()).isEqualTo(desired);
        assertThat(status.path("disruptionsAllowed").asInt()).isEqualTo(allowed);
        assertThat(Conditions.find(status, "DisruptionAllowed").path("reason").asText())
                .isEqualTo(allowed > 0 ? "SufficientPods" : "InsufficientPods");
    }

    @Test
    void grantedEvictionCountsUntilThePodGoesOrTimePasses() {
        api.create(GroupVersionResource.REPLICA_SETS, Objects.replicaSet("web", 3));
        replica.settle();
        nodes.runAll();
        budget("'minAvailable':1");
        replica.settle();
        assertThat(budget().status().path("disruptionsAllowed").asInt()).isEqualTo(2);
        ObjectNode tree = budget().copy();
        ((ObjectNode) tree.get("status")).putObject("disruptedPods").put(nodes.pods().get(0).name(),
                Timestamps.text(api.now()));
        api.perform(new Action.UpdateStatus(Kinds.POD_DISRUPTION_BUDGETS, ApiObject.of(tree)));
        replica.settle();
        assertThat(budget().status().path("disruptionsAllowed").asInt()).isEqualTo(1);
        Plan plan = new DisruptionReconciler().reconcile(new ObjectKey("default", "web"), api.latest(), api.now());
        assertThat(plan.requeueAfter()).isEqualTo(DisruptionReconciler.GRANTED_FOR);
        api.pass(DisruptionReconciler.GRANTED_FOR);
        replica.settle();
        assertThat(budget().status().path("disruptionsAllowed").asInt()).isEqualTo(2);
        assertThat(budget().status().has("disruptedPods")).isFalse();
    }
}
