package dev.xebec.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.Pods;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Nodes;
import dev.xebec.controller.rig.Objects;
import dev.xebec.controller.rig.Replica;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobReconcilerTest {
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;

    private final MemoryApi api = new MemoryApi();
    private final Nodes nodes = new Nodes(api);
    private final Replica replica = new Replica(api, new JobReconciler());

    static ApiObject job(String more) {
        return Objects.json("""
                {'apiVersion':'batch/v1','kind':'Job','metadata':{'name':'count','namespace':'default'},
                 'spec':{'selector':{'matchLabels':{'job':'count'}},%s
                  'template':{'metadata':{'labels':{'job':'count'}},
                   'spec':{'restartPolicy':'Never','containers':[{'name':'main','image':'a:1'}]}}}}
                """.formatted(more));
    }

    private ApiObject job() {
        return api.get(Kinds.JOBS, "default", "count");
    }

    private List<ApiObject> active() {
        return nodes.pods().stream().filter(Pods::active).sorted(Comparator.comparing(JobPod::index)).toList();
    }

    private void create(String more) {
        api.create(Kinds.JOBS, job(more));
        replica.settle();
    }

    /** Ends a pod; an exit code of 0 is a success. */
    private void end(ApiObject pod, int exitCode) {
        end(api, pod, exitCode);
        replica.settle();
    }

    static void end(MemoryApi api, ApiObject pod, int exitCode) {
        ObjectNode tree = api.get(PODS, pod.namespace(), pod.name()).copy();
        ObjectNode status = (ObjectNode) tree.get("status");
        status.put("phase", exitCode == 0 ? "Succeeded" : "Failed");
        Conditions.set(status, "Ready", "False", "", "", api.now());
        status.putArray("containerStatuses").addObject().put("name", "main").putObject("state")
                .putObject("terminated").put("exitCode", exitCode).put("finishedAt", api.now().toString());
        api.perform(new Action.UpdateStatus(PODS, ApiObject.of(tree)));
    }

    private String condition(String type) {
        ObjectNode condition = Conditions.find(job().status(), type);
        return condition == null ? "" : condition.path("status").asText() + " " + condition.path("reason").asText();
    }

    @Test
    void aJobOfOnePodRunsItCountsItAndIsComplete() {
        create("");
        assertThat(active()).singleElement().satisfies(pod -> {
            assertThat(pod.name()).matches("count-[bcdfghjklmnpqrstvwxz2456789]{5}");
            assertThat(pod.finalizers()).containsExactly(JobPod.TRACKING);
            assertThat(pod.controllerOwner().orElseThrow().uid()).isEqualTo(job().uid());
        });
        assertThat(job().status().path("active").asInt()).isEqualTo(1);
        assertThat(job().status().path("startTime").asText()).isEqualTo("2026-01-01T00:00:00Z");
        nodes.runAll();
        replica.settle();
        assertThat(job().status().path("ready").asInt()).isEqualTo(1);
        end(active().getFirst(), 0);
        assertThat(job().status().path("succeeded").asInt()).isEqualTo(1);
        assertThat(job().status().has("active")).isFalse();
        assertThat(job().status().path("uncountedTerminatedPods").isEmpty()).isTrue();
        assertThat(condition("SuccessCriteriaMet")).isEqualTo("True CompletionsReached");
        assertThat(condition("Complete")).isEqualTo("True CompletionsReached");
        assertThat(job().status().path("completionTime").asText()).isNotEmpty();
        assertThat(nodes.pods()).singleElement().satisfies(pod -> assertThat(pod.finalizers()).isEmpty());
        assertThat(replica.messages()).contains("Job completed").anyMatch(text -> text.startsWith("Created pod: "));
    }

    @Test
    void noMoreRunAtOnceThanIsAllowedAndNoMoreThanAreMissing() {
        create("'completions':5,'parallelism':3,");
        assertThat(active()).hasSize(3);
        end(active().getFirst(), 0);
        assertThat(active()).hasSize(3);
        end(active().getFirst(), 0);
        end(active().getFirst(), 0);
        assertThat(active()).as("two of five are missing").hasSize(2);
        end(active().getFirst(), 0);
        end(active().getFirst(), 0);
        assertThat(job().status().path("succeeded").asInt()).isEqualTo(5);
        assertThat(condition("Complete")).isEqualTo("True CompletionsReached");
        assertThat(nodes.pods()).hasSize(5);
    }

    @Test
    void failuresAreRetriedWithGrowingPausesUpToTheLimit() {
        create("'backoffLimit':2,");
        end(active().getFirst(), 1);
        assertThat(active()).as("waits ten seconds").isEmpty();
        api.pass(Duration.ofSeconds(10));
        replica.settle();
        end(active().getFirst(), 1);
        api.pass(Duration.ofSeconds(19));
        replica.settle();
        assertThat(active()).as("waits twenty seconds").isEmpty();
        api.pass(Duration.ofSeconds(1));
        replica.settle();
        end(active().getFirst(), 1);
        assertThat(job().status().path("failed").asInt()).isEqualTo(3);
        assertThat(condition("FailureTarget")).isEqualTo("True BackoffLimitExceeded");
        assertThat(condition("Failed")).isEqualTo("True BackoffLimitExceeded");
        assertThat(replica.messages()).contains("Job has reached the specified backoff limit");
    }

    @Test
    void aDeadlineStopsWhatRuns() {
        create("'activeDeadlineSeconds':60,");
        nodes.runAll();
        api.pass(Duration.ofSeconds(60));
        replica.settle();
        assertThat(condition("FailureTarget")).isEqualTo("True DeadlineExceeded");
        nodes.runAll();
        replica.settle();
        assertThat(condition("Failed")).isEqualTo("True DeadlineExceeded");
        assertThat(job().status().path("failed").asInt()).isEqualTo(1);
        assertThat(nodes.pods()).isEmpty();
    }

    @Test
    void aSuspendedJobRunsNothingAndItsStoppedPodsAreNoFailures() {
        create("'parallelism':2,'completions':2,");
        nodes.runAll();
        suspend(true);
        assertThat(active()).isEmpty();
        assertThat(condition("Suspended")).isEqualTo("True JobSuspended");
        assertThat(job().status().has("startTime")).isFalse();
        nodes.runAll();
        suspend(false);
        assertThat(active()).hasSize(2);
        assertThat(condition("Suspended")).isEqualTo("False JobResumed");
        assertThat(job().status().has("failed")).isFalse();
        assertThat(job().status().path("startTime").asText()).isNotEmpty();
    }

    private void suspend(boolean suspended) {
        ObjectNode tree = job().copy();
        ((ObjectNode) tree.get("spec")).put("suspend", suspended);
        api.perform(new Action.Update(Kinds.JOBS, ApiObject.of(tree)));
        replica.settle();
    }

    @Test
    void eachIndexSucceedsOnce() {
        create("'completionMode':'Indexed','completions':4,'parallelism':4,");
        assertThat(active()).extracting(JobPod::index).containsExactly(0, 1, 2, 3);
        ApiObject second = active().get(1);
        assertThat(second.name()).startsWith("count-1-");
        assertThat(second.spec().path("hostname").asText()).isEqualTo("count-1");
        assertThat(second.labels()).containsEntry(JobPod.INDEX, "1");
        assertThat(second.spec().path("containers").path(0).path("env").path(0).path("name").asText())
                .isEqualTo("JOB_COMPLETION_INDEX");
        end(active().get(0), 0);
        end(active().get(1), 0);
        assertThat(job().status().path("completedIndexes").asText()).isEqualTo("0,2");
        end(active().get(0), 0);
        assertThat(job().status().path("completedIndexes").asText()).isEqualTo("0-2");
        end(active().get(0), 0);
        assertThat(job().status().path("succeeded").asInt()).isEqualTo(4);
        assertThat(condition("Complete")).isEqualTo("True CompletionsReached");
    }

    @Test
    void anIndexThatFailsTooOftenIsGivenUpAndTheOthersGoOn() {
        create("'completionMode':'Indexed','completions':2,'parallelism':2,'backoffLimitPerIndex':1,"
                + "'backoffLimit':100,");
        end(active().get(0), 1);
        assertThat(active()).extracting(JobPod::index).containsExactly(1);
        api.pass(Duration.ofSeconds(10));
        replica.settle();
        assertThat(active()).extracting(JobPod::index).containsExactly(0, 1);
        assertThat(JobPod.earlierFailures(active().get(0))).isEqualTo(1);
        end(active().get(0), 1);
        assertThat(job().status().path("failedIndexes").asText()).isEqualTo("0");
        assertThat(condition("Failed")).as("index 1 still runs").isEmpty();
        end(active().get(0), 0);
        assertThat(condition("Failed")).isEqualTo("True FailedIndexes");
        assertThat(job().status().path("completedIndexes").asText()).isEqualTo("1");
    }

    @Test
    void theFailurePolicyIgnoresFailsOrCounts() {
        create("'backoffLimit':0,'podFailurePolicy':{'rules':["
                + "{'action':'Ignore','onPodConditions':[{'type':'DisruptionTarget','status':'True'}]},"
                + "{'action':'FailJob','onExitCodes':{'operator':'In','values':[42]}}]},");
        ApiObject pod = active().getFirst();
        ObjectNode tree = pod.copy();
        Conditions.set((ObjectNode) tree.get("status"), "DisruptionTarget", "True", "", "", api.now());
        api.perform(new Action.UpdateStatus(PODS, ApiObject.of(tree)));
        end(pod, 1);
        assertThat(job().status().has("failed")).as("a disrupted pod is no failure").isFalse();
        api.pass(Duration.ofSeconds(10));
        replica.settle();
        String name = active().getFirst().name();
        end(active().getFirst(), 42);
        assertThat(condition("Failed")).isEqualTo("True PodFailurePolicy");
        assertThat(Conditions.find(job().status(), "Failed").path("message").asText())
                .isEqualTo("Container main for pod default/" + name
                        + " failed with exit code 42 matching FailJob rule at index 1");
    }

    @Test
    void theSuccessPolicyEndsTheJobEarlyAndStopsTheRest() {
        create("'completionMode':'Indexed','completions':3,'parallelism':3,'successPolicy':"
                + "{'rules':[{'succeededIndexes':'0,2','succeededCount':1}]},");
        nodes.runAll();
        replica.settle();
        end(active().get(1), 0);
        assertThat(condition("SuccessCriteriaMet")).isEmpty();
        end(active().get(1), 0);
        assertThat(condition("SuccessCriteriaMet")).isEqualTo("True SuccessPolicy");
        nodes.runAll();
        replica.settle();
        assertThat(condition("Complete")).isEqualTo("True SuccessPolicy");
        assertThat(job().status().path("completedIndexes").asText()).isEqualTo("1,2");
    }

    @Test
    void aFinishedJobGoesWhenItsTimeIsOver() {
        create("'ttlSecondsAfterFinished':30,");
        end(active().getFirst(), 0);
        api.pass(Duration.ofSeconds(29));
        replica.settle();
        assertThat(job()).isNotNull();
        assertThat(job().deleting()).isFalse();
        api.pass(Duration.ofSeconds(1));
        replica.settle();
        assertThat(job().deleting()).isTrue();
        assertThat(job().finalizers()).containsExactly("foregroundDeletion");
    }

    @Test
    void podsOfAJobThatIsGoneAreLetGo() {
        create("");
        api.perform(new Action.Delete(Kinds.JOBS, job().key(), "", 0, -1, ""));
        replica.settle();
        assertThat(job()).isNull();
        assertThat(nodes.pods()).allSatisfy(pod -> assertThat(pod.finalizers()).isEmpty());
    }

    @Test
    void aJobOfSomebodyElseIsLeftAlone() {
        create("'managedBy':'example.com/queue',");
        assertThat(nodes.pods()).isEmpty();
        assertThat(job().status().isEmpty()).isTrue();
    }

    @Test
    void indexesAreWrittenAsIntervals() {
        assertThat(JobIndexes.text(JobIndexes.parse("0-2,4,6,7,9-9,x,8-5", 9))).isEqualTo("0-2,4,6,7");
        assertThat(JobIndexes.text(JobIndexes.parse("", 9))).isEmpty();
        assertThat(JobIndexes.parse("0-100000000", 3).cardinality()).isEqualTo(3);
    }
}
