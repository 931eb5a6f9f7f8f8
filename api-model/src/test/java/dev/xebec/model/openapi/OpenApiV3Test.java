package dev.xebec.model.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.Kind.DeletePropagation;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenApiV3Test {
    private static final KindRegistry REGISTRY = KindRegistry.builtIn();

    private static ObjectNode document(String group, String version) {
        return Json.parseObject(OpenApiV3.document(new GroupVersion(group, version), REGISTRY));
    }

    @Test
    void everyDocumentIsWhole() {
        for (GroupVersion groupVersion : REGISTRY.groupVersions()) {
            ObjectNode document = document(groupVersion.group(), groupVersion.version());
            List<String> dangling = new ArrayList<>();
            references(document, document, dangling);
            assertThat(dangling).as(groupVersion.toString()).isEmpty();
            assertThat(document.path("paths")).as(groupVersion.toString()).isNotEmpty();
            for (JsonNode schema : document.at("/components/schemas")) {
                schema.path("required")
                        .forEach(name -> assertThat(schema.path("properties").has(name.textValue())).isTrue());
            }
        }
    }

    private static void references(JsonNode node, JsonNode document, List<String> dangling) {
        if (node.path("$ref").isTextual() && document.at(node.path("$ref").textValue().substring(1)).isMissingNode()) {
            dangling.add(node.path("$ref").textValue());
        }
        node.forEach(child -> references(child, document, dangling));
    }

    @Test
    void theIndexRefersToEachDocumentByItsHash() {
        ObjectNode index = OpenApiV3.index(REGISTRY);
        assertThat(index.path("paths").size())
                .isEqualTo(REGISTRY.groupVersions().size() + OpenApiV3.serverDocuments(REGISTRY).size());
        assertThat(index.path("paths").has("apis/apps")).isTrue();
        String apps = OpenApiV3.hash(OpenApiV3.document(new GroupVersion("apps", "v1"), REGISTRY));
        assertThat(index.at("/paths/apis~1apps~1v1/serverRelativeURL").textValue())
                .isEqualTo("/openapi/v3/apis/apps/v1?hash=" + apps);
        assertThat(index.at("/paths/api~1v1/serverRelativeURL").textValue()).startsWith("/openapi/v3/api/v1?hash=");
        assertThat(OpenApiV3.index(REGISTRY)).isEqualTo(index);
    }

    @Test
    void applyFindsMergeKeysByFollowingReferences() {
        JsonNode document = document("apps", "v1");
        JsonNode deployment = schema(document, "io.k8s.api.apps.v1.Deployment");
        JsonNode spec = follow(document, deployment.at("/properties/spec"));
        assertThat(spec.at("/properties/strategy/x-kubernetes-patch-strategy").textValue()).isEqualTo("retainKeys");
        JsonNode pod = follow(document, follow(document, spec.at("/properties/template")).at("/properties/spec"));
        JsonNode containers = pod.at("/properties/containers");
        assertThat(containers.path("type").textValue()).isEqualTo("array");
        assertThat(containers.path("x-kubernetes-patch-merge-key").textValue()).isEqualTo("name");
        assertThat(containers.path("x-kubernetes-patch-strategy").textValue()).isEqualTo("merge");
        assertThat(containers.path("x-kubernetes-list-type").textValue()).isEqualTo("map");
        assertThat(containers.path("x-kubernetes-list-map-keys").get(0).textValue()).isEqualTo("name");
        JsonNode ports = follow(document, containers.path("items")).at("/properties/ports");
        assertThat(ports.path("x-kubernetes-patch-merge-key").textValue()).isEqualTo("containerPort");
        assertThat(ports.path("x-kubernetes-list-map-keys").toString()).isEqualTo("[\"containerPort\",\"protocol\"]");
        assertThat(spec.path("required").toString()).contains("selector", "template");
    }

    @Test
    void validationFindsThePatchOfAKindWithItsParameters() {
        JsonNode document = document("apps", "v1");
        JsonNode patch = document.at("/paths/~1apis~1apps~1v1~1namespaces~1{namespace}~1deployments~1{name}/patch");
        assertThat(patch.path("x-kubernetes-group-version-kind").toString())
                .isEqualTo("{\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"Deployment\"}");
        assertThat(patch.path("parameters").findValuesAsText("name")).containsExactly("dryRun", "fieldManager",
                "fieldValidation", "force");
        assertThat(document.at("/paths/~1apis~1apps~1v1~1namespaces~1{namespace}~1deployments~1{name}/parameters")
                .findValuesAsText("name")).containsExactly("name", "namespace", "pretty");
        List<String> types = new ArrayList<>();
        patch.at("/requestBody/content").fieldNames().forEachRemaining(types::add);
        assertThat(types).containsExactlyInAnyOrder("application/apply-patch+yaml", "application/json-patch+json",
                "application/merge-patch+json", "application/strategic-merge-patch+json");
    }

    @Test
    void operationsHaveTheNamesThatGeneratedClientsKnow() {
        JsonNode core = document("", "v1");
        assertThat(core.at("/paths/~1api~1v1~1pods/get/operationId").asText())
                .isEqualTo("listCoreV1PodForAllNamespaces");
        assertThat(core.at("/paths/~1api~1v1~1watch~1namespaces~1{namespace}~1pods~1{name}/get/operationId").asText())
                .isEqualTo("watchCoreV1NamespacedPod");
        JsonNode proxy = core.at("/paths/~1api~1v1~1namespaces~1{namespace}~1pods~1{name}~1proxy~1{path}");
        assertThat(proxy.size()).isEqualTo(8);
        assertThat(proxy.at("/head/operationId").asText()).isEqualTo("connectCoreV1HeadNamespacedPodProxyWithPath");
        assertThat(proxy.at("/get/x-kubernetes-action").asText()).isEqualTo("connect");
        assertThat(core.at("/paths/~1api~1v1~1namespaces~1{namespace}~1pods/delete/operationId").asText())
                .isEqualTo("deleteCoreV1CollectionNamespacedPod");
        JsonNode rbac = document("rbac.authorization.k8s.io", "v1");
        JsonNode roles = rbac.at("/paths/~1apis~1rbac.authorization.k8s.io~1v1~1clusterroles/get");
        assertThat(roles.path("operationId").asText()).isEqualTo("listRbacAuthorizationV1ClusterRole");
        assertThat(roles.path("tags").toString()).isEqualTo("[\"rbacAuthorization_v1\"]");
    }

    @Test
    void documentsSayWhatKubernetesSaysAndNotAllThatHolds() {
        JsonNode core = document("", "v1");
        JsonNode container = schema(core, "io.k8s.api.core.v1.Container").path("properties");
        assertThat(container.at("/terminationMessagePath").has("default")).isFalse();
        assertThat(container.at("/name/default").asText("absent")).isEmpty();
        assertThat(container.at("/restartPolicy").has("enum")).isFalse();
        assertThat(schema(core, "io.k8s.api.core.v1.PodList").at("/properties/items").has("x-kubernetes-list-type"))
                .isFalse();
        assertThat(schema(core, "io.k8s.api.core.v1.Pod").at("/properties/spec/default").toString()).isEqualTo("{}");
        assertThat(schema(core, "io.k8s.api.core.v1.SeccompProfile").path("x-kubernetes-unions")).isNotEmpty();
        assertThat(schema(core, "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions")
                .path("x-kubernetes-group-version-kind")).hasSize(1);
        assertThat(schema(document("apps", "v1"), "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions")
                .path("x-kubernetes-group-version-kind")).hasSize(2);
    }

    @Test
    void aKindIsFoundByItsGroupVersionKind() {
        JsonNode master = schema(document("cluster.xebec.dev", "v1alpha1"), "dev.xebec.cluster.v1alpha1.Master");
        assertThat(master.path("x-kubernetes-group-version-kind").toString())
                .isEqualTo("[{\"group\":\"cluster.xebec.dev\",\"kind\":\"Master\",\"version\":\"v1alpha1\"}]");
        assertThat(master.path("description").textValue()).isNotBlank();
    }

    @Test
    void specialTypesAreWhatKubernetesSaysOfThem() {
        JsonNode document = document("", "v1");
        assertThat(schema(document, "io.k8s.apimachinery.pkg.util.intstr.IntOrString").toString())
                .isEqualTo("{\"oneOf\":[{\"type\":\"integer\"},{\"type\":\"string\"}],\"format\":\"int-or-string\"}");
        assertThat(schema(document, "io.k8s.apimachinery.pkg.apis.meta.v1.Time").path("format").textValue())
                .isEqualTo("date-time");
        assertThat(schema(document, "io.k8s.apimachinery.pkg.api.resource.Quantity").path("oneOf")).hasSize(2);
        assertThat(schema(document, "io.k8s.api.core.v1.ObjectReference").path("x-kubernetes-map-type").textValue())
                .isEqualTo("atomic");
        assertThat(schema(document, "io.k8s.api.core.v1.PersistentVolumeSpec")
                .at("/properties/claimRef/x-kubernetes-map-type").textValue()).isEqualTo("granular");
    }

    @Test
    void anAddedKindHasItsSchemaInlineAndNoStrategicPatch() {
        Field bow = new Field("bow", new Scalar(Scalar.Type.STRING), true, new int[]{}, "", Set.of("round", "sharp"),
                "\"round\"", "The front.");
        Struct spec = new Struct("example.ShipSpec", () -> Map.of("bow", bow), false);
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("metadata", new Field("metadata", REGISTRY.type("meta.v1.ObjectMeta").orElseThrow(), false,
                new int[]{}, "", Set.of(), "", ""));
        fields.put("spec", new Field("spec", spec, false, new int[]{}, "", Set.of(), "", ""));
        Kind ship = new Kind(new GroupVersionKind("sea.example.com", "v1", "Ship"), "ships", "ship", "ShipList", true,
                Set.of("get", "list", "patch"), List.of(), List.of(), Map.of(),
                new Struct("example.Ship", () -> fields, false), List.of(), Set.of(), true, false, false,
                DeletePropagation.BACKGROUND);
        JsonNode document = Json.parseObject(
                OpenApiV3.document(new GroupVersion("sea.example.com", "v1"), REGISTRY.with(ship)));
        JsonNode schema = schema(document, "com.example.sea.v1.Ship");
        assertThat(schema.at("/properties/spec/properties/bow").toString()).isEqualTo(
                "{\"type\":\"string\",\"description\":\"The front.\",\"default\":\"round\",\"enum\":"
                        + schema.at("/properties/spec/properties/bow/enum") + "}");
        assertThat(schema.at("/properties/metadata/allOf/0/$ref").textValue()).endsWith("meta.v1.ObjectMeta");
        JsonNode patch = document
                .at("/paths/~1apis~1sea.example.com~1v1~1namespaces~1{namespace}~1ships~1{name}/patch");
        assertThat(patch.at("/requestBody/content").has("application/strategic-merge-patch+json")).isFalse();
        assertThat(patch.at("/requestBody/content").has("application/merge-patch+json")).isTrue();
    }

    private static JsonNode schema(JsonNode document, String name) {
        JsonNode schema = document.at("/components/schemas").path(name);
        assertThat(schema.isObject()).as(name).isTrue();
        return schema;
    }

    private static JsonNode follow(JsonNode document, JsonNode reference) {
        JsonNode one = reference.has("$ref") ? reference : reference.at("/allOf/0");
        return document.at(one.path("$ref").textValue().substring(1));
    }
}
