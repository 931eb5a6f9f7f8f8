package dev.xebec.controller.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.member.Members;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.MemoryApiClient;
import dev.xebec.controller.rig.Nodes;
import dev.xebec.controller.rig.Objects;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two whole replicas that both believe to own everything, on one API. */
class ControllerServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final GroupVersionResource DEPLOYMENTS = GroupVersionResource.DEPLOYMENTS;
    private static final GroupVersionResource NAMESPACES = GroupVersionResource.NAMESPACES;

    private final MemoryApi api = new MemoryApi();
    private final MemoryApiClient client = new MemoryApiClient(api);
    private final List<ControllerService> replicas = List.of(replica("master-0"), replica("master-1"));

    private ControllerService replica(String process) {
        Members members = Members.fixed(List.of(new Member("api-gateway", "master-0", 1, 1, "10.0.0.1:6443",
                Instant.parse("2026-01-01T00:00:00Z"), true, false, 5, 100)));
        // Controllers reach everything through the API: they have no use for bus or store.
        ServiceContext context = new ServiceContext(process, null, members, null, new PrometheusMetrics(),
                InstantSource.system(), role -> Ownership.EVERYTHING, (user, agent) -> client);
        return new ControllerService(context, ControllerConfig.standard("CA"));
    }

    @BeforeEach
    void start() {
        replicas.forEach(ControllerService::start);
    }

    @AfterEach
    void stop() {
        replicas.forEach(ControllerService::stop);
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            synchronized (api) {
                if (condition.getAsBoolean()) {
                    return;
                }
            }
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            Thread.sleep(20);
        }
    }

    private void change(Runnable change) {
        synchronized (api) {
            change.run();
            api.notifyAll();
        }
    }

    private boolean rolledOut(int replicas) {
        new Nodes(api).runAll();
        api.notifyAll();
        ApiObject web = api.get(DEPLOYMENTS, "default", "web");
        boolean counted = List.of("updatedReplicas", "availableReplicas", "replicas").stream()
                .allMatch(count -> web.status().path(count).asInt() == replicas);
        return counted && web.status().path("observedGeneration").asLong() == web.generation()
                && api.latest().list(GroupVersionResource.PODS).size() == replicas;
    }

    @Test
    void rollsADeploymentOutAndCleansUpAfterIt() throws InterruptedException {
        await("ready", () -> replicas.stream().allMatch(replica -> replica.condition().ready()));
        await("furnished", () -> api.get(GroupVersionResource.SERVICE_ACCOUNTS, "default", "default") != null
                && api.get(GroupVersionResource.ENDPOINTS, "default", "kubernetes") != null
                && api.get(GroupVersionResource.MASTERS, "", "master-0.api-gateway") != null);
        change(() -> api.create(DEPLOYMENTS, Objects.deployment("web", 3, "a:1", "")));
        await("first rollout", () -> rolledOut(3));
        change(() -> {
            ObjectNode tree = api.get(DEPLOYMENTS, "default", "web").copy();
            ((ObjectNode) tree.at("/spec/template/spec/containers/0")).put("image", "a:2");
            api.perform(new Action.Update(DEPLOYMENTS, ApiObject.of(tree)));
        });
        await("second rollout", () -> rolledOut(3));
        assertThat(api.latest().list(GroupVersionResource.REPLICA_SETS)).hasSize(2);
        await("events", () -> api.latest().list(GroupVersionResource.EVENTS).stream()
                .anyMatch(event -> event.tree().path("message").asText().startsWith("Scaled down replica set web-")));

        change(() -> api.perform(new Action.Delete(DEPLOYMENTS, new ObjectKey("default", "web"), "", 0, -1,
                "Background")));
        await("nothing left of it", () -> {
            new Nodes(api).runAll();
            api.notifyAll();
            return api.latest().list(GroupVersionResource.REPLICA_SETS).isEmpty()
                    && api.latest().list(GroupVersionResource.PODS).isEmpty();
        });
    }

    @Test
    void namespaceThatIsDeletedIsEmptiedAndEnds() throws InterruptedException {
        change(() -> api.create(NAMESPACES, Objects.named("v1", "Namespace", "", "team")));
        await("furnished", () -> api.get(GroupVersionResource.CONFIG_MAPS, "team", "kube-root-ca.crt") != null);
        change(() -> {
            api.create(GroupVersionResource.SECRETS, Objects.named("v1", "Secret", "team", "s"));
            api.create(GroupVersionResource.EVENTS, Objects.named("v1", "Event", "team", "e"));
            api.perform(new Action.Delete(NAMESPACES, new ObjectKey("", "team"), "", 0, -1, ""));
        });
        await("the end", () -> api.get(NAMESPACES, "", "team") == null);
        assertThat(api.get(GroupVersionResource.SECRETS, "team", "s")).isNull();
        assertThat(api.get(GroupVersionResource.EVENTS, "team", "e")).isNull();
    }

    @Test
    void everyStoredResourceIsWatchedOnceAndEventsNever() {
        WatchedKinds watched = WatchedKinds.of(KindRegistry.builtIn());
        List<String> names = watched.resources().stream().map(GroupVersionResource::groupResource).toList();
        assertThat(names).doesNotHaveDuplicates().contains("pods", "replicasets.apps", "leases.coordination.k8s.io",
                "masters.cluster.xebec.dev", "horizontalpodautoscalers.autoscaling")
                .doesNotContain("events", "events.events.k8s.io", "bindings", "componentstatuses");
        assertThat(watched.resources()).containsAll(List.of(DEPLOYMENTS, GroupVersionResource.ENDPOINT_SLICES,
                GroupVersionResource.LEASES, GroupVersionResource.MASTERS));
    }
}
