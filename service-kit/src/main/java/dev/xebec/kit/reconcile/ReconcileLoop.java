package dev.xebec.kit.reconcile;

import dev.xebec.contracts.member.Ownership;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.CustomResources;
import dev.xebec.kit.informer.Informer;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one reconciler: turns changes into keys, has each owned key looked at by one worker at a time, performs the plans.
 * Every replica runs a loop over warm caches; who does not own a key leaves it alone. Faults of the reconciler are logged,
 * counted and tried again with back-off; they never end the loop.
 */
public final class ReconcileLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);
    private static final Duration CATCH_UP_PAUSE = Duration.ofMillis(100);
    private static final long CLOSE_PATIENCE_SECONDS = 10;

    private final Reconciler reconciler;
    private final Set<GroupVersionResource> reads;
    private final Informer informer;
    private final Ownership ownership;
    private final Actions actions;
    private final InstantSource clock;
    private final InstantSource steady;
    private final LoopSettings settings;
    private final WorkShelf shelf;
    private final RetryDelays retries;
    private final LoopMetrics metrics;
    /** What the cache has to show before the key is looked at again. */
    private final ConcurrentHashMap<ObjectKey, Long> written = new ConcurrentHashMap<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch working;
    private volatile boolean started;
    private volatile boolean closed;

    /**
     * @param informer watches at least what the reconciler reads; started and closed by its owner, after {@link #start()}
     * @param resources acts as the reconciler's own user
     * @param clock tells reconcilers the time, to be compared with times in objects
     * @param steady by which keys wait to be looked at again
     */
    public ReconcileLoop(Reconciler reconciler, Informer informer, Ownership ownership, Resources resources,
            Events events, Metrics metrics, InstantSource clock, InstantSource steady, LoopSettings settings) {
        this.reconciler = reconciler;
        this.reads = Set.copyOf(reconciler.reads());
        this.informer = informer;
        this.ownership = ownership;
        this.actions = new Actions(resources, events, reads, informer::cache);
        this.clock = clock;
        this.steady = steady;
        this.settings = settings;
        shelf = new WorkShelf(steady);
        retries = new RetryDelays(settings.firstRetry(), settings.lastRetry());
        this.metrics = new LoopMetrics(metrics, reconciler.name(), shelf::depth);
        working = new CountDownLatch(settings.workers());
    }

    /** Listens and begins to work as soon as the informer is synced. */
    public void start() {
        started = true;
        informer.addListener(this::onChanges);
        ownership.onChange(this::queueShare);
        if (informer.synced()) {
            queueShare();
        }
        for (int i = 0; i < settings.workers(); i++) {
            Thread.ofVirtual().name(reconciler.name() + "-" + i).start(this::work);
        }
    }

    /** Has a key looked at soon, if it is owned; for what no watch tells. */
    public void queue(ObjectKey key) {
        if (!closed && owns(key) && shelf.add(key)) {
            metrics.adds.increment();
        }
    }

    /** No key waits for a worker and none is being looked at. */
    public boolean idle() {
        return shelf.idle();
    }

    /** Waits for what is being looked at, then stops. */
    @Override
    public void close() {
        closed = true;
        shelf.close();
        try {
            if (started && !working.await(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{}: a worker is still busy and is left behind", reconciler.name());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void onChanges(List<ObjectChange> changes, Cache cache) {
        if (begun.compareAndSet(false, true)) {
            queueAll(cache);
        }
        for (ObjectChange change : changes) {
            if (CustomResources.among(reads, change.resource())) {
                keysFor(change, cache).forEach(this::queue);
            }
        }
    }

    private Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        try {
            return reconciler.keysFor(change, cache);
        } catch (RuntimeException fault) {
            metrics.faults.increment();
            LOG.error("{}: no keys for a change of {}", reconciler.name(), change.any(), fault);
            return List.of();
        }
    }

    /** Called when the share may have changed: the caches are warm, so taking over is queueing. */
    private void queueShare() {
        if (informer.synced() && !closed) {
            begun.set(true);
            queueAll(informer.cache());
        }
    }

    private void queueAll(Cache cache) {
        try {
            reconciler.allKeys(cache).forEach(this::queue);
        } catch (RuntimeException fault) {
            metrics.faults.increment();
            LOG.error("{}: cannot list its keys", reconciler.name(), fault);
        }
    }

    private boolean owns(ObjectKey key) {
        return ownership.owns(reconciler.name() + "/" + key);
    }

    private void work() {
        try {
            for (WorkQueue.Taken taken = shelf.take(); taken != null; taken = shelf.take()) {
                metrics.waited(taken.waited());
                Instant from = steady.instant();
                try {
                    look(taken.key());
                } finally {
                    shelf.done(taken.key());
                    metrics.worked(Duration.between(from, steady.instant()));
                }
            }
        } finally {
            working.countDown();
        }
    }

    private void look(ObjectKey key) {
        try {
            if (!owns(key)) {
                forget(key);
            } else if (caughtUp(key)) {
                perform(key, reconciler.reconcile(key, informer.cache(), clock.instant()));
            } else {
                shelf.addAfter(key, CATCH_UP_PAUSE);
            }
        } catch (RuntimeException | StackOverflowError | AssertionError fault) {
            metrics.faults.increment();
            metrics.error.increment();
            LOG.error("{}: a fault at {}", reconciler.name(), key, fault);
            retry(key, Duration.ZERO);
        }
    }

    private boolean caughtUp(ObjectKey key) {
        Long needed = written.get(key);
        if (needed == null) {
            return true;
        }
        if (informer.awaitRevision(needed, settings.catchUp())) {
            written.remove(key);
            return true;
        }
        LOG.debug("{}: {} waits until the cache shows revision {}", reconciler.name(), key, needed);
        return false;
    }

    private void perform(ObjectKey key, Plan plan) {
        Duration later = plan.requeueAfter();
        for (Action action : plan.actions()) {
            switch (actions.perform(action)) {
                case Outcome.Done done -> {
                    if (done.revision() > 0) {
                        written.merge(key, done.revision(), Math::max);
                    }
                }
                case Outcome.Later wait -> later = later == null || wait.delay().compareTo(later) < 0
                        ? wait.delay()
                        : later;
                case Outcome.Stale stale -> {
                    LOG.debug("{}: {} is looked at again: {}", reconciler.name(), key, stale.why());
                    metrics.requeue.increment();
                    retry(key, Duration.ZERO);
                    return;
                }
                case Outcome.Failed failed -> {
                    LOG.warn("{}: {} is tried again: {}", reconciler.name(), key, failed.why());
                    metrics.error.increment();
                    retry(key, failed.atLeast());
                    return;
                }
            }
        }
        retries.forget(key);
        if (later == null) {
            metrics.success.increment();
        } else {
            metrics.requeueAfter.increment();
            shelf.addAfter(key, later);
        }
    }

    private void retry(ObjectKey key, Duration atLeast) {
        Duration delay = retries.next(key);
        metrics.retries.increment();
        shelf.addAfter(key, delay.compareTo(atLeast) > 0 ? delay : atLeast);
    }

    private void forget(ObjectKey key) {
        retries.forget(key);
        written.remove(key);
    }
}
