package dev.xebec.simulator.history;

import static dev.xebec.simulator.history.Told.added;
import static dev.xebec.simulator.history.Told.gone;
import static dev.xebec.simulator.history.Told.maps;
import static dev.xebec.simulator.history.Told.modified;
import static dev.xebec.simulator.history.Told.pod;
import static dev.xebec.simulator.history.Told.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryReportTest {

    @Test
    void saysWhatWasCheckedAndWhatIsWrong() {
        HistoryReport report = new Told().wrote(0, 1, new Intent.Create("a"), state("m", 5, "a")).got(2, 3, "m", null)
                .report();
        assertThat(report.good()).isFalse();
        assertThat(report.size("linearizable")).isEqualTo(2);
        assertThat(report.toString()).contains("linearizable", "2 looked at, 1 violations", "reader at gw-1");
    }

    @Test
    void measuresTheLongestGaps() {
        Told told = new Told().wrote(0, 10, new Intent.Create("a"), state("m", 1, "a"))
                .wrote(11, 500, new Intent.Update(1, "b"), state("m", 60, "b"))
                .watched("w", maps(), 0, List.of(), added(state("m", 1, "a")), modified(state("m", 60, "b")))
                .watched("p", Scope.all("pods"), 0, List.of(), added(pod("a", 7, "", 1)),
                        modified(pod("a", 9, "n1", 1)),
                        gone(pod("a", 9, "n1", 1), 99))
                .watched("moving", maps(), 0, List.of(), Entry.End.CUT, added(state("m", 1, "a"))).resumed("moving",
                        maps(), 1, new WatchItem.Event(550, WatchItem.Type.MODIFIED, state("m", 60, "b")));
        assertThat(told.report().violations()).isEmpty();
        assertThat(told.report().gaps())
                .isEqualTo(new Gaps(Duration.ofNanos(490), Duration.ofNanos(50), Duration.ofNanos(100),
                        Duration.ofNanos(20)));
    }

    @Test
    void comesBackFromAFileAsItWas(@TempDir Path folder) throws Exception {
        History history = new Told().wrote(0, 10, new Intent.Create("a"), state("m", 1, "a", "colour", "red"))
                .refused(1, 2, "m", new Intent.Delete(4), "Conflict").unanswered(1, 2, "m", new Intent.Patch(0, "z"))
                .deleted(3, 4, "m", 1).got(3, 4, "m", null).listed(5, 6, 7, state("m", 1, "a"))
                .watched("w", maps(), 0, List.of(state("m", 1, "a")), gone(state("m", 1, "a"), 3), Told.bookmark(9))
                .resumed("w", maps(), 9, added(pod("p", 11, "n", 5)), added(Told.allocation("n", 12, 4))).history();
        Path file = folder.resolve("history.jsonl");
        HistoryFile.write(file, history);
        assertThat(HistoryFile.read(file)).isEqualTo(history);
    }

    @Test
    void readsObjectsAsTheApiShowsThem() {
        ObjectState pod = read("pods",
                """
                        {"metadata":{"name":"p","namespace":"work","uid":"u","resourceVersion":"7","labels":{"a":"b"},
                        "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"s","uid":"o","controller":true}]},
                        "spec":{"nodeName":"n","containers":[{"resources":{"requests":{"cpu":"250m","memory":"1Ki"}}},
                        {"resources":{"requests":{"cpu":"1"}}}],"initContainers":[{"resources":{"requests":{"memory":"1Mi"}}}]},
                        "status":{"phase":"Running"}}""");
        assertThat(pod.facts()).isEqualTo(new Facts.Pod("o", "n", false, false, 1_250, 1 << 20));
        assertThat(pod.revision()).isEqualTo(7);
        assertThat(pod.id()).hasToString("pods/work/p");
        assertThat(pod.labels()).containsEntry("a", "b");
        assertThat(read("nodes", """
                {"metadata":{"name":"n"},"status":{"allocatable":{"cpu":"2","memory":"1Gi","pods":"110"}}}""").facts())
                .isEqualTo(new Facts.Node(2_000, 1L << 30, 110));
    }

    @Test
    void digestsEverythingButTheRevision() {
        String map = "{\"metadata\":{\"name\":\"m\",\"resourceVersion\":\"%s\"},\"data\":{\"value\":\"%s\"}}";
        ObjectState one = read("configmaps", map.formatted(1, "x"));
        assertThat(read("configmaps", map.formatted(2, "x")).digest()).isEqualTo(one.digest());
        assertThat(read("configmaps", map.formatted(1, "y")).digest()).isNotEqualTo(one.digest());
        assertThat(one.value()).isEqualTo("x");
    }

    private static ObjectState read(String resource, String json) {
        return ObjectStateReader.read(resource, Json.parse(json.getBytes(StandardCharsets.UTF_8)));
    }
}
