package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.system.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The fabric8 client with a kind of its user's own, with server-side apply, patches, and the election of a leader. */
@Timeout(300)
@ExtendWith(SharedCluster.class)
class Fabric8CustomResourceTest {
    private static final String NAMESPACE = "fabric8-custom";
    private static final String DEFINITION = "buoys.fabric8.example.com";
    private static KubernetesClient client;

    record BuoySpec(String color, Integer depth) {}

    record BuoyStatus(String light) {}

    /** A kind with a class. */
    @Group("fabric8.example.com")
    @Version("v1")
    static final class Buoy extends CustomResource<BuoySpec, BuoyStatus> implements Namespaced {
        private static final long serialVersionUID = 1;
    }

    @BeforeAll
    static void connect(TestCluster cluster) throws Exception {
        client = cluster.client();
        client.namespaces().resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
                .create();
        client.load(new ByteArrayInputStream("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: buoys.fabric8.example.com}
                spec:
                  group: fabric8.example.com
                  scope: Namespaced
                  names: {kind: Buoy, plural: buoys, singular: buoy}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      subresources: {status: {}}
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:
                            spec:
                              type: object
                              properties: {color: {type: string, default: red}, depth: {type: integer, minimum: 1}}
                            status: {type: object, properties: {light: {type: string}}}
                """.getBytes(StandardCharsets.UTF_8))).create();
        client.apiextensions().v1().customResourceDefinitions().withName(DEFINITION)
                .waitUntilCondition(found -> found.getStatus() != null && found.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True")),
                        60, TimeUnit.SECONDS);
    }

    @AfterAll
    static void leave() {
        client.apiextensions().v1().customResourceDefinitions().withName(DEFINITION).delete();
        client.namespaces().withName(NAMESPACE).delete();
        client.close();
    }

    @Test
    void aKindOfOnesOwnHasAClass() {
        Buoy made = buoys().resource(buoy("typed", null, 3)).create();
        assertThat(made.getSpec()).isEqualTo(new BuoySpec("red", 3));
        assertThatThrownBy(() -> buoys().resource(buoy("deep", null, 0)).create())
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(422);
                    assertThat(refused.getStatus().getDetails().getCauses().get(0).getField()).isEqualTo("spec.depth");
                });
        made.setStatus(new BuoyStatus("on"));
        made.setSpec(new BuoySpec("green", 3));
        Buoy told = buoys().resource(made).updateStatus();
        assertThat(told.getStatus()).isEqualTo(new BuoyStatus("on"));
        assertThat(told.getSpec().color()).as("the status alone is written there").isEqualTo("red");
        assertThat(client.genericKubernetesResources("fabric8.example.com/v1", "Buoy").inNamespace(NAMESPACE)
                .withName("typed").get().<String>get("status", "light")).isEqualTo("on");
        buoys().withName("typed").editStatus(found -> {
            found.setStatus(new BuoyStatus("off"));
            return found;
        });
        assertThat(buoys().withName("typed").waitUntilCondition(found -> found.getStatus().light().equals("off"), 60,
                TimeUnit.SECONDS).getMetadata().getGeneration()).isEqualTo(1);
        buoys().withName("typed").delete();
    }

    @Test
    void anInformerOfItFollows() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SharedIndexInformer<Buoy> informer = buoys().withLabel("set", "informed").inform(handler(seen), 0)) {
            Buoy buoy = buoy("informed", "blue", 1);
            buoy.getMetadata().setLabels(Map.of("set", "informed"));
            buoys().resource(buoy).create();
            TestCluster.awaitTrue("it", () -> informer.getStore().getByKey(NAMESPACE + "/informed") != null);
            buoys().withName("informed").delete();
            TestCluster.awaitTrue("its end", () -> seen.contains("-informed"));
        }
        assertThat(seen).containsExactly("+informed", "-informed");
    }

    @Test
    void whatIsAppliedHasOwners() {
        Resource<Buoy> applied = buoys().resource(buoy("applied", "white", 2));
        assertThat(applied.fieldManager("harbour").serverSideApply().getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getManager, ManagedFieldsEntry::getOperation)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("harbour", "Apply"));
        Resource<Buoy> other = buoys().resource(buoy("applied", "black", null));
        assertThatThrownBy(() -> other.fieldManager("pirate").serverSideApply())
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(409);
                    assertThat(refused.getMessage()).contains("conflict with \"harbour\"").contains(".spec.color");
                });
        Buoy taken = other.fieldManager("pirate").forceConflicts().serverSideApply();
        assertThat(taken.getSpec()).isEqualTo(new BuoySpec("black", 2));
        assertThat(buoys().resource(buoy("applied", null, null)).fieldManager("harbour").serverSideApply().getSpec())
                .as("what its only owner no longer names goes").isEqualTo(new BuoySpec("black", null));
    }

    @Test
    void everyFormOfPatchIsTaken() {
        client.configMaps().inNamespace(NAMESPACE).resource(new ConfigMapBuilder().withNewMetadata()
                .withName("patched").endMetadata().addToData("value", "1").build()).create();
        assertThat(patched(PatchType.JSON, "[{\"op\":\"replace\",\"path\":\"/data/value\",\"value\":\"2\"}]"))
                .containsExactly(Map.entry("value", "2"));
        assertThat(patched(PatchType.JSON_MERGE, "{\"data\":{\"value\":null,\"merged\":\"3\"}}"))
                .containsExactly(Map.entry("merged", "3"));
        assertThat(patched(PatchType.STRATEGIC_MERGE, "{\"data\":{\"$patch\":\"replace\",\"strategic\":\"4\"}}"))
                .containsExactly(Map.entry("strategic", "4"));
        ConfigMap applied = client.configMaps().inNamespace(NAMESPACE).withName("patched").patch(
                new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY).withFieldManager("me").build(),
                """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: patched, namespace: %s}
                        data: {applied: "5"}
                        """.formatted(NAMESPACE));
        assertThat(applied.getData()).containsOnly(Map.entry("strategic", "4"), Map.entry("applied", "5"));
    }

    @Test
    void oneOfTwoLeadsAndTheOtherFollows() throws Exception {
        Queue<String> leaders = new ConcurrentLinkedQueue<>();
        LeaderElector first = elector("first", leaders);
        var firstRun = first.start();
        TestCluster.awaitTrue("a leader", () -> leaders.contains("first"));
        var secondRun = elector("second", leaders).start();
        assertThat(client.leases().inNamespace(NAMESPACE).withName("lead").get().getSpec().getHolderIdentity())
                .isEqualTo("first");
        firstRun.cancel(true);
        TestCluster.awaitTrue("the next", () -> leaders.contains("second"));
        secondRun.cancel(true);
        assertThat(leaders).containsExactly("first", "second");
    }

    private static LeaderElector elector(String identity, Queue<String> leaders) {
        return client.leaderElector().withConfig(new LeaderElectionConfigBuilder().withName("lead")
                .withLeaseDuration(Duration.ofSeconds(15)).withRenewDeadline(Duration.ofSeconds(10))
                .withRetryPeriod(Duration.ofMillis(500)).withReleaseOnCancel(true)
                .withLock(new LeaseLock(NAMESPACE, "lead", identity))
                .withLeaderCallbacks(new LeaderCallbacks(() -> leaders.add(identity), () -> {
                }, leader -> {
                })).build()).build();
    }

    private static Map<String, String> patched(PatchType type, String patch) {
        return client.configMaps().inNamespace(NAMESPACE).withName("patched").patch(PatchContext.of(type), patch)
                .getData();
    }

    private static NonNamespaceOperation<Buoy, ?, Resource<Buoy>> buoys() {
        return client.resources(Buoy.class).inNamespace(NAMESPACE);
    }

    private static Buoy buoy(String name, String color, Integer depth) {
        Buoy buoy = new Buoy();
        buoy.setMetadata(new ObjectMetaBuilder().withName(name).build());
        buoy.setSpec(new BuoySpec(color, depth));
        return buoy;
    }

    private static ResourceEventHandler<Buoy> handler(Queue<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(Buoy found) {
                seen.add("+" + found.getMetadata().getName());
            }

            @Override
            public void onUpdate(Buoy before, Buoy after) {
                seen.add("~" + after.getMetadata().getName());
            }

            @Override
            public void onDelete(Buoy found, boolean unknown) {
                seen.add("-" + found.getMetadata().getName());
            }
        };
    }
}
