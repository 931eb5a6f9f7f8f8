package dev.xebec.state.replica;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Txn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the leader proposes of its own accord: deletions of what expired, and compaction. Looks once a second. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Expired keys in one proposal; the rest follows at once. */
    private static final int MAX_EXPIRED = 256;

    private final Replica replica;
    private final InstantSource clock;
    private final CompactionPlan plan;
    private final Leader leader;
    private final Thread thread;

    /** The way into the log; every call may throw {@link UnavailableException}. */
    public interface Leader {
        boolean leads();

        void propose(List<Txn> txns);

        void compact(long revision);
    }

    public Housekeeping(Replica replica, Retention retention, InstantSource clock, Leader leader) {
        this.replica = replica;
        this.clock = clock;
        this.leader = leader;
        plan = new CompactionPlan(retention);
        thread = Thread.ofVirtual().name("housekeeping").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                try {
                    look();
                } catch (UnavailableException e) {
                    LOG.debug("housekeeping waits: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            LOG.trace("housekeeping ends");
        }
    }

    private void look() {
        if (!leader.leads()) {
            plan.reset();
            return;
        }
        List<Txn> expired;
        do {
            expired = replica.expired(clock.millis(), MAX_EXPIRED);
            if (!expired.isEmpty()) {
                leader.propose(expired);
            }
        } while (expired.size() == MAX_EXPIRED);
        long compacted = replica.position().compacted();
        long target = plan.target(clock.instant(), replica.position().revision(), compacted);
        if (target > compacted) {
            leader.compact(target);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
