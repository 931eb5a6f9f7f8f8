package dev.xebec.controller.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

class EndpointReconcilersTest {
    private static final GroupVersionResource SERVICES = GroupVersionResource.SERVICES;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;

    private final MemoryApi api = new MemoryApi();
    private final Nodes nodes = new Nodes(api);
    private final Replica replica = new Replica(api, new EndpointsReconciler(), new EndpointSliceReconciler());

    private void service(String more) {
        api.create(SERVICES, Objects.json("""
                {'apiVersion':'v1','kind':'Service','metadata':{'name':'web','namespace':'default',
                 'labels':{'tier':'front'}},'spec':{'selector':{'app':'web'}%s,
                 'ports':[{'name':'http','port':80,'protocol':'TCP','targetPort':'web'}]}}""".formatted(more)));
    }

    private ApiObject endpoints() {
        return api.get(GroupVersionResource.ENDPOINTS, "default", "web");
    }

    private List<ApiObject> slices() {
        return List.copyOf(api.latest().list(GroupVersionResource.ENDPOINT_SLICES));
    }

    private void run(String name) {
        api.create(PODS, Objects.pod(name, "web"));
        nodes.run(api.get(PODS, "default", name));
    }

    @Test
    void readyAndUnreadyPodsStandBehindTheService() {
        service("");
        run("a");
        run("b");
        nodes.unready(api.get(PODS, "default", "b"));
        api.create(PODS, Objects.pod("pending", "web"));
        run("other");
        ObjectNode other = api.get(PODS, "default", "other").copy();
        ((ObjectNode) other.get("metadata")).putObject("labels").put("app", "other");
        api.perform(new Action.Update(PODS, ApiObject.of(other)));
        replica.settle();

        JsonNode subset = endpoints().tree().path("subsets").path(0);
        assertThat(endpoints().tree().path("subsets")).hasSize(1);
        assertThat(subset.path("addresses").findValuesAsText("ip")).containsExactly("10.0.0.1");
        assertThat(subset.path("notReadyAddresses").findValuesAsText("ip")).containsExactly("10.0.0.2");
        assertThat(subset.path("ports")).isEqualTo(
                Objects.tree("{'p':[{'name':'http','port':8080,'protocol':'TCP'}]}").get("p"));
        assertThat(subset.path("addresses").path(0).path("targetRef").path("name").asText()).isEqualTo("a");

        assertThat(slices()).singleElement().satisfies(slice -> {
            assertThat(slice.name()).matches("web-[a-z0-9]{5}");
            assertThat(slice.labels()).containsEntry("kubernetes.io/service-name", "web")
                    .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
                    .containsEntry("tier", "front");
            assertThat(slice.tree().path("endpoints")).hasSize(2);
            assertThat(slice.tree().path("endpoints").path(1).path("conditions"))
                    .isEqualTo(Objects.tree("{'ready':false,'serving':false,'terminating':false}"));
        });
    }

    @Test
    void terminatingPodServesOnInSliceOnly() {
        service("");
        run("a");
        replica.settle();
        api.perform(new Action.Delete(PODS, new ObjectKey("default", "a"), "", 0, -1, ""));
        replica.settle();
        assertThat(endpoints().tree().has("subsets")).isFalse();
        assertThat(slices().get(0).tree().path("endpoints").path(0).path("conditions"))
                .isEqualTo(Objects.tree("{'ready':false,'serving':true,'terminating':true}"));
    }

    @Test
    void publishNotReadyAddressesAndHeadless() {
        service(",'publishNotReadyAddresses':true,'clusterIP':'None'");
        run("a");
        nodes.unready(api.get(PODS, "default", "a"));
        replica.settle();
        assertThat(endpoints().tree().path("subsets").path(0).path("addresses")).hasSize(1);
        assertThat(endpoints().labels()).containsKey("service.kubernetes.io/headless");
        assertThat(slices().get(0).tree().path("endpoints").path(0).path("conditions").path("ready").asBoolean())
                .isTrue();
    }

    @Test
    void manyPodsAreSplitOverSlicesOfAHundred() {
        service("");
        for (int i = 0; i < 130; i++) {
            run("pod-" + i);
        }
        replica.settle();
        assertThat(slices().stream().map(slice -> slice.tree().path("endpoints").size())).containsExactlyInAnyOrder(100,
                30);
        for (int i = 0; i < 40; i++) {
            ApiObject pod = api.get(PODS, "default", "pod-" + i);
            nodes.fail(pod);
        }
        replica.settle();
        assertThat(slices()).singleElement()
                .satisfies(slice -> assertThat(slice.tree().path("endpoints")).hasSize(90));
    }

    @Test
    void namedPortWithTwoNumbersMakesTwoGroups() {
        service("");
        run("a");
        ObjectNode other = Objects.pod("b", "web").copy();
        ((ObjectNode) other.at("/spec/containers/0/ports/0")).put("containerPort", 9090);
        api.create(PODS, ApiObject.of(other));
        nodes.run(api.get(PODS, "default", "b"));
        replica.settle();
        assertThat(endpoints().tree().path("subsets")).hasSize(2);
        assertThat(slices().stream().map(slice -> slice.tree().path("ports").path(0).path("port").asInt()))
                .containsExactlyInAnyOrder(8080, 9090);
    }

    @Test
    void endpointsGoWithTheirServiceAndForeignOnesStay() {
        service("");
        run("a");
        api.create(GroupVersionResource.ENDPOINTS, Objects.named("v1", "Endpoints", "default", "manual"));
        replica.settle();
        api.perform(new Action.Delete(SERVICES, new ObjectKey("default", "web"), "", 0, -1, ""));
        replica.settle();
        assertThat(endpoints()).isNull();
        assertThat(api.get(GroupVersionResource.ENDPOINTS, "default", "manual")).isNotNull();
    }

    @Test
    void serviceWithoutSelectorIsLeftAlone() {
        api.create(SERVICES, Objects.named("v1", "Service", "default", "web"));
        replica.settle();
        assertThat(endpoints()).isNull();
        assertThat(slices()).isEmpty();
    }
}
