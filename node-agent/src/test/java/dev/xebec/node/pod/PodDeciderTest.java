package dev.xebec.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.node.pod.Observation.Trouble;
import dev.xebec.node.pod.PodAction.Emit;
import dev.xebec.node.pod.PodAction.FinishDeletion;
import dev.xebec.node.pod.PodAction.Kill;
import dev.xebec.node.pod.PodAction.Start;
import dev.xebec.node.pod.PodAction.Stop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodDeciderTest {
    private static final String ONE = "{'containers':[{'name':'a','image':'i'}]}";
    private static final String ORDERED = "{'initContainers':[{'name':'i1','image':'i'},"
            + "{'name':'side','image':'i','restartPolicy':'Always'},{'name':'i2','image':'i'}],"
            + "'containers':[{'name':'a','image':'i'},{'name':'b','image':'i'}]}";

    private static List<String> starts(List<PodAction> actions) {
        return actions.stream().filter(Start.class::isInstance).map(each -> ((Start) each).container().name()).toList();
    }

    private static List<String> stops(List<PodAction> actions) {
        return actions.stream().filter(Stop.class::isInstance).map(each -> ((Stop) each).id().container()).toList();
    }

    @Test
    void aPodThatRuns() {
        Scene scene = new Scene(ONE);
        assertThat(starts(scene.settle())).containsExactly("a");
        assertThat(scene.pod.path("status")).isEqualTo(Json
                .parse("""
                        {"phase":"Running","hostIP":"127.0.0.1","hostIPs":[{"ip":"127.0.0.1"}],"podIP":"127.64.0.1",
                         "podIPs":[{"ip":"127.64.0.1"}],"startTime":"2026-01-01T00:00:00Z","qosClass":"BestEffort",
                         "containerStatuses":[{"name":"a","image":"i","imageID":"i","containerID":"process://u.a.0",
                           "restartCount":0,"ready":true,"started":true,
                           "state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}},"lastState":{}}],
                         "conditions":[
                           {"type":"PodReadyToStartContainers","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z",
                            "lastProbeTime":null},
                           {"type":"Initialized","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z","lastProbeTime":null},
                           {"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z","lastProbeTime":null},
                           {"type":"ContainersReady","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z",
                            "lastProbeTime":null},
                           {"type":"PodScheduled","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z",
                            "lastProbeTime":null}]}
                        """
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(scene.settle()).as("nothing more to do").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Always, 0, Running, 1", "Always, 1, Running, 1", "OnFailure, 0, Succeeded, 0",
            "OnFailure, 1, Running, 1",
            "Never, 0, Succeeded, 0", "Never, 1, Failed, 0"})
    void theRestartPolicyDecides(String policy, int code, String phase, int restarts) {
        Scene scene = new Scene("{'restartPolicy':'" + policy + "','containers':[{'name':'a','image':'i'}]}");
        scene.settle();
        scene.end("a", code);
        scene.settle();
        assertThat(scene.phase()).isEqualTo(phase);
        assertThat(scene.status("containerStatuses", 0).path("restartCount").asInt()).isEqualTo(restarts);
        assertThat(scene.condition("Ready")).isEqualTo(phase.equals("Running")
                ? "True "
                : "False " + (phase.equals("Succeeded") ? "PodCompleted" : "PodFailed"));
    }

    @Test
    void backOffDoublesFromTenSecondsToFiveMinutesAndIsForgiven() {
        Scene scene = new Scene(ONE);
        scene.settle();
        scene.end("a", 1);
        assertThat(starts(scene.settle())).as("the first restart is at once").containsExactly("a");
        for (long wait : List.of(10, 20, 40, 80, 160, 300, 300)) {
            scene.end("a", 1);
            List<PodAction> actions = scene.settle();
            assertThat(starts(actions)).isEmpty();
            assertThat(actions).filteredOn(Emit.class::isInstance).hasSize(1);
            assertThat(scene.settle()).as("the event comes once").isEmpty();
            assertThat(scene.status("containerStatuses", 0).path("state").path("waiting").path("reason").asText())
                    .isEqualTo("CrashLoopBackOff");
            assertThat(scene.decide().wakeAt()).isEqualTo(scene.now.plusSeconds(wait));
            scene.pass(Duration.ofSeconds(wait).minusMillis(1));
            assertThat(starts(scene.settle())).isEmpty();
            scene.pass(Duration.ofMillis(1));
            assertThat(starts(scene.settle())).containsExactly("a");
        }
        scene.pass(Duration.ofMinutes(11));
        scene.end("a", 1);
        assertThat(starts(scene.settle())).as("ran for long: forgiven").containsExactly("a");
        assertThat(scene.containers).as("old attempts are forgotten").hasSize(2);
    }

    @Test
    void initContainersRunInOrderAndSidecarsBeside() {
        Scene scene = new Scene(ORDERED);
        assertThat(starts(scene.settle())).containsExactly("i1");
        assertThat(scene.phase()).isEqualTo("Pending");
        assertThat(scene.condition("Initialized")).isEqualTo("False ContainersNotInitialized");
        assertThat(scene.status("containerStatuses", 0).path("state").path("waiting").path("reason").asText())
                .isEqualTo("PodInitializing");
        scene.end("i1", 0);
        assertThat(starts(scene.settle())).containsExactly("side", "i2");
        scene.end("side", 1);
        assertThat(starts(scene.settle())).as("a sidecar is kept up").containsExactly("side");
        scene.end("i2", 0);
        assertThat(starts(scene.settle())).containsExactly("a", "b");
        assertThat(scene.phase()).isEqualTo("Running");
        assertThat(scene.condition("Ready")).isEqualTo("True ");
    }

    @Test
    void aSidecarIsWaitedForUntilItHasStarted() {
        Scene scene = new Scene("{'initContainers':[{'name':'side','image':'i','restartPolicy':'Always',"
                + "'startupProbe':{}}],'containers':[{'name':'a','image':'i'}]}");
        assertThat(starts(scene.settle())).containsExactly("side");
        scene.health("side", new Health(true, null, null));
        assertThat(starts(scene.settle())).containsExactly("a");
    }

    @Test
    void aFailedInitContainerFailsAPodThatMayNotTryAgain() {
        Scene scene = new Scene("{'restartPolicy':'Never','initContainers':[{'name':'i1','image':'i'}],"
                + "'containers':[{'name':'a','image':'i'}]}");
        scene.settle();
        scene.end("i1", 3);
        assertThat(starts(scene.settle())).isEmpty();
        assertThat(scene.phase()).isEqualTo("Failed");
    }

    @Test
    void sidecarsEndWithAJobAndLast() {
        Scene scene = new Scene(ORDERED.replace("{'initContainers'", "{'restartPolicy':'Never','initContainers'"));
        scene.settle();
        scene.end("i1", 0);
        scene.settle();
        scene.end("i2", 0);
        scene.settle();
        scene.end("a", 0);
        assertThat(stops(scene.settle())).isEmpty();
        scene.end("b", 0);
        assertThat(stops(scene.settle())).containsExactly("side");
        assertThat(scene.phase()).isEqualTo("Running");
        scene.end("side", 143);
        scene.settle();
        assertThat(scene.phase()).isEqualTo("Succeeded");
    }

    @Test
    void deletionStopsInOrderThenKillsThenFinishes() {
        Scene scene = new Scene(ORDERED);
        scene.settle();
        scene.end("i1", 0);
        scene.settle();
        scene.end("i2", 0);
        scene.settle();
        scene.delete(30);
        assertThat(stops(scene.settle())).containsExactly("a", "b");
        assertThat(scene.decide().wakeAt()).isEqualTo(scene.now.plusSeconds(30));
        scene.end("a", 0);
        assertThat(scene.settle()).isEmpty();
        scene.pass(Duration.ofSeconds(30));
        List<PodAction> late = scene.settle();
        assertThat(late).filteredOn(Kill.class::isInstance).extracting(each -> ((Kill) each).id().container())
                .startsWith("b");
        assertThat(stops(late)).containsExactly("side");
        assertThat(late).contains(new FinishDeletion());
        assertThat(scene.phase()).isEqualTo("Failed");
    }

    @Test
    void aShorterGraceHastens() {
        Scene scene = new Scene(ONE);
        scene.settle();
        scene.delete(30);
        scene.settle();
        scene.delete(2);
        scene.settle();
        assertThat(scene.decide().wakeAt()).isEqualTo(scene.now.plusSeconds(2));
        scene.pass(Duration.ofSeconds(2));
        assertThat(scene.settle()).hasAtLeastOneElementOfType(Kill.class).contains(new FinishDeletion());
    }

    @Test
    void aDeletedPodThatNeverStartedIsFinishedAtOnce() {
        Scene scene = new Scene(ONE);
        scene.delete(30);
        assertThat(scene.settle()).containsExactly(new FinishDeletion());
    }

    @Test
    void anUnhealthyContainerIsRestarted() {
        Scene scene = new Scene("{'terminationGracePeriodSeconds':5,'containers':[{'name':'a','image':'i',"
                + "'livenessProbe':{}}]}");
        scene.settle();
        scene.health("a", new Health(null, false, null));
        assertThat(scene.settle()).containsExactly(new Stop(scene.containers.get(0).id(), scene.now.plusSeconds(5),
                "Container a failed liveness probe, will be restarted"));
        scene.pass(Duration.ofSeconds(5));
        assertThat(starts(scene.settle())).containsExactly("a");
        assertThat(scene.status("containerStatuses", 0).path("lastState").path("terminated").path("exitCode").asInt())
                .isEqualTo(137);
    }

    @Test
    void readinessFollowsItsProbeAndTransitionTimesTheStatus() {
        Scene scene = new Scene("{'containers':[{'name':'a','image':'i','readinessProbe':{}}]}");
        scene.settle();
        assertThat(scene.condition("Ready")).isEqualTo("False ContainersNotReady");
        scene.pass(Duration.ofSeconds(7));
        scene.settle();
        assertThat(scene.pod.path("status").path("conditions").path(2).path("lastTransitionTime").asText())
                .isEqualTo("2026-01-01T00:00:00Z");
        scene.health("a", new Health(null, null, true));
        scene.settle();
        assertThat(scene.condition("Ready")).isEqualTo("True ");
        assertThat(scene.pod.path("status").path("conditions").path(2).path("lastTransitionTime").asText())
                .isEqualTo("2026-01-01T00:00:07Z");
    }

    @Test
    void aReadinessGateIsWaitedFor() {
        Scene scene = new Scene("{'readinessGates':[{'conditionType':'x/y'}],'containers':[{'name':'a','image':'i'}]}");
        scene.settle();
        assertThat(scene.condition("Ready")).isEqualTo("False ReadinessGatesNotReady");
        scene.pod.withObject("/status").withArray("conditions").addObject().put("type", "x/y").put("status", "True");
        scene.settle();
        assertThat(scene.condition("Ready")).isEqualTo("True ");
        assertThat(scene.condition("x/y")).as("others' conditions stay").isEqualTo("True ");
    }

    @Test
    void anActiveDeadlineEndsThePod() {
        Scene scene = new Scene("{'activeDeadlineSeconds':60,'containers':[{'name':'a','image':'i'}]}");
        scene.settle();
        scene.settle();
        assertThat(scene.decide().wakeAt()).isEqualTo(Scene.START.plusSeconds(60));
        scene.pass(Duration.ofSeconds(60));
        assertThat(stops(scene.settle())).containsExactly("a");
        scene.end("a", 143);
        scene.settle();
        assertThat(scene.phase()).isEqualTo("Failed");
        assertThat(scene.pod.path("status").path("reason").asText()).isEqualTo("DeadlineExceeded");
        assertThat(starts(scene.settle())).isEmpty();
    }

    @Test
    void aContainerThatCannotStartWaitsWithTheReason() {
        Scene scene = new Scene(ONE);
        scene.troubles.put("a", new Trouble("CommandRequired", "needs a command", scene.now.plusSeconds(30)));
        assertThat(starts(scene.settle())).isEmpty();
        assertThat(scene.phase()).isEqualTo("Pending");
        assertThat(scene.status("containerStatuses", 0).path("state").path("waiting").path("reason").asText())
                .isEqualTo("CommandRequired");
        assertThat(scene.decide().wakeAt()).isEqualTo(scene.now.plusSeconds(30));
        scene.pass(Duration.ofSeconds(30));
        assertThat(starts(scene.settle())).containsExactly("a");
    }

    @Test
    void aContainerThatTheRuntimeHasLostIsNotTakenForNeverStarted() {
        Scene always = new Scene(ONE);
        always.settle();
        always.containers.clear();
        assertThat(starts(always.settle())).containsExactly("a");
        assertThat(always.status("containerStatuses", 0).path("restartCount").asInt()).isEqualTo(1);
        Scene never = new Scene("{'restartPolicy':'Never','containers':[{'name':'a','image':'i'}]}");
        never.settle();
        never.containers.clear();
        assertThat(starts(never.settle())).isEmpty();
        assertThat(never.phase()).isEqualTo("Failed");
        assertThat(never.status("containerStatuses", 0).path("state").path("terminated").path("reason").asText())
                .isEqualTo("ContainerStatusUnknown");
    }

    @Test
    void anEphemeralContainerRunsOnceBesideTheOthers() {
        Scene scene = new Scene(ONE);
        scene.settle();
        ObjectNode spec = (ObjectNode) scene.pod.path("spec");
        spec.putArray("ephemeralContainers").addObject().put("name", "debug").put("image", "i");

        assertThat(starts(scene.settle())).containsExactly("debug");
        var status = scene.pod.path("status").path("ephemeralContainerStatuses").path(0);
        assertThat(status.path("state").has("running")).isTrue();
        assertThat(status.path("ready").asBoolean()).isFalse();
        assertThat(scene.pod.path("status").path("phase").asText()).isEqualTo("Running");
        assertThat(starts(scene.settle())).as("never again").isEmpty();
    }
}
