package dev.xebec.events.publish;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.events.task.TaskEvent;
import dev.xebec.events.task.TaskLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log up to one revision, ready to tell what follows. One thread at a time tells. */
final class Story {
    /** Keys in a page. */
    private static final int PAGE = 1_000;

    private final Run run;
    private final TaskLog tasks = new TaskLog();
    private final ObjectLog objects = new ObjectLog();
    private volatile long revision;
    private volatile int size;

    private Story(Run run, long revision) {
        this.run = run;
        this.revision = revision;
    }

    /** As the store was then; null where that is forgotten. Before the first revision there was nothing. */
    static @Nullable Story at(Run run, long revision) {
        Story story = new Story(run, revision);
        return revision == 0 || story.load() ? story : null;
    }

    private boolean load() {
        for (String prefix : run.settings().tellsObjects() ? List.of("") : TaskLog.prefixes()) {
            String from = prefix;
            boolean more = true;
            while (more) {
                RangeResult result = run.store().range(
                        new RangeQuery(LogGroup.MAIN, from, Keys.endOfPrefix(prefix), revision, PAGE));
                if (!(result instanceof RangeResult.Page page)) {
                    return false;
                }
                page.keyValues().forEach(this::know);
                more = page.more() && !page.keyValues().isEmpty();
                from = more ? page.keyValues().get(page.keyValues().size() - 1).key() + '\0' : from;
            }
        }
        size = tasks.size();
        return true;
    }

    private void know(KeyValue stored) {
        tasks.know(stored);
        if (run.settings().tellsObjects()) {
            objects.know(stored);
        }
    }

    /** Everything up to it is told. */
    long revision() {
        return revision;
    }

    int size() {
        return size;
    }

    /** Tells whole revisions to the lanes that do not have them; {@code through} is the last that is covered. */
    void tell(List<Change> changes, long through, List<Intake> open) {
        int at = 0;
        while (at < changes.size()) {
            long next = changes.get(at).revision();
            List<Outgoing> events = new ArrayList<>(2);
            for (; at < changes.size() && changes.get(at).revision() == next; at++) {
                if (next > revision) {
                    tell(changes.get(at), events);
                }
            }
            if (!events.isEmpty()) {
                put(next, events, open);
            }
        }
        if (through > revision) {
            revision = through;
        }
        size = tasks.size();
        for (Intake intake : open) {
            intake.cover(revision);
        }
    }

    private void tell(Change change, List<Outgoing> events) {
        for (TaskEvent event : tasks.apply(change)) {
            events.add(run.envelopes().task(event));
        }
        if (run.settings().tellsObjects()) {
            Outgoing object = objects.apply(change, run.envelopes());
            if (object != null) {
                events.add(object);
            }
        }
    }

    private void put(long next, List<Outgoing> events, List<Intake> open) {
        for (Intake intake : open) {
            if (next > intake.fed()) {
                List<Outgoing> own = events.stream()
                        .filter(event -> Shards.of(event.key(), run.partitions()) == intake.shard()).toList();
                if (!own.isEmpty()) {
                    intake.put(next, own);
                }
            }
        }
    }
}
