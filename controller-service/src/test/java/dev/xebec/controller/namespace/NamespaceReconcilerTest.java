package dev.xebec.controller.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Nodes;
import dev.xebec.controller.rig.Objects;
import dev.xebec.controller.rig.Replica;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespaceReconcilerTest {
    private static final GroupVersionResource NAMESPACES = GroupVersionResource.NAMESPACES;
    private static final GroupVersionResource MAPS = GroupVersionResource.CONFIG_MAPS;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;
    private static final GroupVersionResource ACCOUNTS = GroupVersionResource.SERVICE_ACCOUNTS;
    private static final String CA = "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n";

    private final MemoryApi api = new MemoryApi();
    private final List<GroupVersionResource> namespaced = List.of(ACCOUNTS, MAPS, PODS);
    private final Replica replica = new Replica(api, new NamespaceReconciler(namespaced, CA));

    @Test
    void systemNamespacesAreMadeAndFurnished() {
        replica.settle();
        for (String name : NamespaceReconciler.SYSTEM) {
            assertThat(api.get(NAMESPACES, "", name)).as(name).isNotNull();
            assertThat(api.get(ACCOUNTS, name, "default")).as(name).isNotNull();
            assertThat(api.get(MAPS, name, "kube-root-ca.crt").tree().path("data").path("ca.crt").asText())
                    .isEqualTo(CA);
        }
        long settled = api.revision();
        replica.settle();
        assertThat(api.revision()).isEqualTo(settled);
    }

    @Test
    void deletedAccountAndChangedCaComeBack() {
        replica.settle();
        api.perform(new Action.Delete(ACCOUNTS, new ObjectKey("default", "default"), "", 0, -1, ""));
        ObjectNode map = api.get(MAPS, "default", "kube-root-ca.crt").copy();
        ((ObjectNode) map.get("data")).put("ca.crt", "forged");
        api.perform(new Action.Update(MAPS, ApiObject.of(map)));
        replica.see(10);
        while (replica.look()) {
            replica.see(10);
        }
        assertThat(api.get(ACCOUNTS, "default", "default")).isNotNull();
        assertThat(api.get(MAPS, "default", "kube-root-ca.crt").tree().path("data").path("ca.crt").asText())
                .isEqualTo(CA);
    }

    @Test
    void endingNamespaceIsEmptiedPodsFirst() {
        ObjectNode tree = Objects.named("v1", "Namespace", "", "team").copy();
        // Stands for spec.finalizers, which hold a namespace in the real API.
        ((ObjectNode) tree.get("metadata")).putArray("finalizers").add("test/hold");
        api.create(NAMESPACES, ApiObject.of(tree));
        replica.settle();
        ObjectNode pod = Objects.pod("web", "web").copy();
        ((ObjectNode) pod.get("metadata")).put("namespace", "team");
        api.create(PODS, ApiObject.of(pod));
        Nodes nodes = new Nodes(api);
        nodes.runAll();

        api.perform(new Action.Delete(NAMESPACES, new ObjectKey("", "team"), "", 0, -1, ""));
        replica.settle();
        assertThat(api.get(PODS, "team", "web").deleting()).isTrue();
        assertThat(api.get(MAPS, "team", "kube-root-ca.crt")).as("what pods use stays while they end").isNotNull();
        ObjectNode status = api.get(NAMESPACES, "", "team").status();
        assertThat(Conditions.value(status, "NamespaceContentRemaining")).isEqualTo("True");
        assertThat(Conditions.find(status, "NamespaceContentRemaining").path("message").asText())
                .contains("pods. has 1 resource instances");
        nodes.runAll();
        replica.settle();
        assertThat(NamespaceContent.of("team", namespaced, api.latest()).empty()).isTrue();
        status = api.get(NAMESPACES, "", "team").status();
        assertThat(status.path("phase").asText()).isEqualTo("Terminating");
        assertThat(Conditions.value(status, "NamespaceContentRemaining")).isEqualTo("False");
    }
}
