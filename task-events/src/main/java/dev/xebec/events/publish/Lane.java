package dev.xebec.events.publish;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard's way from the log to Kafka, on a virtual thread of its own. After whatever failed it begins anew by what Kafka says
 * was told: it takes the shard over, reads the progress, and asks the reader for what follows. So it never has to know what
 * became of a transaction whose answer was lost.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    /** Looks for nothing but the time to write progress without events down. */
    private static final long IDLE_MILLIS = 500;
    /** Progress without events is written down at the latest after so many revisions. */
    private static final long MARK_REVISIONS = 5_000;

    private static final int MAX_FENCE_DOUBLINGS = 4;
    /** Transactions after which a lane that was fenced counts as settled. */
    private static final int SETTLED_TRANSACTIONS = 20;

    private final Run run;
    private final int shard;
    private final Runnable onIntake;
    private final Consumer<String> onRefused;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Intake intake;
    private volatile @Nullable Outlet outlet;
    private volatile @Nullable Thread thread;
    private volatile String trouble = "";
    private volatile long told;
    private volatile boolean begun;
    private long failures;
    private int fences;
    private boolean begunBefore;

    /**
     * @param onIntake called when there is another intake, or none any more
     * @param onRefused told what a person has to mend
     */
    Lane(Run run, int shard, Runnable onIntake, Consumer<String> onRefused) {
        this.run = run;
        this.shard = shard;
        this.onIntake = onIntake;
        this.onRefused = onRefused;
    }

    void start() {
        thread = Thread.ofVirtual().name("task-events-" + shard).start(this::work);
    }

    /** Where the reader puts this shard's events; null while the lane is not open. */
    @Nullable
    Intake intake() {
        return intake;
    }

    /** What keeps it from publishing; empty for nothing. */
    String trouble() {
        return trouble;
    }

    /** The revision up to which everything is told, as far as it knows. */
    long told() {
        return told;
    }

    /** Whether it has ever read how far the shard is. */
    boolean begun() {
        return begun;
    }

    private void work() {
        while (stopping.getCount() > 0) {
            Duration pause = Duration.ZERO;
            try {
                serve();
            } catch (FencedException fenced) {
                pause = fenced();
            } catch (RefusedException refused) {
                pause = refused(refused);
            } catch (UnavailableException unavailable) {
                pause = unavailable(unavailable);
            } catch (RuntimeException fault) {
                LOG.error("shard {}: a fault; it begins anew", shard, fault);
                pause = unavailable(new UnavailableException(String.valueOf(fault), fault));
            } finally {
                leave();
            }
            rest(pause);
        }
    }

    private void rest(Duration pause) {
        try {
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("shard {} is left", shard);
            }
        } catch (InterruptedException interrupted) {
            // Only who stops it interrupts it.
            LOG.debug("shard {} is left at once", shard);
        }
    }

    private Duration fenced() {
        if (stopping.getCount() == 0) {
            return Duration.ZERO;
        }
        run.metrics().fenced.increment();
        trouble = "shard " + shard + " is told by another publisher";
        LOG.info("shard {}: another publisher has taken it over", shard);
        // Two that take it from each other all the time would tell nothing: they try less and less often, and not in step.
        long most = run.settings().timing().fencedRetry().toMillis() << Math.min(fences++, MAX_FENCE_DOUBLINGS);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    private Duration refused(RefusedException refused) {
        run.metrics().refused.increment();
        String text = String.valueOf(refused.getMessage());
        if (!trouble.equals(text)) {
            LOG.error("shard {} is not told: {}", shard, text);
            onRefused.accept(text);
        }
        trouble = text;
        return run.settings().timing().refusedRetry();
    }

    private Duration unavailable(UnavailableException unavailable) {
        if (stopping.getCount() == 0) {
            return Duration.ZERO;
        }
        run.metrics().unavailable.increment();
        if (trouble.isEmpty()) {
            LOG.warn("shard {} waits: {}", shard, unavailable.getMessage());
        }
        trouble = String.valueOf(unavailable.getMessage());
        var timing = run.settings().timing();
        Duration pause = timing.firstRetry().multipliedBy(1L << Math.min(failures++, 16));
        return pause.compareTo(timing.lastRetry()) > 0 ? timing.lastRetry() : pause;
    }

    /** Lets go of what this life of the lane had. */
    private void leave() {
        Intake open = intake;
        intake = null;
        if (open != null) {
            open.close();
            onIntake.run();
        }
        Outlet used = outlet;
        outlet = null;
        if (used != null) {
            used.drop();
        }
    }

    private void serve() {
        // Those who made the lane have just looked.
        int partitions = begunBefore ? new Topics(run.settings()).ensure() : run.partitions();
        begunBefore = true;
        if (partitions != run.partitions()) {
            throw new RefusedException("topic " + run.settings().topic() + " had " + run.partitions()
                    + " partitions and has " + partitions);
        }
        Outlet open = Outlet.create(run.vertx(), run.settings(), shard);
        outlet = open;
        open.takeOver();
        Progress found = new ProgressReader(run.settings()).read(shard);
        Progress progress = found == null ? new Progress(run.cluster(), partitions, 0, null) : held(found);
        progress = new StateTeller(run, shard, (events, reached) -> commit(open, events, reached)).bridge(progress);
        told = progress.revision();
        begun = true;
        if (stopping.getCount() == 0) {
            return;
        }
        Intake filled = new Intake(shard, progress.revision());
        intake = filled;
        onIntake.run();
        LOG.info("shard {}: telling what follows revision {}{}", shard, progress.revision(),
                trouble.isEmpty() ? "" : ", after: " + trouble);
        trouble = "";
        publish(open, filled, progress);
    }

    private Progress held(Progress found) {
        if (!found.cluster().equals(run.cluster())) {
            throw new RefusedException("topic " + run.settings().topic() + " tells of cluster " + found.cluster()
                    + " and this is cluster " + run.cluster() + "; give this one a topic of its own");
        }
        if (found.partitions() != run.partitions()) {
            throw new RefusedException("topic " + run.settings().topic() + " had " + found.partitions()
                    + " partitions and has " + run.partitions() + ": events of one uid would not be in order; use "
                    + "another topic, or delete " + run.settings().progressTopic() + " to begin anew");
        }
        long newest = run.store().currentRevision(LogGroup.MAIN);
        if (found.revision() > newest) {
            throw new RefusedException("topic " + run.settings().topic() + " tells revisions up to "
                    + found.revision() + " and the store is at " + newest + ": it is not the store that was told; use "
                    + "another topic, or delete " + run.settings().progressTopic() + " to begin anew");
        }
        return found;
    }

    private void publish(Outlet open, Intake filled, Progress begun) {
        Progress progress = begun;
        long markedAt = System.nanoTime();
        int committed = 0;
        try {
            for (Intake.Taken taken = filled.take(IDLE_MILLIS); taken != null; taken = filled.take(IDLE_MILLIS)) {
                long ahead = taken.revision() - progress.revision();
                boolean due = System.nanoTime() - markedAt > run.settings().timing().mark().toNanos();
                if (!taken.events().isEmpty() || ahead >= MARK_REVISIONS || (ahead > 0 && due)) {
                    progress = progress.reached(taken.revision());
                    commit(open, taken.events(), progress);
                    markedAt = System.nanoTime();
                    failures = 0;
                    fences = ++committed >= SETTLED_TRANSACTIONS ? 0 : fences;
                }
                // What holds nothing for this shard needs no transaction to be told.
                told = taken.revision();
            }
            if (stopping.getCount() == 0) {
                open.close();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(Outlet open, List<Outgoing> events, Progress progress) {
        long begun = System.nanoTime();
        open.commit(events, progress);
        run.metrics().transactions.increment();
        run.metrics().commit.observe((System.nanoTime() - begun) / 1e9);
        run.metrics().published(events);
        told = progress.revision();
    }

    /** Ends after the transaction that is under way; the shard may be another's then. */
    void stop() {
        stopping.countDown();
        Intake open = intake;
        if (open != null) {
            open.close();
        }
    }

    /** Waits until it has stopped, not for ever. */
    void join(Duration patience) {
        Thread running = thread;
        try {
            if (running != null && !running.join(patience)) {
                crash();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            crash();
        }
    }

    /** Ends at once, wherever it is, and leaves in Kafka what a dead process would. */
    void crash() {
        stopping.countDown();
        Outlet used = outlet;
        if (used != null) {
            used.drop();
        }
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
