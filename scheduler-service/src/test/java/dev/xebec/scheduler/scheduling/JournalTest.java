package dev.xebec.scheduler.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.object.ApiObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalTest {

    @Test
    void tellsWhatChangedSinceAPosition() {
        Journal journal = new Journal();
        NodeInfo a = new NodeInfo("a");
        NodeInfo b = new NodeInfo("b");
        journal.changed(a);
        long position = journal.end();
        journal.changed(b);
        assertThat(journal.since(position)).containsExactly(b);
        assertThat(journal.since(journal.end())).isEmpty();
        assertThat(journal.since(-1)).isNull();
    }

    @Test
    void whoIsTooFarBehindLooksAtEverything() {
        Snapshot snapshot = new Snapshot();
        ApiObject open = Objects.node("a");
        ApiObject closed = Objects.node("a", "4", "8Gi", 110, Map.of(), "unschedulable: true");
        snapshot.node("a", open);
        Scheduler scheduler = new Scheduler(snapshot, 0);
        assertThat(decide(scheduler, "p0")).isInstanceOf(Decision.Placed.class);
        for (int change = 0; change < Journal.MAX_CHANGES; change++) {
            snapshot.node("a", open);
        }
        snapshot.node("a", closed);
        assertThat(decide(scheduler, "p1")).isInstanceOf(Decision.Unschedulable.class);
        snapshot.node("a", open);
        assertThat(decide(scheduler, "p2")).isInstanceOf(Decision.Placed.class);
    }

    private static Decision decide(Scheduler scheduler, String name) {
        return scheduler.decide(List.of(Objects.pod(name, "1m", "1Mi", ""))).get(0);
    }
}
