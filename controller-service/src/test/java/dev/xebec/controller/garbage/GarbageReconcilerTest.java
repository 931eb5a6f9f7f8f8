package dev.xebec.controller.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Trees;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Objects;
import dev.xebec.controller.rig.Replica;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.List;
import org.junit.jupiter.api.Test;

class GarbageReconcilerTest {
    private static final GroupVersionResource MAPS = GroupVersionResource.CONFIG_MAPS;
    private static final GroupVersionResource SECRETS = GroupVersionResource.SECRETS;
    private static final GroupVersionResource NODES = GroupVersionResource.NODES;
    private static final List<Kind> KINDS = List.of(MAPS, SECRETS, NODES).stream()
            .map(resource -> KindRegistry.builtIn().byResource(resource).orElseThrow()).toList();

    private final MemoryApi api = new MemoryApi();
    private final Replica replica = new Replica(api, new GarbageReconciler(KINDS));

    private ApiObject map(String name) {
        return map("default", name);
    }

    private ApiObject map(String namespace, String name) {
        api.create(MAPS, Objects.named("v1", "ConfigMap", namespace, name));
        return api.get(MAPS, namespace, name);
    }

    private void secret(String name, boolean blocking, ApiObject... owners) {
        ObjectNode tree = Objects.named("v1", "Secret", "default", name).copy();
        for (ApiObject owner : owners) {
            Trees.list((ObjectNode) tree.get("metadata"), "ownerReferences").addObject().put("apiVersion", "v1")
                    .put("kind", owner.kind()).put("name", owner.name()).put("uid", owner.uid())
                    .put("blockOwnerDeletion", blocking);
        }
        api.create(SECRETS, ApiObject.of(tree));
    }

    private ApiObject secret(String name) {
        return api.get(SECRETS, "default", name);
    }

    private void delete(ApiObject map, String propagation) {
        assertThat(api.perform(new Action.Delete(MAPS, map.key(), map.uid(), 0, -1, propagation)))
                .isEqualTo(MemoryApi.Answer.DONE);
    }

    private void hold(String secret) {
        ObjectNode tree = secret(secret).copy();
        ((ObjectNode) tree.get("metadata")).putArray("finalizers").add("test/hold");
        api.perform(new Action.Update(SECRETS, ApiObject.of(tree)));
    }

    private void release(String secret) {
        ObjectNode tree = secret(secret).copy();
        ((ObjectNode) tree.get("metadata")).putArray("finalizers");
        api.perform(new Action.Update(SECRETS, ApiObject.of(tree)));
    }

    @Test
    void customResourcesOwnAndAreOwned() {
        GroupVersionResource ships = GroupVersionResource.customOf("example.com", "ships");
        api.create(GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS, Objects.json("""
                {'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition',
                 'metadata':{'name':'ships.example.com'},'spec':{'group':'example.com','scope':'Namespaced'},
                 'status':{'acceptedNames':{'plural':'ships','kind':'Ship'}}}
                """));
        ApiObject map = map("owner");
        ObjectNode ship = Objects.named("example.com/v1", "Ship", "default", "ship").copy();
        Trees.list((ObjectNode) ship.get("metadata"), "ownerReferences").addObject().put("apiVersion", "v1")
                .put("kind", "ConfigMap").put("name", "owner").put("uid", map.uid());
        api.create(ships, ApiObject.of(ship));
        ObjectNode dependent = Objects.named("v1", "Secret", "default", "dependent").copy();
        Trees.list((ObjectNode) dependent.get("metadata"), "ownerReferences").addObject()
                .put("apiVersion", "example.com/v1").put("kind", "Ship").put("name", "ship")
                .put("uid", api.get(ships, "default", "ship").uid());
        api.create(SECRETS, ApiObject.of(dependent));
        replica.settle();
        assertThat(api.get(ships, "default", "ship")).isNotNull();
        assertThat(secret("dependent")).isNotNull();
        delete(map, "Background");
        replica.settle();
        assertThat(api.get(ships, "default", "ship")).isNull();
        assertThat(secret("dependent")).isNull();
    }

    @Test
    void dependentsFollowADeletedOwnerInTheBackground() {
        ApiObject owner = map("owner");
        secret("dependent", true, owner);
        secret("independent", true);
        replica.settle();
        assertThat(secret("dependent")).isNotNull();
        delete(owner, "Background");
        replica.settle();
        assertThat(secret("dependent")).isNull();
        assertThat(secret("independent")).isNotNull();
    }

