package dev.xebec.state.replica;

import java.time.Instant;
import java.util.ArrayDeque;

/** Decides up to where history may go, from what it was told of the revision over time. Not thread-safe. */
public final class CompactionPlan {
    /** Samples over the retention's age: compaction by age goes in steps of this part of it. */
    private static final int SAMPLES = 20;
    /** Compaction by depth goes in steps of this part of the retention's revisions. */
    private static final int DEPTH_STEPS = 10;

    private final Retention retention;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant at, long revision) {}

    public CompactionPlan(Retention retention) {
        this.retention = retention;
    }

    /** The revision to compact at now; {@code compacted} itself when there is nothing worth a log entry. */
    public long target(Instant now, long revision, long compacted) {
        if (samples.isEmpty() || !now.isBefore(samples.getLast().at().plus(retention.age().dividedBy(SAMPLES)))) {
            samples.addLast(new Sample(now, revision));
        }
        long byAge = compacted;
        while (!samples.isEmpty() && !samples.getFirst().at().isAfter(now.minus(retention.age()))) {
            byAge = Math.max(byAge, samples.removeFirst().revision());
        }
        long byDepth = revision - retention.revisions();
        long step = Math.max(1, retention.revisions() / DEPTH_STEPS);
        return byDepth >= compacted + step ? Math.max(byAge, byDepth) : byAge;
    }

    /** Forgets what it was told: another one led meanwhile. */
    void reset() {
        samples.clear();
    }
}
