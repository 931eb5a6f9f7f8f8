package dev.xebec.state.etcd;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.state.replica.CompactionPlan;
import dev.xebec.state.replica.Retention;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets history that is older than the retention. Every replica does; whoever comes second finds it done. */
final class EtcdCompactor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdCompactor.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final EtcdStateStore store;
    private final CompactionPlan plan;
    private final InstantSource clock;
    private final Thread thread;
    private volatile long lastKnown;

    EtcdCompactor(EtcdStateStore store, Retention retention, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        plan = new CompactionPlan(retention);
        thread = Thread.ofVirtual().name("etcd-compactor").start(this::run);
    }

    /** The compacted revision when this replica last looked or compacted. */
    long lastKnown() {
        return lastKnown;
    }

    void compacted(long revision) {
        lastKnown = revision;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                try {
                    look();
                } catch (UnavailableException e) {
                    LOG.debug("compaction waits: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            LOG.trace("compaction ends");
        }
    }

    private void look() {
        long revision = store.currentRevision(LogGroup.MAIN);
        long compacted = store.compacted();
        long target = plan.target(clock.instant(), revision, compacted);
        if (target > compacted) {
            store.compact(LogGroup.MAIN, target);
        } else {
            lastKnown = compacted;
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
