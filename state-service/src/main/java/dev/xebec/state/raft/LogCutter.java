package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a snapshot taken when the log has grown enough, so that it can be cut there. Each replica does so for itself. */
final class LogCutter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogCutter.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final RaftConfig config;
    private final ReplicatedMachine machine;
    private final Consensus consensus;
    private final Thread thread;

    LogCutter(RaftConfig config, ReplicatedMachine machine, Consensus consensus) {
        this.config = config;
        this.machine = machine;
        this.consensus = consensus;
        thread = Thread.ofPlatform().daemon().name("log-cutter").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                if (machine.wantsSnapshot(config.snapshotEntries(), config.snapshotBytes())) {
                    cut();
                }
            }
        } catch (InterruptedException e) {
            LOG.trace("log cutting ends");
        }
    }

    private void cut() {
        try {
            // Most of the work is done before, beside applying, which stands still while the snapshot is taken.
            machine.flush();
            consensus.snapshot();
        } catch (UnavailableException e) {
            LOG.warn("The log cannot be cut now: {}", e.getMessage());
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
