package dev.xebec.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.node.pod.PodAction.FinishDeletion;
import dev.xebec.node.pod.PodAction.Start;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens to a pod's containers, in whatever order. */
class PodDeciderProperties {
    private static final List<String> NAMES = List.of("init", "side", "a", "b");
    private static final List<String> POLICIES = List.of("Always", "OnFailure", "Never");

    private static Scene scene(int policy) {
        return new Scene("{'restartPolicy':'" + POLICIES.get(policy) + "','terminationGracePeriodSeconds':5,"
                + "'initContainers':[{'name':'init','image':'i'},{'name':'side','image':'i','restartPolicy':'Always'}],"
                + "'containers':[{'name':'a','image':'i','livenessProbe':{}},{'name':'b','image':'i'}]}");
    }

    /** 0..3 a container fails, 4..7 it succeeds, 8 a probe fails, others: time passes. */
    private static void happen(Scene scene, int event) {
        if (event < 8) {
            scene.end(NAMES.get(event % 4), event < 4 ? 1 : 0);
        } else if (event == 8) {
            scene.health("a", new Health(null, false, null));
        } else {
            scene.pass(Duration.ofSeconds((long) event * event));
        }
    }

    private static void check(Scene scene) {
        assertThat(scene.containers.stream().filter(each -> each.running()).map(each -> each.id().container())
                .collect(Collectors.toList())).as("one run of a container at a time").doesNotHaveDuplicates();
        boolean mainRan = scene.containers.stream().anyMatch(each -> !List.of("init", "side").contains(each.id()
                .container()));
        boolean initDone = scene.containers.stream().anyMatch(each -> each.id().container().equals("init")
                && each.exit() != null && each.exit().code() == 0);
        assertThat(!mainRan || initDone).as("main containers wait for the init container").isTrue();
        assertThat(scene.containers.stream().collect(Collectors.groupingBy(each -> each.id().container())).values())
                .allSatisfy(attempts -> assertThat(attempts).hasSizeLessThanOrEqualTo(2));
    }

    @Property(tries = 300)
    void itSettlesAndKeepsTheOrder(@ForAll @IntRange(max = 2) int policy,
            @ForAll @Size(max = 25) List<@IntRange(max = 20) Integer> events) {
        Scene scene = scene(policy);
        boolean finished = false;
        scene.settle();
        for (int event : events) {
            happen(scene, event);
            List<PodAction> actions = scene.settle();
            check(scene);
            assertThat(finished && actions.stream().anyMatch(Start.class::isInstance))
                    .as("a finished pod starts nothing").isFalse();
            finished |= scene.phase().equals("Succeeded") || scene.phase().equals("Failed");
            assertThat(scene.settle()).as("deciding again changes nothing").isEmpty();
        }
    }

    @Property(tries = 200)
    void aDeletedPodAlwaysComesToItsEnd(@ForAll @IntRange(max = 2) int policy,
            @ForAll @Size(max = 15) List<@IntRange(max = 20) Integer> events) {
        Scene scene = scene(policy);
        scene.settle();
        for (int event : events) {
            happen(scene, event);
            scene.settle();
        }
        scene.delete(5);
        List<PodAction> actions = scene.settle();
        assertThat(actions).noneMatch(Start.class::isInstance);
        scene.pass(Duration.ofSeconds(5));
        actions = scene.settle();
        assertThat(actions).noneMatch(Start.class::isInstance).contains(new FinishDeletion());
        assertThat(scene.containers).noneMatch(each -> each.running());
        assertThat(scene.phase()).isIn("Succeeded", "Failed");
    }
}
