package dev.xebec.events.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.events.kafka.KafkaSettings;
import dev.xebec.events.task.EventType;
import dev.xebec.events.task.Objects;
import dev.xebec.events.task.TaskLog;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A short log in which everything that is told happens once at least: what the documents show. */
final class OneDay {
    private static final String CLUSTER = "5f0c1d2e-8a43-4c1b-9c55-0a7d3e1f2b60";
    private final PublisherSettings settings = new PublisherSettings(new KafkaSettings("none", Map.of()),
            "xebec.task-events", false, "xebec.objects", 4, (short) 1, PublisherSettings.Timing.DEFAULT);
    private final Envelopes envelopes = new Envelopes(settings, CLUSTER);
    private final TaskLog tasks = new TaskLog();
    private final ObjectLog objects = new ObjectLog();
    private final Map<String, ObjectNode> kept = new HashMap<>();
    private final List<Outgoing> told = new ArrayList<>();
    private long revision = 40;
    private int second;

    /** Everything, in order. */
    static List<Outgoing> all() {
        OneDay day = new OneDay();
        day.members();
        day.job();
        day.pod();
        day.gap();
        day.objects();
        return day.told;
    }

    private void members() {
        String node = "/nodes//node-0";
        put(node, Objects.of("v1", "Node", "", "node-0", "b1a7c9d0-2f3e-4a5b-8c6d-7e8f9a0b1c2d"));
        change(node, object -> Objects.condition(object, "Ready", "True", "KubeletReady", second).put("message",
                "kubelet is posting ready status"));
        change(node, object -> Objects.condition(object, "Ready", "Unknown", "NodeStatusUnknown", second)
                .put("message", "Kubelet stopped posting node status."));
        delete(node);
        String master = "cluster.xebec.dev/masters//master-0.scheduler-service";
        put(master, Objects.of("cluster.xebec.dev/v1alpha1", "Master", "", "master-0.scheduler-service",
                "c2b8d0e1-3a4f-4b6c-9d7e-8f9a0b1c2d3e"));
        change(master, object -> {
            object.putObject("spec").put("role", "scheduler-service").put("process", "master-0");
            health(object, true, "Healthy");
        });
        change(master, object -> health(object, false, "Lost"));
        delete(master);
    }

    private void health(ObjectNode master, boolean ready, String health) {
        Objects.status(master).put("ready", ready).put("health", health).put("lastHeartbeatTime",
                Objects.time(second));
    }

    private void job() {
        String job = "batch/jobs/shop/report";
        put(job, Objects.controlledBy(Objects.of("batch/v1", "Job", "shop", "report",
                "d3c9e1f2-4b50-4c7d-8e8f-9a0b1c2d3e4f"), "CronJob", "nightly"));
        change(job, object -> Objects.status(object).put("startTime", Objects.time(second)).put("active", 2));
        change(job, object -> {
            Objects.status(object).put("active", 0).put("succeeded", 2).put("completionTime", Objects.time(second));
            Objects.condition(object, "Complete", "True", "CompletionsReached", second).put("message",
                    "Reached expected number of succeeded pods");
        });
        String failing = "batch/jobs/shop/import";
        put(failing, Objects.of("batch/v1", "Job", "shop", "import", "e4daf203-5c61-4d8e-9f90-ab1c2d3e4f50"));
        change(failing, object -> {
            Objects.status(object).put("startTime", Objects.time(second)).put("failed", 1);
            Objects.condition(object, "Failed", "True", "BackoffLimitExceeded", second).put("message",
                    "Job has reached the specified backoff limit");
        });
        told.add(envelopes.task(TaskLog.state(value(failing), revision).get(0)));
    }

