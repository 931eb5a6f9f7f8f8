package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.xebec.system.TestCluster;
import io.kubernetes.client.ProtoClient;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.PatchUtils;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Map;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the official Java client says and hears besides plain JSON: configurations to apply, tables, protobuf. */
@Timeout(300)
@ExtendWith(SharedCluster.class)
class OfficialJavaFormatsTest {
    private static final String NAMESPACE = "official-formats";
    private static final String MAPS = "/api/v1/namespaces/" + NAMESPACE + "/configmaps";
    private static ApiClient client;
    private static CoreV1Api core;

    @BeforeAll
    static void connect(TestCluster cluster) throws Exception {
        try (Reader kubeconfig = Files.newBufferedReader(cluster.kubeconfig())) {
            client = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(kubeconfig)).build();
        }
        core = new CoreV1Api(client);
        core.createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(NAMESPACE))).execute();
    }

    @AfterAll
    static void leave() throws Exception {
        core.deleteNamespace(NAMESPACE).execute();
    }

    @Test
    void whatIsAppliedHasOwners() throws Exception {
        apply("harbour", false, "{a: '1', b: '1'}");
        assertThat(
                said(MAPS + "/applied", "application/json").getAsJsonObject("metadata").getAsJsonArray("managedFields")
                        .asList())
                .extracting(entry -> entry.getAsJsonObject().get("manager").getAsString())
                .containsExactly("harbour");
        assertThatThrownBy(() -> apply("pirate", false, "{a: '2'}"))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(409);
                    assertThat(refused.getResponseBody()).contains("FieldManagerConflict").contains(".data.a");
                });
        assertThat(apply("pirate", true, "{a: '2'}").getData()).containsOnly(Map.entry("a", "2"), Map.entry("b", "1"));
        assertThat(apply("harbour", false, "{}").getData()).containsOnly(Map.entry("a", "2"));
    }

    @Test
    void listsAreTables() throws Exception {
        core.createNamespacedConfigMap(NAMESPACE, new V1ConfigMap()
                .metadata(new V1ObjectMeta().name("row").putLabelsItem("set", "rows")).putDataItem("value", "1"))
                .execute();
        JsonObject table = said(MAPS + "?labelSelector=set%3Drows",
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
        assertThat(table.get("kind").getAsString()).isEqualTo("Table");
        assertThat(table.getAsJsonArray("columnDefinitions").asList())
                .extracting(column -> column.getAsJsonObject().get("name").getAsString())
                .containsExactly("Name", "Data", "Age");
        JsonArray cells = table.getAsJsonArray("rows").get(0).getAsJsonObject().getAsJsonArray("cells");
        assertThat(cells.get(0).getAsString()).isEqualTo("row");
        assertThat(cells.get(1).getAsInt()).isEqualTo(1);
    }

    @Test
    void objectsTravelAsProtobuf() throws Exception {
        ProtoClient proto = new ProtoClient(client);
        V1.ConfigMap sent = V1.ConfigMap.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("proto").setNamespace(NAMESPACE)
                        .putLabels("set", "proto"))
                .putData("value", "1").build();
        V1.ConfigMap made = proto.create(sent, MAPS, "v1", "ConfigMap").object;
        assertThat(made.getMetadata().getUid()).isNotEmpty();
        assertThat(made.getDataMap()).containsOnly(Map.entry("value", "1"));
        var again = proto.create(sent, MAPS, "v1", "ConfigMap");
        assertThat(again.status.getReason()).isEqualTo("AlreadyExists");
        V1.ConfigMap changed = proto.update(made.toBuilder().putData("value", "2").build(), MAPS + "/proto", "v1",
                "ConfigMap").object;
        assertThat(changed.getDataMap()).containsOnly(Map.entry("value", "2"));
        V1.ConfigMapList listed = proto.<V1.ConfigMapList>list(V1.ConfigMapList.newBuilder(),
                MAPS + "?labelSelector=set%3Dproto").object;
        assertThat(listed.getItemsList()).extracting(found -> found.getMetadata().getName()).containsExactly("proto");
        assertThat(proto.delete(V1.ConfigMap.newBuilder(), MAPS + "/proto").status.getStatus()).isEqualTo("Success");
        assertThat(proto.get(V1.ConfigMap.newBuilder(), MAPS + "/proto").status.getCode()).isEqualTo(404);
    }

    private static JsonObject said(String path, String accept) throws IOException {
        Request request = new Request.Builder().url(client.getBasePath() + path).header("Accept", accept).build();
        try (Response answer = client.getHttpClient().newCall(request).execute()) {
            return JsonParser.parseString(answer.body().string()).getAsJsonObject();
        }
    }

    private static V1ConfigMap apply(String manager, boolean force, String data) throws ApiException {
        V1Patch patch = new V1Patch("{apiVersion: v1, kind: ConfigMap, metadata: {name: applied}, data: " + data + "}");
        return PatchUtils.patch(V1ConfigMap.class, () -> core.patchNamespacedConfigMap("applied", NAMESPACE, patch)
                .fieldManager(manager).force(force).buildCall(null), V1Patch.PATCH_FORMAT_APPLY_YAML, client);
    }
}
