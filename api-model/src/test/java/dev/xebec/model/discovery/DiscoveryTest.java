package dev.xebec.model.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.CustomResourceKinds;
import dev.xebec.model.custom.Definitions;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private final KindRegistry registry = KindRegistry.builtIn();

    @Test
    void theAggregatedCoreHasOneGroupWithoutAName() {
        ObjectNode document = Discovery.aggregatedCore(registry);
        assertThat(document.path("apiVersion").textValue()).isEqualTo("apidiscovery.k8s.io/v2");
        assertThat(document.path("kind").textValue()).isEqualTo("APIGroupDiscoveryList");
        assertThat(document.path("items")).hasSize(1);
        JsonNode core = document.at("/items/0");
        assertThat(core.path("metadata").has("name")).isFalse();
        assertThat(core.at("/versions/0/version").textValue()).isEqualTo("v1");
        assertThat(core.at("/versions/0/freshness").textValue()).isEqualTo("Current");
        assertThat(resource(core.path("versions").get(0), "serviceaccounts")).isEqualTo(
                json("""
                        {"resource": "serviceaccounts", "responseKind": {"group": "", "version": "", "kind": "ServiceAccount"},
                         "scope": "Namespaced", "singularResource": "serviceaccount",
                         "verbs": ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
                         "shortNames": ["sa"], "subresources": [{"subresource": "token",
                           "responseKind": {"group": "authentication.k8s.io", "version": "v1", "kind": "TokenRequest"},
                           "verbs": ["create"]}]}"""));
    }

    @Test
    void theAggregatedGroupsListEachVersionByPreference() {
        JsonNode items = Discovery.aggregatedGroups(registry).path("items");
        List<String> names = new ArrayList<>();
        items.forEach(item -> names.add(item.at("/metadata/name").textValue()));
        assertThat(names).contains("apps", "batch", "cluster.xebec.dev").doesNotContain("").doesNotHaveDuplicates();
        JsonNode autoscaling = items.get(names.indexOf("autoscaling"));
        assertThat(
                autoscaling.path("versions").findValuesAsText("version").stream().filter(v -> v.length() == 2).toList())
                .startsWith("v2");
        assertThat(autoscaling.at("/versions/0/version").textValue()).isEqualTo("v2");
        assertThat(autoscaling.at("/versions/1/version").textValue()).isEqualTo("v1");
    }

    /** kube-apiserver puts the status of a custom kind before its scale, other subresources by name. */
    @Test
    void theSubresourcesOfACustomKindKeepTheirOrder() {
        KindRegistry custom = registry
                .with(CustomResourceKinds.of(Definitions.ship(Definitions.yaml("type: object"))).toArray(Kind[]::new));
        ObjectNode list = Discovery.apiResourceList(custom, new GroupVersion("example.com", "v1")).orElseThrow();
        assertThat(list.path("resources").findValuesAsText("name")).containsExactly("ships", "ships/status",
                "ships/scale");
    }

    @Test
    void theLegacyListHasSubresourcesAsEntriesOfTheirOwn() {
        ObjectNode list = Discovery.apiResourceList(registry, new GroupVersion("apps", "v1")).orElseThrow();
        assertThat(list.path("groupVersion").textValue()).isEqualTo("apps/v1");
        assertThat(list.path("resources").findValuesAsText("name")).contains("deployments", "deployments/scale",
                "deployments/status", "controllerrevisions").isSorted();
        list.path("resources").forEach(resource -> {
            if (resource.path("name").textValue().equals("deployments/scale")) {
                assertThat(resource).isEqualTo(json("""
                        {"name": "deployments/scale", "singularName": "", "namespaced": true, "group": "autoscaling",
                         "version": "v1", "kind": "Scale", "verbs": ["get", "patch", "update"]}"""));
            } else if (resource.path("name").textValue().equals("deployments")) {
                assertThat(resource.path("singularName").textValue()).isEqualTo("deployment");
                assertThat(resource.path("categories").get(0).textValue()).isEqualTo("all");
            }
        });
        assertThat(Discovery.apiResourceList(registry, new GroupVersion("apps", "v9"))).isEmpty();
    }

    @Test
    void evictionIsFoundInTheCoreListAsDrainLooksForIt() {
        ObjectNode core = Discovery.apiResourceList(registry, new GroupVersion("", "v1")).orElseThrow();
        for (JsonNode resource : core.path("resources")) {
            if (resource.path("name").textValue().equals("pods/eviction")) {
                assertThat(resource.path("kind").textValue()).isEqualTo("Eviction");
                assertThat(resource.path("group").textValue()).isEqualTo("policy");
                assertThat(resource.path("version").textValue()).isEqualTo("v1");
                return;
            }
        }
        assertThat(core).as("pods/eviction").isNull();
    }

    @Test
    void bothFormsListTheSameResources() {
        TreeSet<String> legacy = new TreeSet<>();
        for (GroupVersion groupVersion : registry.groupVersions()) {
            Discovery.apiResourceList(registry, groupVersion).orElseThrow().path("resources")
                    .forEach(resource -> legacy.add(groupVersion + " " + resource.path("name").textValue()));
        }
        TreeSet<String> aggregated = new TreeSet<>();
        for (ObjectNode document : List.of(Discovery.aggregatedCore(registry), Discovery.aggregatedGroups(registry))) {
            document.path("items").forEach(item -> item.path("versions").forEach(version -> version.path("resources")
                    .forEach(resource -> {
                        String name = new GroupVersion(item.at("/metadata/name").asText(""),
                                version.path("version").textValue()) + " " + resource.path("resource").textValue();
                        aggregated.add(name);
                        resource.path("subresources")
                                .forEach(sub -> aggregated.add(name + "/" + sub.path("subresource").textValue()));
                    })));
        }
        assertThat(aggregated).isEqualTo(legacy).hasSizeGreaterThan(120);
    }

    @Test
    void groupsSayWhichVersionToPrefer() {
        ObjectNode group = Discovery.apiGroup(registry, "autoscaling").orElseThrow();
        assertThat(group).isEqualTo(json("""
                {"kind": "APIGroup", "apiVersion": "v1", "name": "autoscaling",
                 "versions": [{"groupVersion": "autoscaling/v2", "version": "v2"},
                              {"groupVersion": "autoscaling/v1", "version": "v1"}],
                 "preferredVersion": {"groupVersion": "autoscaling/v2", "version": "v2"}}"""));
        assertThat(Discovery.apiGroup(registry, "")).isEmpty();
        assertThat(Discovery.apiGroup(registry, "example.com")).isEmpty();
        assertThat(Discovery.apiGroupList(registry).path("groups").findValuesAsText("name")).contains("apps")
                .doesNotContain("");
    }

    @Test
    void theCoreSaysWhereTheServerIs() {
        assertThat(Discovery.apiVersions(registry, "10.0.0.1:6443")).isEqualTo(json("""
                {"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs":
                  [{"clientCIDR": "0.0.0.0/0", "serverAddress": "10.0.0.1:6443"}]}"""));
    }

    private static JsonNode resource(JsonNode version, String name) {
        for (JsonNode resource : version.path("resources")) {
            if (resource.path("resource").textValue().equals(name)) {
                return resource;
            }
        }
        throw new AssertionError("no resource " + name);
    }

    private static ObjectNode json(String text) {
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