    private void pod() {
        String pod = "/pods/shop/web-5d9c7-x2x4z";
        ObjectNode born = Objects.controlledBy(
                Objects.of("v1", "Pod", "shop", "web-5d9c7-x2x4z", "7a1f3c5e-9b2d-4e6f-8a0c-1d2e3f4a5b6c"),
                "ReplicaSet", "web-5d9c7");
        born.putObject("spec");
        born.putObject("status").put("phase", "Pending");
        put(pod, born);
        change(pod, object -> {
            ((ObjectNode) object.get("spec")).put("nodeName", "node-0");
            Objects.condition(object, "PodScheduled", "True", "", second);
        });
        change(pod, object -> {
            Objects.status(object).put("phase", "Running");
            running(object, 0);
        });
        change(pod, object -> Objects.condition(object, "Ready", "True", "", second));
        change(pod, object -> running(object, 1).putObject("lastState").putObject("terminated").put("exitCode", 137)
                .put("reason", "OOMKilled").put("finishedAt", Objects.time(second - 1)));
        change(pod, object -> Objects.condition(object, "Ready", "False", "ContainersNotReady", second)
                .put("message", "containers with unready status: [web]"));
        change(pod, object -> Objects.condition(object, "DisruptionTarget", "True", "EvictionByEvictionAPI", second)
                .put("message", "Eviction API: evicting"));
        told.add(envelopes.task(TaskLog.state(value(pod), revision).get(0)));
        change(pod, object -> ended(object, "Failed", 143, "Error"));
        delete(pod);
        String task = "/pods/shop/report-8kq2p";
        ObjectNode work = Objects.controlledBy(
                Objects.of("v1", "Pod", "shop", "report-8kq2p", "8b204d6f-ac3e-4f70-9b1d-2e3f4a5b6c7d"), "Job",
                "report");
        work.putObject("spec").put("nodeName", "node-0");
        Objects.condition(work, "PodScheduled", "True", "", second);
        work.withObject("/status").put("phase", "Pending");
        put(task, work);
        change(task, object -> ended(object, "Succeeded", 0, "Completed"));
    }

    private ObjectNode running(ObjectNode pod, int restarts) {
        ObjectNode container = Objects.container(pod, "containerStatuses", "web", restarts);
        container.putObject("state").putObject("running").put("startedAt", Objects.time(second));
        return container;
    }

    private void ended(ObjectNode pod, String phase, int code, String reason) {
        Objects.status(pod).put("phase", phase);
        Objects.container(pod, "containerStatuses", "web", 0).putObject("state").putObject("terminated")
                .put("exitCode", code).put("reason", reason).put("startedAt", Objects.time(second - 2))
                .put("finishedAt", Objects.time(second));
    }

    private void gap() {
        told.add(envelopes.log(false, EventType.LOG_GAP, 2, 120, 4711));
        ObjectNode node = Objects.of("v1", "Node", "", "node-1", "9c315e70-bd4f-4081-ac2e-3f4a5b6c7d8e");
        Objects.condition(node, "Ready", "True", "KubeletReady", second);
        told.add(envelopes.task(TaskLog.state(put("/nodes//node-1", node), revision).get(0)));
        KeyValue master = put("cluster.xebec.dev/masters//master-1.api-gateway", Objects.of(
                "cluster.xebec.dev/v1alpha1", "Master", "", "master-1.api-gateway",
                "ad426f81-ce50-4192-bd3f-4a5b6c7d8e9f"));
        told.add(envelopes.task(TaskLog.state(master, revision).get(0)));
        told.add(envelopes.log(false, EventType.LOG_RESUMED, 2, 4711, 4711));
    }

    private void objects() {
        String map = "/configmaps/shop/settings";
        put(map, Objects.of("v1", "ConfigMap", "shop", "settings", "be537092-df61-42a3-8e40-5b6c7d8e9fa0"));
        change(map, object -> object.putObject("data").put("colour", "blue"));
        told.add(ObjectLog.state(value(map), revision, envelopes));
        delete(map);
    }

    private KeyValue put(String key, ObjectNode object) {
        return put(key, object, 1);
    }

    private KeyValue put(String key, ObjectNode object, long version) {
        kept.put(key, object);
        revision++;
        second += 7;
        KeyValue value = new KeyValue(key, Bytes.of(Json.bytes(object)), revision, revision, version);
        apply(new Change(revision, key, value));
        return value;
    }

    private KeyValue value(String key) {
        return new KeyValue(key, Bytes.of(Json.bytes(kept.get(key))), revision, revision, 2);
    }

    private void change(String key, Consumer<ObjectNode> what) {
        ObjectNode object = kept.get(key);
        what.accept(object);
        put(key, object, 2);
    }

    private void delete(String key) {
        revision++;
        apply(new Change(revision, key, null));
    }

    private void apply(Change change) {
        tasks.apply(change).forEach(event -> told.add(envelopes.task(event)));
        Outgoing object = objects.apply(change, envelopes);
        if (object != null && change.key().startsWith("/configmaps/")) {
            told.add(object);
        }
    }
}
