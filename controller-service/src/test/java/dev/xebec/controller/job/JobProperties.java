package dev.xebec.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.Pods;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Nodes;
import dev.xebec.controller.rig.Replica;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class JobProperties {

    /** Each replica believes that it owns the job, and sees the cluster as it was a while ago. */
    @Property(tries = 80)
    void twoOwnersCountEachEndOnce(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int completions,
            @ForAll boolean indexed) {
        Random random = new Random(seed);
        MemoryApi api = new MemoryApi();
        List<Replica> replicas = List.of(new Replica(api, new JobReconciler()), new Replica(api, new JobReconciler()));
        api.create(Kinds.JOBS, JobReconcilerTest.job("'completions':" + completions + ",'parallelism':3,"
                + "'backoffLimit':1000," + (indexed ? "'completionMode':'Indexed'," : "")));
        Nodes nodes = new Nodes(api);
        for (int step = 0; step < 400; step++) {
            Replica replica = replicas.get(random.nextInt(2));
            replica.see(random.nextInt(4));
            replica.look();
            endOne(random, api, nodes);
            assertThat(nodes.pods().stream().filter(Pods::active).count()).isLessThanOrEqualTo(3);
        }
        for (int round = 0; round < 60 && !Ending.finished(job(api)); round++) {
            api.pass(Duration.ofMinutes(10));
            replicas.forEach(Replica::settle);
            nodes.pods().stream().filter(Pods::active).forEach(pod -> JobReconcilerTest.end(api, pod, 0));
        }
        replicas.forEach(Replica::settle);
        long succeeded = nodes.pods().stream().filter(JobPod::succeeded).count();
        long failed = nodes.pods().stream().filter(pod -> Pods.phase(pod).equals("Failed")).count();
        assertThat(Conditions.isTrue(job(api).status(), "Complete")).isTrue();
        assertThat(job(api).status().path("succeeded").asLong()).isEqualTo(succeeded).isEqualTo(completions);
        assertThat(job(api).status().path("failed").asLong()).isEqualTo(failed);
        assertThat(nodes.pods()).noneMatch(JobPod::tracked);
        long settled = api.revision();
        replicas.forEach(Replica::settle);
        assertThat(api.revision()).as("reconciling again changes nothing").isEqualTo(settled);
    }

    private static ApiObject job(MemoryApi api) {
        return api.get(Kinds.JOBS, "default", "count");
    }

    private static void endOne(Random random, MemoryApi api, Nodes nodes) {
        List<ApiObject> active = nodes.pods().stream().filter(Pods::active).toList();
        if (!active.isEmpty() && random.nextInt(6) == 0) {
            JobReconcilerTest.end(api, active.get(random.nextInt(active.size())), random.nextInt(3) == 0 ? 1 : 0);
        } else if (random.nextInt(20) == 0) {
            api.pass(Duration.ofSeconds(30));
        }
    }
}
