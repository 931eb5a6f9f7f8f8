package dev.xebec.state.raft;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Notices that a replica's log stands still for good. After a failed write, as on a full disk, Ratis writes nothing more,
 * also when there is room again, and does not always say so: the replica goes on voting for and following others, or
 * none. Looks are counted, not time: a process that was paused has not been idle meanwhile.
 */
final class LogWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** So many looks in a row without a step forward, although there is something to do. Far above a slow disk's sync. */
    static final int PATIENCE_LOOKS = 30;

    /** Where a replica is. */
    interface Log {
        /** False once it has ended without having been asked to. */
        boolean open();

        /** Index of the last entry that was taken in. */
        long taken();

        /** Index of the last entry that is on disk. */
        long written();

        /** Index of the last entry that is known to be committed. */
        long committed();

        /** Index of the last entry that was applied. */
        long applied();
    }

    private final Log log;
    private final Consumer<String> onStandstill;
    private long written = -1;
    private long applied = -1;
    private int looksAtWritten;
    private int looksAtApplied;

    private final Thread thread;

    /** @param onStandstill told why, once */
    LogWatch(Log log, Consumer<String> onStandstill) {
        this.log = log;
        this.onStandstill = onStandstill;
        thread = Thread.ofPlatform().daemon().name("log-watch").unstarted(this::run);
    }

    LogWatch start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            String why = "";
            while (why.isEmpty()) {
                Thread.sleep(INTERVAL);
                why = look();
            }
            onStandstill.accept(why);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why the log is given up; empty while it is not. */
    String look() {
        if (!log.open()) {
            return "the log is closed";
        }
        looksAtWritten = log.taken() > log.written() && log.written() == written ? looksAtWritten + 1 : 0;
        written = log.written();
        looksAtApplied = log.committed() > log.applied() && log.applied() == applied ? looksAtApplied + 1 : 0;
        applied = log.applied();
        if (looksAtWritten >= PATIENCE_LOOKS) {
            return "entries after " + written + " do not come to disk";
        }
        return looksAtApplied >= PATIENCE_LOOKS ? "entries after " + applied + " are not applied" : "";
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
