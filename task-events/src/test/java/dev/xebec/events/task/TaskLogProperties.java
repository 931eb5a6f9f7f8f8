package dev.xebec.events.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Laws of telling, for logs in which anything follows anything, whether a cluster would ever write it or not. */
class TaskLogProperties {
    private static final List<String> KEYS = List.of("/pods/a/p0", "/pods/a/p1", "/pods/b/p0", "batch/jobs/a/j0",
            "/nodes//n0", "cluster.xebec.dev/masters//m0", "/configmaps/a/c0");

    @Property(tries = 300)
    void whoeverTakesOverAnywhereTellsTheSame(@ForAll long seed, @ForAll @IntRange(max = 120) int at) {
        List<Change> changes = changes(seed, 120);
        List<TaskEvent> whole = told(new TaskLog(), changes);
        List<TaskEvent> parts = new ArrayList<>(told(new TaskLog(), changes.subList(0, at)));
        TaskLog successor = new TaskLog();
        state(changes.subList(0, at)).values().forEach(successor::know);
        parts.addAll(told(successor, changes.subList(at, changes.size())));
        assertThat(parts).isEqualTo(whole);
    }

    @Property(tries = 300)
    void idsAreUnique(@ForAll long seed) {
        Set<String> ids = new HashSet<>();
        for (TaskEvent event : told(new TaskLog(), changes(seed, 120))) {
            assertThat(ids.add(event.id())).as(event.id()).isTrue();
            assertThat(event.id()).startsWith(event.about().uid() + "." + event.revision());
        }
    }

    @Property(tries = 200)
    void aStateIsToldOnceOfEachAndSaysWhatTheNextChangeIsComparedWith(@ForAll long seed) {
        Map<String, KeyValue> state = state(changes(seed, 80));
        for (KeyValue stored : state.values()) {
            List<TaskEvent> told = TaskLog.state(stored, 1_000);
            assertThat(told).hasSize(TaskLog.tells(stored.key()) ? 1 : 0);
            TaskLog log = new TaskLog();
            log.know(stored);
            // The same again is no news.
            assertThat(log.apply(new Change(1_001, stored.key(), stored))).isEmpty();
        }
    }

    private static List<TaskEvent> told(TaskLog log, List<Change> changes) {
        List<TaskEvent> events = new ArrayList<>();
        changes.forEach(change -> events.addAll(log.apply(change)));
        return events;
    }

    private static Map<String, KeyValue> state(List<Change> changes) {
        Map<String, KeyValue> state = new TreeMap<>();
        for (Change change : changes) {
            if (change.current() == null) {
                state.remove(change.key());
            } else {
                state.put(change.key(), change.current());
            }
        }
        return state;
    }

    private static List<Change> changes(long seed, int count) {
        Random random = new Random(seed);
        List<Change> changes = new ArrayList<>();
        long revision = 1;
        while (changes.size() < count) {
            revision += 1 + random.nextInt(3);
            Set<String> keys = new HashSet<>();
            for (int i = random.nextInt(3); i >= 0 && changes.size() < count; i--) {
                String key = KEYS.get(random.nextInt(KEYS.size()));
                if (keys.add(key)) {
                    changes.add(change(random, revision, key));
                }
            }
        }
        return changes;
    }

    private static Change change(Random random, long revision, String key) {
        if (random.nextInt(8) == 0) {
            return new Change(revision, key, null);
        }
        byte[] bytes = random.nextInt(40) == 0
                ? "no object".getBytes(java.nio.charset.StandardCharsets.UTF_8)
                : Json.bytes(object(random, key));
        return new Change(revision, key, new KeyValue(key, Bytes.of(bytes), 1, revision, 1));
    }

    private static ObjectNode object(Random random, String key) {
        // A few uids for each key: names are used again.
        ObjectNode object = Objects.of("v1", "Any", "", "x", key + "-" + random.nextInt(2));
        if (random.nextBoolean()) {
            object.putObject("spec").put("nodeName", "n" + random.nextInt(2));
        }
        ObjectNode status = object.putObject("status");
        status.put("phase", any(random, "Pending", "Running", "Succeeded", "Failed"));
        status.put("ready", random.nextBoolean()).put("health", any(random, "Healthy", "Lost", "NotReady"));
        if (random.nextBoolean()) {
            status.put("startTime", Objects.time(random.nextInt(3)));
        }
        for (String type : List.of("Ready", "Complete", "Failed", "DisruptionTarget", "PodScheduled")) {
            if (random.nextInt(3) == 0) {
                Objects.condition(object, type, any(random, "True", "False", "Unknown"), "Because",
                        random.nextInt(60));
            }
        }
        for (String name : List.of("main", "side")) {
            if (random.nextBoolean()) {
                ObjectNode container = Objects.container(object, "containerStatuses", name, random.nextInt(3));
                container.putObject(any(random, "state", "lastState")).putObject(any(random, "running", "terminated"))
                        .put("startedAt", Objects.time(random.nextInt(9))).put("exitCode", random.nextInt(3));
            }
        }
        return object;
    }

    private static String any(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }
}