    @Test
    void objectWithAnotherOwnerStaysAndLosesTheReference() {
        ApiObject one = map("one");
        ApiObject other = map("other");
        secret("shared", true, one, other);
        delete(one, "Background");
        replica.settle();
        assertThat(secret("shared").ownerReferences()).singleElement()
                .satisfies(owner -> assertThat(owner.uid()).isEqualTo(other.uid()));
        delete(other, "Background");
        replica.settle();
        assertThat(secret("shared")).isNull();
    }

    @Test
    void ownerOfTheSameNameButAnotherUidIsAbsent() {
        ApiObject first = map("owner");
        secret("dependent", true, first);
        delete(first, "Background");
        map("owner");
        replica.settle();
        assertThat(secret("dependent")).isNull();
    }

    @Test
    void ownerInAnotherNamespaceIsAbsent() {
        secret("dependent", true, map("elsewhere", "owner"));
        replica.settle();
        assertThat(secret("dependent")).isNull();
    }

    @Test
    void ownerOfUnknownKindIsLeftAlone() {
        ObjectNode tree = Objects.named("v1", "Secret", "default", "custom").copy();
        Trees.list((ObjectNode) tree.get("metadata"), "ownerReferences").addObject()
                .put("apiVersion", "example.com/v1").put("kind", "Thing").put("name", "x").put("uid", "u");
        api.create(SECRETS, ApiObject.of(tree));
        replica.settle();
        assertThat(secret("custom")).isNotNull();
    }

    @Test
    void clusterScopedOwnerIsFound() {
        api.create(NODES, Objects.named("v1", "Node", "", "n"));
        ApiObject node = api.get(NODES, "", "n");
        secret("of-node", false, node);
        replica.settle();
        assertThat(secret("of-node")).isNotNull();
        api.perform(new Action.Delete(NODES, node.key(), node.uid(), 0, -1, ""));
        replica.settle();
        assertThat(secret("of-node")).isNull();
    }

    @Test
    void foregroundWaitsForBlockingDependentsOnly() {
        ApiObject owner = map("owner");
        secret("blocking", true, owner);
        secret("other", false, owner);
        hold("blocking");
        hold("other");
        delete(owner, "Foreground");
        replica.settle();
        assertThat(api.get(MAPS, "default", "owner")).isNotNull();
        assertThat(secret("blocking").deleting()).isTrue();
        assertThat(secret("other").deleting()).isTrue();
        release("blocking");
        replica.settle();
        assertThat(api.get(MAPS, "default", "owner")).isNull();
        assertThat(secret("other")).isNotNull();
    }

    private void own(String secret, String owner) {
        ObjectNode tree = secret(secret).copy();
        Trees.list((ObjectNode) tree.get("metadata"), "ownerReferences").addObject().put("apiVersion", "v1")
                .put("kind", "Secret").put("name", owner).put("uid", secret(owner).uid())
                .put("blockOwnerDeletion", true);
        api.perform(new Action.Update(SECRETS, ApiObject.of(tree)));
    }

    private void circle() {
        List.of("a", "b", "c").forEach(name -> secret(name, true));
        own("b", "a");
        own("c", "b");
        own("a", "c");
    }

    private void deleteSlowly(String secret) {
        api.perform(new Action.Delete(SECRETS, secret(secret).key(), secret(secret).uid(), 0, -1, "Foreground"));
    }

    @Test
    void whatOwnsEachOtherInACircleGoesWhole() {
        circle();
        deleteSlowly("a");
        replica.settle();
        assertThat(api.latest().list(SECRETS)).isEmpty();
    }

    @Test
    void aCircleThatIsDeletedAllAtOnceGoesToo() {
        circle();
        List.of("a", "b", "c").forEach(this::deleteSlowly);
        replica.settle();
        assertThat(api.latest().list(SECRETS)).isEmpty();
    }

    @Test
    void whatHangsOnACircleStillHoldsIt() {
        circle();
        secret("held", true, secret("b"));
        hold("held");
        deleteSlowly("a");
        replica.settle();
        assertThat(secret("b")).isNotNull();
        release("held");
        replica.settle();
        assertThat(api.latest().list(SECRETS)).isEmpty();
    }

    @Test
    void orphansLoseTheirOwnerAndStay() {
        ApiObject owner = map("owner");
        secret("dependent", true, owner);
        delete(owner, "Orphan");
        replica.settle();
        assertThat(api.get(MAPS, "default", "owner")).isNull();
        assertThat(secret("dependent").ownerReferences()).isEmpty();
        long settled = api.revision();
        replica.settle();
        assertThat(api.revision()).isEqualTo(settled);
    }
}
