package dev.xebec.controller.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.replicaset.Refusals;
import dev.xebec.controller.replicaset.ReplicaSetReconciler;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Objects;
import dev.xebec.controller.rig.Replica;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceQuotaReconcilerTest {
    private static final List<GroupVersionResource> COUNTED = List.of(GroupVersionResource.PODS,
            GroupVersionResource.REPLICA_SETS);

    private final MemoryApi api = new MemoryApi();
    private final Replica replica = new Replica(api, new ReplicaSetReconciler(Refusals.NONE),
            new ResourceQuotaReconciler(COUNTED));

    private ApiObject quota() {
        return api.get(ResourceQuotaReconciler.QUOTAS, "default", "q");
    }

    private String used(String name) {
        return quota().status().path("used").path(name).asText("none");
    }

    private void quota(String hard) {
        api.create(ResourceQuotaReconciler.QUOTAS, Objects.json("""
                {'apiVersion':'v1','kind':'ResourceQuota','metadata':{'name':'q','namespace':'default'},
                 'spec':{'hard':{%s}}}""".formatted(hard)));
    }

    @Test
    void countsFromScratchAndTakesOffWhatIsGone() {
        api.create(GroupVersionResource.REPLICA_SETS, Objects.replicaSet("web", 4));
        replica.settle();
        quota("'pods':'10','count/replicasets.apps':'5','count/widgets.example.com':'3'");
        replica.settle();
        assertThat(used("pods")).isEqualTo("4");
        assertThat(used("count/replicasets.apps")).isEqualTo("1");
        assertThat(used("count/widgets.example.com")).as("nobody here counts them").isEqualTo("none");
        assertThat(quota().status().path("hard").path("pods").asText()).isEqualTo("10");
        api.create(GroupVersionResource.REPLICA_SETS, Objects.replicaSet("more", 0));
        ApiObject gone = api.latest().list(GroupVersionResource.REPLICA_SETS).stream()
                .filter(set -> set.name().equals("web")).findFirst().orElseThrow();
        api.perform(new Action.Delete(GroupVersionResource.REPLICA_SETS, ObjectKey.of(gone), gone.uid(), 0, 0, ""));
        api.latest().list(GroupVersionResource.PODS).forEach(pod -> api.perform(
                new Action.Delete(GroupVersionResource.PODS, ObjectKey.of(pod), pod.uid(), 0, 0, "")));
        replica.settle();
        assertThat(used("pods")).isEqualTo("0");
        assertThat(used("count/replicasets.apps")).isEqualTo("1");
    }

    /** A quota that was charged has changed since the picture, so the count of the older picture is refused. */
    @Test
    void aChargeThatItHasNotSeenStays() {
        quota("'pods':'10'");
        replica.settle();
        ResourceQuotaReconciler reconciler = new ResourceQuotaReconciler(COUNTED);
        api.create(GroupVersionResource.PODS, Objects.pod("p", "a"));
        Plan plan = reconciler.reconcile(ObjectKey.of(quota()), api.latest(), api.now());
        ApiObject charged = ApiObject.of(quota().copy());
        ((ObjectNode) charged.tree().path("status").path("used")).put("pods", "2");
        assertThat(api.perform(new Action.UpdateStatus(ResourceQuotaReconciler.QUOTAS, charged)))
                .isEqualTo(MemoryApi.Answer.DONE);
        assertThat(api.perform(plan.actions().get(0))).isNotEqualTo(MemoryApi.Answer.DONE);
        assertThat(used("pods")).isEqualTo("2");
    }

    /** Charges are the gateways' work: counting after each of them would be work for nothing. */
    @Test
    void aNewObjectIsNoReasonToCount() {
        quota("'pods':'10'");
        replica.settle();
        ResourceQuotaReconciler reconciler = new ResourceQuotaReconciler(COUNTED);
        api.create(GroupVersionResource.PODS, Objects.pod("p", "a"));
        assertThat(reconciler.keysFor(api.change(api.revision()), api.latest())).isEmpty();
    }
}
