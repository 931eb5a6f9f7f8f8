package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.system.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
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

/** The fabric8 client: objects, lists, watches, informers, patches and workloads, in the ways its users write them. */
@Timeout(300)
@ExtendWith(SharedCluster.class)
class Fabric8Test {
    private static final String NAMESPACE = "fabric8";
    private static KubernetesClient client;

    @BeforeAll
    static void connect(TestCluster cluster) throws Exception {
        client = cluster.client();
        client.namespaces().resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
                .create();
    }

    @AfterAll
    static void leave() {
        client.namespaces().withName(NAMESPACE).delete();
        client.close();
    }

    @Test
    void anObjectIsMadeReadChangedAndDeleted() {
        ConfigMap made = client.configMaps().inNamespace(NAMESPACE).resource(configMap("life", "1")).create();
        assertThat(made.getMetadata().getUid()).isNotBlank();
        assertThatThrownBy(() -> client.configMaps().inNamespace(NAMESPACE).resource(configMap("life", "1")).create())
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(409);
                    assertThat(refused.getStatus().getReason()).isEqualTo("AlreadyExists");
                });
        ConfigMap edited = client.configMaps().inNamespace(NAMESPACE).withName("life")
                .edit(found -> new ConfigMapBuilder(found).addToData("edited", "yes").build());
        assertThat(edited.getData()).containsEntry("edited", "yes").containsEntry("value", "1");
        assertThatThrownBy(() -> client.configMaps().inNamespace(NAMESPACE)
                .resource(new ConfigMapBuilder(made).addToData("late", "yes").build()).update())
                .isInstanceOfSatisfying(KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(409));
        ConfigMap merged = client.configMaps().inNamespace(NAMESPACE).withName("life").patch(
                PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"edited\":null,\"merged\":\"yes\"}}");
        assertThat(merged.getData()).doesNotContainKey("edited").containsEntry("merged", "yes");
        assertThat(client.configMaps().inNamespace(NAMESPACE).resource(configMap("life", "2")).createOr(
                absent -> absent.update()).getData()).isEqualTo(Map.of("value", "2"));
        assertThat(client.configMaps().inNamespace(NAMESPACE).resource(configMap("dry", "1")).dryRun().create()
                .getMetadata().getUid()).isNotBlank();
        assertThat(client.configMaps().inNamespace(NAMESPACE).withName("dry").get()).isNull();
        assertThat(client.configMaps().inNamespace(NAMESPACE).withName("life").delete()).hasSize(1);
        assertThat(client.configMaps().inNamespace(NAMESPACE).withName("life").delete()).isEmpty();
    }

    @Test
    void pagesShowOneSnapshot() {
        for (int at = 0; at < 7; at++) {
            client.configMaps().inNamespace(NAMESPACE).resource(new ConfigMapBuilder(configMap("page-" + at, "1"))
                    .editMetadata().addToLabels("set", "pages").endMetadata().build()).create();
        }
        List<String> names = new ArrayList<>();
        String next = null;
        String revision = null;
        do {
            ConfigMapList page = client.configMaps().inNamespace(NAMESPACE).withLabel("set", "pages")
                    .list(new ListOptionsBuilder().withLimit(3L).withContinue(next).build());
            page.getItems().forEach(item -> names.add(item.getMetadata().getName()));
            next = page.getMetadata().getContinue();
            assertThat(revision == null || revision.equals(page.getMetadata().getResourceVersion())).isTrue();
            revision = page.getMetadata().getResourceVersion();
            client.configMaps().inNamespace(NAMESPACE).withName("page-6").delete();
        } while (next != null && !next.isEmpty());
        assertThat(names).containsExactly("page-0", "page-1", "page-2", "page-3", "page-4", "page-5", "page-6");
        assertThat(client.configMaps().inNamespace(NAMESPACE).withLabelIn("set", "pages", "none").withoutLabel("x")
                .withField("metadata.name", "page-1").list().getItems()).hasSize(1);
        client.configMaps().inNamespace(NAMESPACE).withLabel("set", "pages").delete();
        assertThat(client.configMaps().inNamespace(NAMESPACE).withLabel("set", "pages").list().getItems()).isEmpty();
    }

    @Test
    void aWatchTellsWhatHappensInOrder() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (var watch = client.configMaps().inNamespace(NAMESPACE).withName("watched").watch(recorder(seen))) {
            client.configMaps().inNamespace(NAMESPACE).resource(configMap("watched", "1")).create();
            client.configMaps().inNamespace(NAMESPACE).withName("watched")
                    .edit(found -> new ConfigMapBuilder(found).addToData("value", "2").build());
            client.configMaps().inNamespace(NAMESPACE).withName("watched").delete();
            TestCluster.awaitTrue("three events", () -> seen.size() == 3);
        }
        assertThat(seen).containsExactly("ADDED 1", "MODIFIED 2", "DELETED 2");
    }

    @Test
    void anInformerFollowsWithItsIndex() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        client.configMaps().inNamespace(NAMESPACE).resource(labelled("informed-0", "informed")).create();
        try (SharedIndexInformer<ConfigMap> informer = client.configMaps().inNamespace(NAMESPACE)
                .withLabel("set", "informed").inform(handler(seen), 0)) {
            informer.addIndexers(Map.of("value", found -> List.of(found.getData().get("value"))));
            assertThat(informer.hasSynced()).isTrue();
            client.configMaps().inNamespace(NAMESPACE).resource(labelled("informed-1", "informed")).create();
            client.configMaps().inNamespace(NAMESPACE).withName("informed-0").edit(
                    found -> new ConfigMapBuilder(found).editMetadata().removeFromLabels("set").endMetadata().build());
            TestCluster.awaitTrue("two additions and one departure", () -> seen.size() == 3);
            assertThat(informer.getIndexer().byIndex("value", "informed")).hasSize(1);
        }
        assertThat(seen).containsExactlyInAnyOrder("+informed-0", "+informed-1", "-informed-0");
    }

    @Test
    void aDeploymentIsScaledRolledAndAwaited() {
        var deployments = client.apps().deployments().inNamespace(NAMESPACE);
        deployments.resource(sleepers()).create();
        Deployment ready = deployments.withName("sleepers").waitUntilReady(120, TimeUnit.SECONDS);
        assertThat(ready.getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(deployments.withName("sleepers").scale(1).getSpec().getReplicas()).isEqualTo(1);
        deployments.withName("sleepers").waitUntilCondition(
                found -> Integer.valueOf(1).equals(found.getStatus().getReplicas()), 60, TimeUnit.SECONDS);
        deployments.withName("sleepers").rolling().restart();
        deployments.withName("sleepers").waitUntilCondition(
                found -> found.getMetadata().getGeneration().equals(found.getStatus().getObservedGeneration())
                        && Integer.valueOf(1).equals(found.getStatus().getUpdatedReplicas())
                        && Integer.valueOf(1).equals(found.getStatus().getReplicas()),
                120, TimeUnit.SECONDS);
        assertThat(client.apps().replicaSets().inNamespace(NAMESPACE).withLabel("app", "sleepers").list().getItems())
                .hasSize(2);
        deployments.withName("sleepers").rolling().undo();
        deployments.withName("sleepers").waitUntilReady(120, TimeUnit.SECONDS);
        deployments.withName("sleepers").withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
        deployments.withName("sleepers").waitUntilCondition(found -> found == null, 60, TimeUnit.SECONDS);
        assertThat(client.pods().inNamespace(NAMESPACE).withLabel("app", "sleepers").list().getItems()).isEmpty();
    }

    @Test
    void eventsOfTheNewGroupAreSeenInTheOld() {
        client.v1().events().inNamespace(NAMESPACE).list();
        client.events().v1().events().inNamespace(NAMESPACE).resource(new EventBuilder().withNewMetadata()
                .withName("told").endMetadata().withReason("Told").withAction("Telling").withType("Normal")
                .withNote("a note").withReportingController("example.com/teller").withReportingInstance("teller-0")
                .withEventTime(io.fabric8.kubernetes.api.model.MicroTime.class.cast(
                        new io.fabric8.kubernetes.api.model.MicroTime(ZonedDateTime.now(ZoneOffset.UTC)
                                .format(java.time.format.DateTimeFormatter
                                        .ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'")))))
                .withNewRegarding().withKind("ConfigMap").withName("one").withNamespace(NAMESPACE).endRegarding()
                .build()).create();
        var old = client.v1().events().inNamespace(NAMESPACE).withField("involvedObject.name", "one").list().getItems();
        assertThat(old).hasSize(1);
        assertThat(old.get(0).getMessage()).isEqualTo("a note");
        assertThat(old.get(0).getReportingComponent()).isEqualTo("example.com/teller");
    }

    @Test
    void anythingIsReachedWithoutAClassOfItsOwn() {
        GenericKubernetesResource lease = new GenericKubernetesResource();
        lease.setApiVersion("coordination.k8s.io/v1");
        lease.setKind("Lease");
        lease.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder().withName("generic").build());
        lease.setAdditionalProperty("spec", Map.of("holderIdentity", "me", "leaseDurationSeconds", 15));
        client.resource(lease).inNamespace(NAMESPACE).create();
        GenericKubernetesResource read = client.genericKubernetesResources("coordination.k8s.io/v1", "Lease")
                .inNamespace(NAMESPACE).withName("generic").get();
        assertThat(read.<Integer>get("spec", "leaseDurationSeconds")).isEqualTo(15);
        assertThat(client.getApiGroups().getGroups()).anyMatch(group -> group.getName().equals("apps"));
        assertThat(client.getApiResources("v1").getResources()).anyMatch(kind -> kind.getName().equals("pods"));
        assertThat(client.supports("apps/v1", "Deployment")).isTrue();
        assertThat(client.getKubernetesVersion().getGitVersion()).startsWith("v1.");
    }

    private static ConfigMap configMap(String name, String value) {
        return new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().addToData("value", value).build();
    }

    private static ConfigMap labelled(String name, String set) {
        return new ConfigMapBuilder(configMap(name, set)).editMetadata().addToLabels("set", set).endMetadata().build();
    }

    private static Deployment sleepers() {
        return new DeploymentBuilder().withNewMetadata().withName("sleepers").endMetadata().withNewSpec()
                .withReplicas(2).withNewSelector().addToMatchLabels("app", "sleepers").endSelector().withNewTemplate()
                .withNewMetadata().addToLabels("app", "sleepers").endMetadata().withNewSpec()
                .withTerminationGracePeriodSeconds(1L).addNewContainer().withName("main").withImage("none")
                .withCommand("sleep", "100000").endContainer().endSpec().endTemplate().endSpec().build();
    }

    private static Watcher<ConfigMap> recorder(Queue<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap found) {
                seen.add(action + " " + found.getData().get("value"));
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("closed by " + cause);
            }
        };
    }

    private static ResourceEventHandler<ConfigMap> handler(Queue<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(ConfigMap found) {
                seen.add("+" + found.getMetadata().getName());
            }

            @Override
            public void onUpdate(ConfigMap before, ConfigMap after) {
                seen.add("~" + after.getMetadata().getName());
            }

            @Override
            public void onDelete(ConfigMap found, boolean unknown) {
                seen.add("-" + found.getMetadata().getName());
            }
        };
    }
}
