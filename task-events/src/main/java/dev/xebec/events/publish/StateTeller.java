package dev.xebec.events.publish;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.events.task.EventType;
import dev.xebec.events.task.TaskEvent;
import dev.xebec.events.task.TaskLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a shard over revisions that the store has forgotten: says that there is a gap, tells the state of everything at one
 * revision, page by page, and says that the log goes on. Where it is in that stands in the progress, so that whoever follows goes
 * on with the next page. When that revision is forgotten too before all is told, it begins again, with another gap.
 */
final class StateTeller {
    private static final Logger LOG = LoggerFactory.getLogger(StateTeller.class);
    /** Keys in a page. */
    private static final int PAGE = 500;

    private final Run run;
    private final int shard;
    private final Commit commit;

    /** Makes events and progress permanent. */
    interface Commit {
        void commit(List<Outgoing> events, Progress progress);
    }

    StateTeller(Run run, int shard, Commit commit) {
        this.run = run;
        this.shard = shard;
        this.commit = commit;
    }

    /** Answers the progress with which the log can be followed; the same where it can be already. */
    Progress bridge(Progress found) {
        Progress progress = found;
        while (true) {
            if (progress.telling() == null) {
                long compacted = run.store().status(LogGroup.MAIN).compactedRevision();
                boolean kept = progress.revision() == 0 ? compacted <= 1 : progress.revision() >= compacted;
                if (kept) {
                    return progress;
                }
                progress = gap(progress);
            }
            Progress told = tell(progress);
            if (told != null) {
                return told;
            }
            progress = progress.reached(progress.revision());
        }
    }

    private Progress gap(Progress progress) {
        long now = run.store().currentRevision(LogGroup.MAIN);
        LOG.warn("shard {}: the store has forgotten what follows revision {}; telling the state at {}", shard,
                progress.revision(), now);
        Progress telling = progress.telling(now, "");
        commit.commit(log(EventType.LOG_GAP, progress.revision() + 1, now), telling);
        run.metrics().gaps.increment();
        return telling;
    }

    private List<Outgoing> log(EventType type, long from, long to) {
        List<Outgoing> events = new ArrayList<>();
        events.add(run.envelopes().log(false, type, shard, from, to));
        if (run.settings().tellsObjects()) {
            events.add(run.envelopes().log(true, type, shard, from, to));
        }
        return events;
    }

    /** Null when the revision is no longer kept. */
    private @Nullable Progress tell(Progress progress) {
        Progress.Telling telling = progress.telling();
        if (telling == null) {
            throw new IllegalStateException("nothing is being told");
        }
        long revision = telling.revision();
        String after = telling.after();
        List<String> prefixes = run.settings().tellsObjects() ? List.of("") : TaskLog.prefixes();
        for (String prefix : prefixes) {
            String end = Keys.endOfPrefix(prefix);
            String from = after.compareTo(prefix) < 0 ? prefix : after + '\0';
            boolean more = end.isEmpty() || from.compareTo(end) < 0;
            while (more) {
                RangeResult result = run.store()
                        .range(new RangeQuery(LogGroup.MAIN, from, end, revision, PAGE));
                if (!(result instanceof RangeResult.Page page)) {
                    LOG.warn("shard {}: the state at {} was forgotten while it was told", shard, revision);
                    return null;
                }
                List<KeyValue> found = page.keyValues();
                more = page.more();
                if (!found.isEmpty()) {
                    String last = found.get(found.size() - 1).key();
                    from = last + '\0';
                    List<Outgoing> events = events(found, revision);
                    if (!events.isEmpty()) {
                        commit.commit(events, progress.telling(revision, last));
                    }
                } else if (more) {
                    throw new UnavailableException("the store answers an empty page that goes on");
                }
            }
        }
        Progress reached = progress.reached(revision);
        commit.commit(log(EventType.LOG_RESUMED, revision, revision), reached);
        LOG.info("shard {}: the state at {} is told", shard, revision);
        return reached;
    }

    private List<Outgoing> events(List<KeyValue> page, long revision) {
        List<Outgoing> events = new ArrayList<>();
        for (KeyValue stored : page) {
            for (TaskEvent event : TaskLog.state(stored, revision)) {
                add(events, run.envelopes().task(event));
            }
            if (run.settings().tellsObjects() && ObjectLog.tells(stored.key())) {
                add(events, ObjectLog.state(stored, revision, run.envelopes()));
            }
        }
        return events;
    }

    private void add(List<Outgoing> events, Outgoing event) {
        if (Shards.of(event.key(), run.partitions()) == shard) {
            events.add(event);
        }
    }
}
