package dev.xebec.events.publish;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Subscription;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log once for all lanes of a publisher and puts each its events. It begins at the lane that is furthest back; the
 * others are given only what they do not have. A lane that comes later makes it begin again from there; a full lane holds it,
 * and so the stream, back.
 */
final class Reader {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    /** A stream from which nothing, not even progress, comes for this long is opened again. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long MIN_PAUSE_MILLIS = 20;
    private static final long MAX_PAUSE_MILLIS = 2_000;

    private final Run run;
    private final Supplier<List<Intake>> intakes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLong composition = new AtomicLong();
    private final AtomicLong position = new AtomicLong();
    private volatile @Nullable Story story;
    private volatile boolean closed;

    Reader(Run run, Supplier<List<Intake>> intakes) {
        this.run = run;
        this.intakes = intakes;
    }

    void start() {
        Thread.ofVirtual().name("task-events-reader").start(this::work);
    }

    /** Lanes have come or gone. */
    void recompose() {
        composition.incrementAndGet();
        wake();
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        closed = true;
        wake();
    }

    /** Objects of which a picture is held. */
    int pictures() {
        Story held = story;
        return held == null ? 0 : held.size();
    }

    /** The revision up to which the log is read. */
    long position() {
        return position.get();
    }

    private void work() {
        long pause = MIN_PAUSE_MILLIS;
        while (!closed) {
            long composed = composition.get();
            List<Intake> open = intakes.get();
            try {
                if (open.isEmpty()) {
                    story = null;
                    awaitChange(composed, TimeUnit.SECONDS.toMillis(1));
                    continue;
                }
                read(open, composed);
                pause = MIN_PAUSE_MILLIS;
                awaitChange(composed, pause);
            } catch (UnavailableException unavailable) {
                LOG.info("the log cannot be read: {}", unavailable.getMessage());
                pause = Math.min(MAX_PAUSE_MILLIS, pause * 2);
                awaitChange(composed, pause);
            } catch (RuntimeException fault) {
                LOG.error("a fault while reading the log; all lanes begin anew", fault);
                open.forEach(Intake::close);
                awaitChange(composed, MAX_PAUSE_MILLIS);
            }
        }
        story = null;
    }

    private void awaitChange(long composed, long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && composition.get() == composed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts all lanes what they do not have, until they are others, or the stream ends. */
    private void read(List<Intake> open, long composed) {
        long start = open.stream().mapToLong(Intake::fed).min().orElseThrow();
        Story told = story;
        if (told == null || told.revision() != start) {
            told = Story.at(run, start);
            story = told;
        }
        if (told == null) {
            forgotten(open, start);
            return;
        }
        Sink sink = new Sink(told, open, composed);
        try (Subscription subscription = run.store()
                .changes(new ChangesQuery(LogGroup.MAIN, told.revision() + 1, ""), sink)) {
            await(sink);
        } finally {
            sink.abandon();
        }
        if (sink.end instanceof ChangeSink.End.Compacted) {
            forgotten(open, told.revision());
        } else if (sink.end instanceof ChangeSink.End.Lost lost) {
            LOG.debug("the change stream ended at {}: {}", told.revision(), lost.reason());
        }
    }

    /** Lanes that need what is not kept any more have to tell a gap. */
    private void forgotten(List<Intake> open, long revision) {
        story = null;
        open.stream().filter(intake -> intake.fed() <= revision).forEach(Intake::close);
    }

    private void await(Sink sink) {
        try {
            while (!sink.ended.await(200, TimeUnit.MILLISECONDS)) {
                boolean silent = !sink.busy && System.nanoTime() - sink.heardNanos > SILENCE_NANOS;
                if (closed || sink.stale() || silent) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Takes one stream; what comes after it was given up is not applied. */
    private final class Sink implements ChangeSink {
        private final Story told;
        private final List<Intake> open;
        private final long composed;
        private final CountDownLatch ended = new CountDownLatch(1);
        private final ReentrantLock applying = new ReentrantLock();
        private boolean abandoned;
        private volatile boolean busy;
        private volatile long heardNanos = System.nanoTime();
        private volatile End end = new End.Lost("silent");

        Sink(Story told, List<Intake> open, long composed) {
            this.told = told;
            this.open = open;
            this.composed = composed;
        }

        boolean stale() {
            return composition.get() != composed;
        }

        @Override
        public void onChanges(List<Change> changes, long through) {
            heard(() -> told.tell(changes, through, open));
        }

        @Override
        public void onProgress(long revision) {
            heard(() -> told.tell(List.of(), revision, open));
        }

        private void heard(Runnable work) {
            applying.lock();
            try {
                if (abandoned || closed || stale()) {
                    ended.countDown();
                    return;
                }
                busy = true;
                work.run();
                position.set(told.revision());
            } catch (RuntimeException fault) {
                LOG.error("a fault while telling changes; all lanes begin anew", fault);
                open.forEach(Intake::close);
                abandoned = true;
                ended.countDown();
            } finally {
                heardNanos = System.nanoTime();
                busy = false;
                applying.unlock();
            }
        }

        /** Waits for a call that is under way. */
        void abandon() {
            applying.lock();
            try {
                abandoned = true;
            } finally {
                applying.unlock();
            }
        }

        @Override
        public void onEnd(End why) {
            end = why;
            ended.countDown();
        }
    }
}
