package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.system.TestCluster;
import io.kubernetes.client.Exec;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.VersionApi;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import io.kubernetes.client.util.generic.dynamic.Dynamics;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official Java client: its typed and its dynamic API, its watches, informers, patches and streams. */
@Timeout(300)
@ExtendWith(SharedCluster.class)
class OfficialJavaClientTest {
    private static final String NAMESPACE = "official-java";
    private static ApiClient client;
    private static CoreV1Api core;

    @BeforeAll
    static void connect(TestCluster cluster) throws Exception {
        try (Reader kubeconfig = Files.newBufferedReader(cluster.kubeconfig())) {
            client = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(kubeconfig)).build();
        }
        core = new CoreV1Api(client);
        core.createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(NAMESPACE))).execute();
        core.createNamespacedPod(NAMESPACE, pod()).execute();
    }

    @AfterAll
    static void leave() throws Exception {
        core.deleteNamespace(NAMESPACE).execute();
    }

    @Test
    void typedObjectsAreMadeReadReplacedAndDeleted() throws Exception {
        V1ConfigMap made = core.createNamespacedConfigMap(NAMESPACE, configMap("life", "1")).execute();
        assertThat(made.getMetadata().getCreationTimestamp()).isNotNull();
        assertThatThrownBy(() -> core.createNamespacedConfigMap(NAMESPACE, configMap("life", "1")).execute())
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(409);
                    assertThat(refused.getResponseBody()).contains("\"reason\":\"AlreadyExists\"");
                });
        V1ConfigMap replaced = core.replaceNamespacedConfigMap("life", NAMESPACE, made.putDataItem("more", "2"))
                .execute();
        assertThat(replaced.getMetadata().getResourceVersion()).isNotEqualTo(made.getMetadata().getResourceVersion());
        assertThat(core.listNamespacedConfigMap(NAMESPACE).fieldSelector("metadata.name=life").execute().getItems())
                .hasSize(1);
        assertThat(core.deleteNamespacedConfigMap("life", NAMESPACE).execute().getStatus()).isEqualTo("Success");
        assertThatThrownBy(() -> core.readNamespacedConfigMap("life", NAMESPACE).execute())
                .isInstanceOfSatisfying(ApiException.class, gone -> assertThat(gone.getCode()).isEqualTo(404));
        assertThat(new VersionApi(client).getCode().execute().getMajor()).isEqualTo("1");
    }

    @Test
    void everyKindOfPatchIsTaken() throws Exception {
        core.createNamespacedConfigMap(NAMESPACE, configMap("patched", "1")).execute();
        assertThat(patch("patched", V1Patch.PATCH_FORMAT_JSON_PATCH,
                "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"yes\"}]").getData()).containsEntry("json", "yes");
        assertThat(patch("patched", V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, "{\"data\":{\"json\":null}}").getData())
                .doesNotContainKey("json");
        assertThat(patch("patched", V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH, "{\"data\":{\"more\":\"yes\"}}")
                .getData()).containsEntry("more", "yes").containsEntry("value", "1");
    }

    @Test
    void aWatchTellsWhatHappens() throws Exception {
        String now = core.listNamespacedConfigMap(NAMESPACE).execute().getMetadata().getResourceVersion();
        core.createNamespacedConfigMap(NAMESPACE, configMap("watched", "1")).execute();
        core.deleteNamespacedConfigMap("watched", NAMESPACE).execute();
        List<String> seen = new ArrayList<>();
        try (Watch<V1ConfigMap> watch = Watch.createWatch(client,
                core.listNamespacedConfigMap(NAMESPACE).fieldSelector("metadata.name=watched").resourceVersion(now)
                        .watch(true).buildCall(null),
                new com.google.gson.reflect.TypeToken<Watch.Response<V1ConfigMap>>() {
                }.getType())) {
            for (Watch.Response<V1ConfigMap> event : watch) {
                seen.add(event.type + " " + event.object.getMetadata().getName());
                if (seen.size() == 2) {
                    break;
                }
            }
        }
        assertThat(seen).containsExactly("ADDED watched", "DELETED watched");
    }

    @Test
    void anInformerFollows() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        SharedInformerFactory informers = new SharedInformerFactory(client);
        var informer = informers.sharedIndexInformerFor(
                parameters -> core.listNamespacedConfigMap(NAMESPACE).labelSelector("set=informed")
                        .resourceVersion(parameters.resourceVersion).timeoutSeconds(parameters.timeoutSeconds)
                        .watch(parameters.watch).buildCall(null),
                V1ConfigMap.class, V1ConfigMapList.class);
        informer.addEventHandler(handler(seen));
        informers.startAllRegisteredInformers();
        try {
            TestCluster.awaitTrue("a synced informer", informer::hasSynced);
            V1ConfigMap object = configMap("informed", "1");
            object.getMetadata().putLabelsItem("set", "informed");
            core.createNamespacedConfigMap(NAMESPACE, object).execute();
            patch("informed", V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, "{\"data\":{\"value\":\"2\"}}");
            core.deleteNamespacedConfigMap("informed", NAMESPACE).execute();
            TestCluster.awaitTrue("what happened", () -> seen.contains("-informed"));
        } finally {
            informers.stopAllRegisteredInformers();
        }
        assertThat(seen).containsExactly("+informed", "~informed", "-informed");
    }

    @Test
    void kindsAreReachedWithoutTheirClasses() throws Exception {
        DynamicKubernetesApi leases = new DynamicKubernetesApi("coordination.k8s.io", "v1", "leases", client);
        DynamicKubernetesObject lease = Dynamics.newFromYaml("""
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {name: dynamic, namespace: %s}
                spec: {holderIdentity: me, leaseDurationSeconds: 15}
                """.formatted(NAMESPACE));
        assertThat(leases.create(lease).getHttpStatusCode()).isEqualTo(200);
        assertThat(leases.get(NAMESPACE, "dynamic").getObject().getRaw().getAsJsonObject("spec")
                .get("leaseDurationSeconds").getAsInt()).isEqualTo(15);
        assertThat(leases.delete(NAMESPACE, "dynamic").isSuccess()).isTrue();
        assertThat(leases.get(NAMESPACE, "dynamic").getHttpStatusCode()).isEqualTo(404);
    }

    @Test
    void quantitiesAndTimesSurviveTheTypes() throws Exception {
        V1Pod stored = core.readNamespacedPod("box", NAMESPACE).execute();
        assertThat(stored.getSpec().getContainers().get(0).getResources().getRequests().get("cpu").getNumber())
                .isEqualByComparingTo("0.01");
        V1Deployment deployment = io.kubernetes.client.util.Yaml.loadAs("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: typed}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: typed}}
                  strategy: {rollingUpdate: {maxSurge: 10%, maxUnavailable: 1}}
                  template:
                    metadata: {labels: {app: typed}}
                    spec: {containers: [{name: main, image: none}]}
                """, V1Deployment.class);
        V1Deployment made = new AppsV1Api(client).createNamespacedDeployment(NAMESPACE, deployment).execute();
        assertThat(made.getSpec().getStrategy().getRollingUpdate().getMaxSurge().getStrValue()).isEqualTo("10%");
        assertThat(made.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntValue()).isEqualTo(1);
    }

    @Test
    @Timeout(120)
    void aPodIsLookedInto() throws Exception {
        TestCluster.awaitTrue("a ready pod", () -> {
            var status = core.readNamespacedPod("box", NAMESPACE).execute().getStatus();
            return status.getContainerStatuses() != null && status.getContainerStatuses().get(0).getReady();
        });
        TestCluster.awaitTrue("its line",
                () -> "first\n".equals(core.readNamespacedPodLog("box", NAMESPACE).execute()));
        Process process = new Exec(client).exec(NAMESPACE, "box",
                new String[]{"sh", "-c", "echo out; echo err >&2; exit 3"}, false);
        InputStream out = process.getInputStream();
        InputStream err = process.getErrorStream();
        assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("out\n");
        assertThat(new String(err.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("err\n");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
    }

    private static V1ConfigMap patch(String name, String format, String patch) throws ApiException {
        return PatchUtils.patch(V1ConfigMap.class,
                () -> core.patchNamespacedConfigMap(name, NAMESPACE, new V1Patch(patch)).buildCall(null), format,
                client);
    }

    private static V1ConfigMap configMap(String name, String value) {
        return new V1ConfigMap().metadata(new V1ObjectMeta().name(name)).putDataItem("value", value);
    }

    private static V1Pod pod() {
        return new V1Pod().metadata(new V1ObjectMeta().name("box")).spec(new V1PodSpec()
                .terminationGracePeriodSeconds(1L)
                .addContainersItem(new V1Container().name("main").image("none")
                        .command(List.of("sh", "-c", "echo first; exec sleep 100000"))
                        .resources(new V1ResourceRequirements().requests(Map.of("cpu", new Quantity("10m"))))));
    }

    private static ResourceEventHandler<V1ConfigMap> handler(Queue<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(V1ConfigMap found) {
                seen.add("+" + found.getMetadata().getName());
            }

            @Override
            public void onUpdate(V1ConfigMap before, V1ConfigMap after) {
                seen.add("~" + after.getMetadata().getName());
            }

            @Override
            public void onDelete(V1ConfigMap found, boolean unknown) {
                seen.add("-" + found.getMetadata().getName());
            }
        };
    }
}
