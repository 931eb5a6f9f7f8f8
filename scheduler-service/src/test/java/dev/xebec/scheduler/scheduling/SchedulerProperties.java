package dev.xebec.scheduler.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever comes: no node is over-committed, also when several schedulers decide from old pictures. */
class SchedulerProperties {

    /**
     * Two schedulers with pictures of their own place pods on the same nodes; a store that checks nothing but allocation
     * versions takes or refuses their binds; each sees what was taken only some of the time.
     */
    @Property(tries = 60)
    void twoSchedulersNeverOverCommit(@ForAll @Size(min = 5, max = 60) List<@IntRange(min = 1, max = 900) Integer> cpus,
            @ForAll @Size(60) List<Boolean> firstDecides, @ForAll @Size(60) List<Boolean> seen) {
        List<ApiObject> nodes = List.of(node("a"), node("b"), node("c"));
        Replica[] replicas = {new Replica(nodes, 0), new Replica(nodes, 1)};
        Map<String, Long> versions = new HashMap<>();
        Map<String, Long> used = new HashMap<>();
        List<Runnable> news = new ArrayList<>();
        for (int step = 0; step < cpus.size(); step++) {
            Replica replica = replicas[firstDecides.get(step) ? 0 : 1];
            PodInfo pod = Objects.pod("p" + step, cpus.get(step) + "m", "1Mi", "");
            if (replica.scheduler.decide(List.of(pod)).get(0) instanceof Decision.Placed placed) {
                long current = versions.getOrDefault(placed.node(), 0L);
                if (current == placed.nodeVersion()) {
                    versions.put(placed.node(), current + 1);
                    used.merge(placed.node(), (long) cpus.get(step), Long::sum);
                    for (Replica any : replicas) {
                        news.add(() -> any.bound(pod.on(placed.node()), current + 1));
                    }
                } else {
                    replica.snapshot.forget(new ObjectKey("default", pod.key().name()));
                }
            }
            if (seen.get(step)) {
                news.forEach(Runnable::run);
                news.clear();
            }
        }
        assertThat(used.values()).allMatch(milliCpu -> milliCpu <= 1_000);
    }

    @Property(tries = 60)
    void theSameQuestionHasTheSameAnswer(@ForAll @Size(max = 30) List<@IntRange(min = 1, max = 900) Integer> cpus) {
        List<ApiObject> nodes = List.of(node("a"), node("b"), node("c"));
        Replica one = new Replica(nodes, 3);
        Replica two = new Replica(nodes, 3);
        List<PodInfo> pods = new ArrayList<>();
        for (int index = 0; index < cpus.size(); index++) {
            pods.add(Objects.pod("p" + index, cpus.get(index) + "m", "1Mi", ""));
        }
        assertThat(one.scheduler.decide(pods)).isEqualTo(two.scheduler.decide(pods));
    }

    @Property(tries = 40)
    void resultsKeptForATemplateAreThoseComputedAnew(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 2) Integer> sizes) {
        List<ApiObject> nodes = List.of(node("a"), node("b"), node("c"));
        Replica kept = new Replica(nodes, 0);
        Snapshot anew = new Snapshot();
        nodes.forEach(node -> anew.node(node.name(), node));
        int start = 0;
        for (int index = 0; index < sizes.size(); index++) {
            PodInfo pod = Objects.pod("p" + index, 50 * (1 + sizes.get(index)) + "m", "8Mi", "");
            Decision expected = new Scheduler(anew, start).decide(List.of(pod)).get(0);
            assertThat(kept.scheduler.decide(List.of(pod)).get(0)).isEqualTo(expected);
            if (expected instanceof Decision.Placed placed) {
                start = "abc".indexOf(placed.node()) + 1;
                start %= 3;
            }
        }
    }

    private static ApiObject node(String name) {
        return Objects.node(name, "1", "8Gi", 110, Map.of(), "");
    }

    /** A scheduler with its own picture. */
    private static final class Replica {
        private final Snapshot snapshot = new Snapshot();
        private final Scheduler scheduler;

        Replica(List<ApiObject> nodes, int start) {
            nodes.forEach(node -> snapshot.node(node.name(), node));
            scheduler = new Scheduler(snapshot, start);
        }

        void bound(PodInfo pod, long version) {
            snapshot.pod(pod);
            snapshot.allocation(pod.node(), version);
        }
    }
}
