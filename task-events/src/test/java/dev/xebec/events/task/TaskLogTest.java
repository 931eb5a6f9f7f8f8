package dev.xebec.events.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each change of a pod, a Job, a node and a master is told as. */
class TaskLogTest {
    private static final String POD = "/pods/default/a";
    private static final String NODE = "/nodes//n";

    private final TaskLog log = new TaskLog();
    private final ObjectNode pod = Objects.pod("a", "u");
    private long revision;

    private List<TaskEvent> put(String key, ObjectNode object) {
        revision++;
        return log.apply(new Change(revision, key,
                new KeyValue(key, Bytes.of(Json.bytes(object)), 1, revision, revision)));
    }

    private static List<String> types(List<TaskEvent> events) {
        return events.stream().map(event -> event.type().wire().substring("dev.xebec.".length())).toList();
    }

    @Test
    void aTaskThatIsSeenOnlyAtItsEndIsToldFromItsBeginning() {
        ((ObjectNode) pod.get("spec")).put("nodeName", "n");
        Objects.status(pod).put("phase", "Failed");
        Objects.container(pod, "containerStatuses", "main", 2).putObject("state").putObject("terminated")
                .put("exitCode", 3).put("reason", "Error").put("startedAt", Objects.time(5))
                .put("finishedAt", Objects.time(9));
        List<TaskEvent> events = put(POD, pod);
        assertThat(types(events)).containsExactly("task.created", "task.scheduled", "task.started", "task.restarted",
                "task.failed");
        assertThat(events).extracting(TaskEvent::id).containsExactly("u.1", "u.1.2", "u.1.3", "u.1.4", "u.1.5");
        TaskEvent failed = events.get(4);
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(failed.reason()).isEqualTo("Error");
        assertThat(failed.time()).isEqualTo(Instant.parse(Objects.time(9)));
    }

    @Test
    void aPodThatFailsBeforeAnythingRanIsNotStarted() {
        put(POD, pod);
        Objects.status(pod).put("phase", "Failed").put("reason", "Evicted").put("message", "The node was low on disk.");
        List<TaskEvent> events = put(POD, pod);
        assertThat(types(events)).containsExactly("task.evicted", "task.failed");
        assertThat(events.get(0).data().path("message").asText()).isEqualTo("The node was low on disk.");
        assertThat(events.get(1).exitCode()).isNull();
    }

    @Test
    void readinessThatIsNotKnownIsUnready() {
        Objects.condition(pod, "Ready", "True", "", 1);
        put(POD, pod);
        Objects.condition(pod, "Ready", "Unknown", "NodeLost", 2);
        assertThat(types(put(POD, pod))).containsExactly("task.unready");
        Objects.condition(pod, "Ready", "False", "ContainersNotReady", 3);
        assertThat(types(put(POD, pod))).isEmpty();
    }

    @Test
    void aNameThatIsUsedAgainIsAnotherTask() {
        put(POD, pod);
        revision++;
        List<TaskEvent> events = put(POD, Objects.pod("a", "v"));
        assertThat(events).extracting(event -> event.type() + " " + event.id()).containsExactly("TASK_DELETED u.3",
                "TASK_CREATED v.3");
    }

    @Test
    void aDeletionIsOfTheTimeItWasAskedFor() {
        ((ObjectNode) pod.get("metadata")).put("deletionTimestamp", Objects.time(90))
                .put("deletionGracePeriodSeconds", 30);
        put(POD, pod);
        List<TaskEvent> events = log.apply(new Change(9, POD, null));
        assertThat(types(events)).containsExactly("task.deleted");
        assertThat(events.get(0).time()).isEqualTo(Instant.parse(Objects.time(60)));
        assertThat(log.apply(new Change(10, POD, null))).isEmpty();
    }

    @Test
    void aContainerThatWasRestartedSeveralTimesBetweenTwoChangesIsToldOnceWithItsCount() {
        Objects.container(pod, "initContainerStatuses", "prepare", 1);
        put(POD, pod);
        Objects.container(pod, "initContainerStatuses", "prepare", 4).putObject("lastState").putObject("terminated")
                .put("exitCode", 1);
        List<TaskEvent> events = put(POD, pod);
        assertThat(types(events)).containsExactly("task.restarted");
        assertThat(events.get(0).data().path("restartCount").asInt()).isEqualTo(4);
        assertThat(events.get(0).exitCode()).isEqualTo(1);
    }

    @Test
    void aJobThatIsSuspendedAndGoesOnStartsAgain() {
        ObjectNode job = Objects.of("batch/v1", "Job", "default", "j", "j");
        assertThat(types(put("batch/jobs/default/j", job))).isEmpty();
        Objects.status(job).put("startTime", Objects.time(1));
        assertThat(types(put("batch/jobs/default/j", job))).containsExactly("job.started");
        Objects.status(job).remove("startTime");
        assertThat(types(put("batch/jobs/default/j", job))).isEmpty();
        Objects.status(job).put("startTime", Objects.time(9));
        assertThat(types(put("batch/jobs/default/j", job))).containsExactly("job.started");
        assertThat(types(log.apply(new Change(99, "batch/jobs/default/j", null)))).isEmpty();
    }

    @Test
    void aNodeIsLostWhenItIsNotReadyAnyMoreAndWhenNobodyHearsOfIt() {
        ObjectNode node = Objects.of("v1", "Node", "", "n", "n");
        assertThat(types(put(NODE, node))).containsExactly("node.joined");
        Objects.condition(node, "Ready", "False", "Starting", 1);
        assertThat(types(put(NODE, node))).isEmpty();
        Objects.condition(node, "Ready", "True", "KubeletReady", 2);
        assertThat(types(put(NODE, node))).containsExactly("node.ready");
        Objects.condition(node, "Ready", "False", "KubeletNotReady", 3);
        assertThat(types(put(NODE, node))).containsExactly("node.lost");
        Objects.condition(node, "Ready", "Unknown", "NodeStatusUnknown", 4);
        assertThat(types(put(NODE, node))).containsExactly("node.lost");
        assertThat(types(log.apply(new Change(99, NODE, null)))).containsExactly("node.left");
    }

    @Test
    void longTextsAreCutBetweenCharacters() {
        put(POD, pod);
        Objects.status(pod).put("phase", "Failed").put("message", "x".repeat(Sayings.MAX_MESSAGE_CHARS - 1) + "😀!");
        List<TaskEvent> events = put(POD, pod);
        assertThat(events.get(0).data().path("message").asText()).isEqualTo("x".repeat(Sayings.MAX_MESSAGE_CHARS - 1));
    }

    @Test
    void otherKeysAreNotTold() {
        assertThat(put("/configmaps/default/a", pod)).isEmpty();
        assertThat(put("podsy/pods/default/a", pod)).isEmpty();
        assertThat(log.size()).isZero();
    }
}
