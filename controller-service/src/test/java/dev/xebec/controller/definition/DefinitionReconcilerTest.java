package dev.xebec.controller.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Objects;
import dev.xebec.controller.rig.Replica;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionReconcilerTest {
    private static final GroupVersionResource DEFINITIONS = GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS;
    private static final GroupVersionResource SHIPS = GroupVersionResource.customOf("example.com", "ships");

    private final MemoryApi api = new MemoryApi();
    private final DefinitionReconciler reconciler = new DefinitionReconciler();
    private final Replica replica = new Replica(api, reconciler);

    private void define(String plural, boolean established, String accepted) {
        api.create(DEFINITIONS, Objects.json("""
                {'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition',
                 'metadata':{'name':'%s.example.com','finalizers':['customresourcecleanup.apiextensions.k8s.io']},
                 'spec':{'group':'example.com','scope':'Namespaced','names':{'plural':'%s','kind':'Ship'}},
                 'status':{'acceptedNames':{'plural':'%s','kind':'%s'},'conditions':[
                  {'type':'NamesAccepted','status':'%s'},{'type':'Established','status':'%s'}]}}
                """.formatted(plural, plural, plural, accepted, established ? "True" : "False",
                established ? "True" : "False")));
    }

    private void ship(String name, String... finalizers) {
        ObjectNode tree = Objects.named("example.com/v1", "Ship", "default", name).copy();
        List.of(finalizers).forEach(((ObjectNode) tree.get("metadata")).putArray("finalizers")::add);
        api.create(SHIPS, ApiObject.of(tree));
    }

    private void delete(String plural) {
        ApiObject definition = api.get(DEFINITIONS, "", plural + ".example.com");
        api.perform(new Action.Delete(DEFINITIONS, definition.key(), definition.uid(), 0, -1, ""));
    }

    private static String terminating(ApiObject definition) {
        return definition.status().path("conditions").valueStream()
                .filter(one -> one.path("type").asText().equals("Terminating"))
                .map(one -> one.path("status").asText() + " " + one.path("reason").asText()).findFirst().orElse("");
    }

    @Test
    void aDefinitionGoesWhenItsLastObjectIsGone() {
        define("ships", true, "Ship");
        ship("a");
        ship("b", "test/hold");
        delete("ships");
        replica.settle();
        assertThat(api.get(SHIPS, "default", "a")).isNull();
        assertThat(api.get(SHIPS, "default", "b").deleting()).isTrue();
        assertThat(terminating(api.get(DEFINITIONS, "", "ships.example.com")))
                .isEqualTo("True InstanceDeletionInProgress");
        ObjectNode free = api.get(SHIPS, "default", "b").copy();
        ((ObjectNode) free.get("metadata")).putArray("finalizers");
        api.perform(new Action.Update(SHIPS, ApiObject.of(free)));
        replica.settle();
        assertThat(api.get(SHIPS, "default", "b")).isNull();
        assertThat(terminatingOrGone("ships")).isIn("", "False InstanceDeletionCompleted");
        ObjectKey key = new ObjectKey("", "ships.example.com");
        for (int look = 0; look < 3 && api.latest().get(DEFINITIONS, key) != null; look++) {
            reconciler.reconcile(key, api.latest(), api.now()).actions().forEach(api::perform);
        }
        assertThat(api.latest().get(DEFINITIONS, key)).isNull();
    }

    private String terminatingOrGone(String plural) {
        ApiObject definition = api.get(DEFINITIONS, "", plural + ".example.com");
        return definition == null ? "" : terminating(definition);
    }

    @Test
    void aDefinitionThatWasNeverServedGoesAtOnce() {
        define("ships", false, "");
        delete("ships");
        ObjectKey key = new ObjectKey("", "ships.example.com");
        for (int look = 0; look < 3 && api.latest().get(DEFINITIONS, key) != null; look++) {
            reconciler.reconcile(key, api.latest(), api.now()).actions().forEach(api::perform);
        }
        assertThat(api.latest().get(DEFINITIONS, key)).isNull();
    }

    @Test
    void aDefinitionIsLookedAtAgainOnlyWhenItsNamesAreFree() {
        define("ships", true, "Ship");
        define("boats", false, "");
        ObjectKey boats = new ObjectKey("", "boats.example.com");
        assertThat(reconciler.reconcile(boats, api.latest(), api.now()).actions()).isEmpty();
        ApiObject ships = api.get(DEFINITIONS, "", "ships.example.com");
        ObjectNode freed = ships.copy();
        ((ObjectNode) freed.get("metadata")).putArray("finalizers");
        api.perform(new Action.Update(DEFINITIONS, ApiObject.of(freed)));
        delete("ships");
        assertThat(reconciler.keysFor(api.change(api.revision()), api.latest())).contains(boats);
        assertThat(reconciler.reconcile(boats, api.latest(), api.now()).actions()).singleElement()
                .isInstanceOfSatisfying(Action.MergePatch.class,
                        patch -> assertThat(patch.subresource()).isEqualTo("status"));
    }
}
