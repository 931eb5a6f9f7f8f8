package dev.xebec.controller.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Pods;
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

class ReplicaSetProperties {
    private static final GroupVersionResource SETS = GroupVersionResource.REPLICA_SETS;
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;

    private static void scale(MemoryApi api, int replicas) {
        ObjectNode tree = api.get(SETS, "default", "web").copy();
        ((ObjectNode) tree.get("spec")).put("replicas", replicas);
        api.perform(new Action.Update(SETS, ApiObject.of(tree)));
    }

    @Property(tries = 60)
    void twoOwnersWithOldPicturesNeverMakeOnePodTooMany(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 8) int count) {
        Random random = new Random(seed);
        MemoryApi api = new MemoryApi();
        List<Replica> replicas = List.of(new Replica(api, new ReplicaSetReconciler(Refusals.NONE)),
                new Replica(api, new ReplicaSetReconciler(Refusals.NONE)));
        api.create(SETS, Objects.replicaSet("web", count));
        Nodes nodes = new Nodes(api);
        for (int step = 0; step < 200; step++) {
            Replica replica = replicas.get(random.nextInt(2));
            replica.see(random.nextInt(3));
            replica.look();
            if (random.nextInt(4) == 0 && !nodes.pods().isEmpty()) {
                nodes.run(nodes.pods().get(random.nextInt(nodes.pods().size())));
            }
            assertThat(nodes.pods().size()).isLessThanOrEqualTo(count);
        }
        replicas.forEach(Replica::settle);
        assertThat(nodes.pods()).hasSize(count);
    }

    @Property(tries = 60)
    void convergesWhateverHappens(@ForAll long seed) {
        Random random = new Random(seed);
        MemoryApi api = new MemoryApi();
        List<Replica> replicas = List.of(new Replica(api, new ReplicaSetReconciler(Refusals.NONE)),
                new Replica(api, new ReplicaSetReconciler(Refusals.NONE)));
        api.create(SETS, Objects.replicaSet("web", random.nextInt(6)));
        Nodes nodes = new Nodes(api);
        for (int step = 0; step < 150; step++) {
            Replica replica = replicas.get(random.nextInt(2));
            replica.see(random.nextInt(4));
            replica.look();
            disturb(random, api, nodes);
        }
        for (int round = 0; round < 4; round++) {
            replicas.forEach(Replica::settle);
            nodes.runAll();
        }
        replicas.forEach(Replica::settle);
        ApiObject set = api.get(SETS, "default", "web");
        assertThat(nodes.pods().stream().filter(Pods::active).filter(pod -> pod.controllerOwner().isPresent()))
                .hasSize(set.spec().path("replicas").asInt());
        assertThat(set.status().path("readyReplicas").asInt()).isEqualTo(set.spec().path("replicas").asInt());
        long settled = api.revision();
        replicas.forEach(Replica::settle);
        assertThat(api.revision()).as("reconciling again changes nothing").isEqualTo(settled);
    }

    private static void disturb(Random random, MemoryApi api, Nodes nodes) {
        List<ApiObject> pods = nodes.pods();
        int what = random.nextInt(12);
        if (what == 0) {
            scale(api, random.nextInt(7));
        } else if (what == 1) {
            api.create(PODS, Objects.pod("stray-" + random.nextInt(5), "web"));
        } else if (!pods.isEmpty()) {
            ApiObject pod = pods.get(random.nextInt(pods.size()));
            switch (what) {
                case 2 -> nodes.fail(pod);
                case 3 -> api.perform(new Action.Delete(PODS, pod.key(), "", 0, -1, ""));
                case 4, 5, 6 -> nodes.run(pod);
                default -> {
                }
            }
        }
    }

    @Property(tries = 100)
    void slotsAreNamedByOwnerAndNumber(@ForAll @IntRange(min = 0, max = 1_000_000) int slot) {
        ApiObject set = ApiObject.of(Objects.tree("{'metadata':{'name':'web','uid':'u-1'}}"));
        ApiObject again = ApiObject.of(Objects.tree("{'metadata':{'uid':'u-1','name':'web'},'spec':{'replicas':9}}"));
        ApiObject later = ApiObject.of(Objects.tree("{'metadata':{'name':'web','uid':'u-2'}}"));
        assertThat(PodFromTemplate.name(set, slot)).hasSize(9).startsWith("web-")
                .isEqualTo(PodFromTemplate.name(again, slot)).isNotEqualTo(PodFromTemplate.name(later, slot))
                .isNotEqualTo(PodFromTemplate.name(set, slot + 1));
    }
}
