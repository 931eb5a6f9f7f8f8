package dev.xebec.controller.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Pods;
import dev.xebec.controller.replicaset.Refusals;
import dev.xebec.controller.replicaset.ReplicaSetReconciler;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Nodes;
import dev.xebec.controller.rig.Objects;
import dev.xebec.controller.rig.Replica;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RollingProperties {
    private static final GroupVersionResource DEPLOYMENTS = GroupVersionResource.DEPLOYMENTS;
    private static final GroupVersionResource SETS = GroupVersionResource.REPLICA_SETS;

    private static Replica replica(MemoryApi api) {
        return new Replica(api, new DeploymentReconciler(), new ReplicaSetReconciler(Refusals.NONE));
    }

    private static void setImage(MemoryApi api, String image) {
        ObjectNode tree = api.get(DEPLOYMENTS, "default", "web").copy();
        ((ObjectNode) tree.at("/spec/template/spec/containers/0")).put("image", image);
        api.perform(new Action.Update(DEPLOYMENTS, ApiObject.of(tree)));
    }

    private static void finish(List<Replica> replicas, Nodes nodes) {
        for (int round = 0; round < 40; round++) {
            replicas.forEach(Replica::settle);
            nodes.runAll();
        }
        replicas.forEach(Replica::settle);
    }

    @Property(tries = 40)
    void neverBelowMinAvailableNorAboveMaxSurge(@ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int replicas,
            @ForAll @IntRange(min = 0, max = 3) int surge, @ForAll @IntRange(min = 0, max = 3) int unavailable) {
        Random random = new Random(seed);
        MemoryApi api = new MemoryApi();
        Nodes nodes = new Nodes(api);
        api.create(DEPLOYMENTS, Objects.deployment("web", replicas, "a:1", "'strategy':{'rollingUpdate':{'maxSurge':"
                + surge + ",'maxUnavailable':" + unavailable + "}},"));
        Rollout bounds = Rollout.of(api.get(DEPLOYMENTS, "default", "web"), List.of());
        Replica one = replica(api);
        finish(List.of(one), nodes);
        setImage(api, "a:2");
        for (int step = 0; step < 400; step++) {
            one.see(random.nextInt(3));
            one.look();
            if (random.nextInt(3) == 0) {
                nodes.run(nodes.pods().get(random.nextInt(nodes.pods().size())));
            }
            int wanted = Rollout.totalReplicas(List.copyOf(api.latest().list(SETS)));
            assertThat(wanted).isLessThanOrEqualTo(replicas + bounds.maxSurge());
            long available = nodes.pods().stream().filter(pod -> Pods.active(pod) && Pods.ready(pod)).count();
            assertThat(available).as("available at step %d", step).isGreaterThanOrEqualTo(bounds.minAvailable());
        }
        finish(List.of(one), nodes);
        assertThat(nodes.pods()).hasSize(replicas)
                .allMatch(pod -> pod.spec().path("containers").path(0).path("image").asText().equals("a:2"));
    }

    @Property(tries = 40)
    void twoOwnersWithOldPicturesMakeOneSetPerTemplateAndConverge(@ForAll long seed) {
        Random random = new Random(seed);
        MemoryApi api = new MemoryApi();
        Nodes nodes = new Nodes(api);
        List<Replica> both = List.of(replica(api), replica(api));
        int replicas = random.nextInt(5);
        api.create(DEPLOYMENTS, Objects.deployment("web", replicas, "a:0", ""));
        for (int step = 0; step < 250; step++) {
            Replica replica = both.get(random.nextInt(2));
            replica.see(random.nextInt(4));
            replica.look();
            int what = random.nextInt(30);
            if (what == 0) {
                setImage(api, "a:" + random.nextInt(3));
            } else if (what < 12 && !nodes.pods().isEmpty()) {
                nodes.run(nodes.pods().get(random.nextInt(nodes.pods().size())));
            }
        }
        finish(both, nodes);
        List<String> images = api.latest().list(SETS).stream()
                .map(set -> set.spec().at("/template/spec/containers/0/image").asText()).toList();
        assertThat(images).doesNotHaveDuplicates();
        ApiObject web = api.get(DEPLOYMENTS, "default", "web");
        assertThat(nodes.pods()).hasSize(replicas);
        assertThat(web.status().path("availableReplicas").asInt()).isEqualTo(replicas);
        assertThat(web.status().path("updatedReplicas").asInt()).isEqualTo(replicas);
        long settled = api.revision();
        both.forEach(Replica::settle);
        assertThat(api.revision()).as("reconciling again changes nothing").isEqualTo(settled);
    }
}
