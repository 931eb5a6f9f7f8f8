package dev.xebec.controller.protection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Objects;
import dev.xebec.controller.rig.Replica;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProtectionReconcilerTest {
    private static final GroupVersionResource CLAIMS = GroupVersionResource.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupVersionResource VOLUMES = GroupVersionResource.PERSISTENT_VOLUMES;
    private static final GroupVersionResource CLASSES = GroupVersionResource.VOLUME_ATTRIBUTES_CLASSES;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;

    private final MemoryApi api = new MemoryApi();
    private final Replica replica = new Replica(api, ProtectionReconciler.all().toArray(Reconciler[]::new));

    private void claim(String className) {
        api.create(CLAIMS, Objects.json("{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'data',"
                + "'namespace':'default','finalizers':['kubernetes.io/pvc-protection']},'spec':{'volumeAttributesClassName':'"
                + className + "'}}"));
    }

    private void podWith(String volume, String node) {
        ObjectNode pod = Objects.pod("web", "web").copy();
        ObjectNode spec = (ObjectNode) pod.get("spec");
        spec.putArray("volumes").add(Objects.tree(volume));
        spec.put("nodeName", node);
        api.create(PODS, ApiObject.of(pod));
    }

    private void delete(GroupVersionResource resource, ApiObject object) {
        api.perform(new Action.Delete(resource, object.key(), object.uid(), 0, 0, ""));
        replica.settle();
    }

    private @Nullable ApiObject data() {
        return api.get(CLAIMS, "default", "data");
    }

    @Test
    void aClaimStaysWhileAPodOnANodeUsesIt() {
        claim("");
        podWith("{'name':'v','persistentVolumeClaim':{'claimName':'data'}}", "node-0");
        delete(CLAIMS, api.get(CLAIMS, "default", "data"));
        assertThat(data()).isNotNull();
        delete(PODS, api.get(PODS, "default", "web"));
        assertThat(data()).isNull();
    }

    @Test
    void aPodWithoutANodeUsesNothingYet() {
        claim("");
        podWith("{'name':'v','persistentVolumeClaim':{'claimName':'data'}}", "");
        delete(CLAIMS, api.get(CLAIMS, "default", "data"));
        assertThat(data()).isNull();
    }

    @Test
    void aBoundVolumeStays() {
        api.create(VOLUMES, Objects.json("{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'pv',"
                + "'finalizers':['kubernetes.io/pv-protection']},'spec':{}}"));
        phase("Bound");
        delete(VOLUMES, api.get(VOLUMES, "", "pv"));
        assertThat(api.get(VOLUMES, "", "pv")).isNotNull();
        phase("Released");
        replica.settle();
        assertThat(api.get(VOLUMES, "", "pv")).isNull();
    }

    private void phase(String phase) {
        ObjectNode volume = api.get(VOLUMES, "", "pv").copy();
        volume.putObject("status").put("phase", phase);
        api.perform(new Action.UpdateStatus(VOLUMES, ApiObject.of(volume)));
    }

    @Test
    void aClassStaysWhileAClaimNamesIt() {
        api.create(CLASSES, Objects.json("{'apiVersion':'storage.k8s.io/v1','kind':'VolumeAttributesClass','metadata':"
                + "{'name':'fast','finalizers':['kubernetes.io/vac-protection']},'driverName':'a.b'}"));
        claim("fast");
        delete(CLASSES, api.get(CLASSES, "", "fast"));
        assertThat(api.get(CLASSES, "", "fast")).isNotNull();
        delete(CLAIMS, api.get(CLAIMS, "default", "data"));
        assertThat(api.get(CLASSES, "", "fast")).isNull();
    }

    @Test
    void whatHasLostItsFinalizerGetsItBack() {
        api.create(CLAIMS, Objects.json("{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'data',"
                + "'namespace':'default','finalizers':['a.b/c']},'spec':{}}"));
        replica.settle();
        assertThat(api.get(CLAIMS, "default", "data").finalizers()).containsExactly("a.b/c",
                "kubernetes.io/pvc-protection");
    }
}
