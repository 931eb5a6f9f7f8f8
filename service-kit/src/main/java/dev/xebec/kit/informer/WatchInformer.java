package dev.xebec.kit.informer;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.kit.informer.Follower.Step;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The informer over an {@link ApiClient}'s watch. One virtual thread of its own opens watches, applies what they bring and
 * calls the listeners; readers see the newest {@link Picture} by one volatile read.
 */
public final class WatchInformer implements Informer {
    private static final Logger LOG = LoggerFactory.getLogger(WatchInformer.class);
    /** Failures in a row between two warnings: some 5 s at first, some 8 s later. */
    private static final int WARN_EVERY = 10;

    private final ApiClient client;
    private final WatchRequest fromNothing;
    private final Backoff backoff;
    private final Indexes indexes = new Indexes();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile Picture picture;
    private volatile boolean synced;
    /** Watches in a row that brought nothing; the informer's own thread only. */
    private int broken;
    private boolean started;
    private boolean closed;
    private WatchSession session = new WatchSession();

    /** @param namespace empty for all; @param labelSelector empty for none; @param fieldSelector empty for none */
    public WatchInformer(ApiClient client, List<GroupVersionResource> resources, String namespace,
            String labelSelector, String fieldSelector) {
        this(client, resources, namespace, labelSelector, fieldSelector, new SplittableRandom());
    }

    /** @param random spreads the tries of many informers after a failure */
    public WatchInformer(ApiClient client, List<GroupVersionResource> resources, String namespace,
            String labelSelector, String fieldSelector, RandomGenerator random) {
        if (resources.isEmpty()) {
            throw new IllegalArgumentException("an informer of no resource");
        }
        this.client = client;
        fromNothing = new WatchRequest(List.copyOf(resources), namespace, labelSelector, fieldSelector, 0);
        backoff = new Backoff(random);
        picture = Picture.empty(fromNothing.resources(), indexes);
    }

    @Override
    public void addIndex(GroupVersionResource resource, String index, Function<ApiObject, Set<String>> values) {
        lock.lock();
        try {
            if (started) {
                throw new IllegalStateException("indexes are declared before the informer starts");
            }
            indexes.declare(resource, index, values);
            picture = Picture.empty(fromNothing.resources(), indexes);
        } finally {
            lock.unlock();
        }
    }

    /** A listener that comes after the start hears of what changes from then on. */
    @Override
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void start() {
        lock.lock();
        try {
            if (started) {
                throw new IllegalStateException("started before");
            }
            started = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("informer-" + fromNothing.resources().get(0).resource()).start(this::run);
    }

    @Override
    public Cache cache() {
        return picture;
    }

    @Override
    public boolean synced() {
        return synced;
    }

    @Override
    public boolean awaitRevision(long revision, Duration patience) {
        if (picture.revision() >= revision) {
            return true;
        }
        long left = patience.toNanos();
        lock.lock();
        try {
            while (picture.revision() < revision && left > 0 && !closed) {
                left = moved.awaitNanos(left);
            }
            return picture.revision() >= revision;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            session.close();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Follower follower = new Follower(picture);
        while (true) {
            WatchSession watch = new WatchSession();
            if (!enter(watch)) {
                return;
            }
            String why = follow(follower, watch);
            if (!pause(backoff.next())) {
                return;
            }
            log(why);
        }
    }

    /** A broken watch is ordinary; one that cannot be resumed for seconds is worth a line, then another now and then. */
    private void log(String why) {
        if (++broken % WARN_EVERY == 0) {
            LOG.warn("informer of {} stands still at revision {}; watch failed {} times in a row, last: {}",
                    fromNothing.resources(), picture.revision(), broken, why);
        } else {
            LOG.debug("informer of {} goes on after: {}", fromNothing.resources(), why);
        }
    }

    /** Follows one watch to its end and says why it ended. */
    private String follow(Follower follower, WatchSession watch) {
        try (WatchHandle handle = client.watch(from(follower.begin()), watch)) {
            LOG.trace("informer of {} follows {}", fromNothing.resources(), handle);
            List<WatchEvent> batch = watch.next();
            while (batch != null) {
                follower.take(batch, this::publish);
                batch = watch.next();
            }
            WatchSession.End end = watch.end();
            if (end.expired()) {
                follower.expired();
            }
            return end.reason();
        } catch (UnavailableException | StaleListException unavailable) {
            return String.valueOf(unavailable.getMessage());
        } catch (RuntimeException fault) {
            // A picture that was left half-way is of no use: start over, slowly.
            LOG.error("informer of {} lists again after a fault", fromNothing.resources(), fault);
            follower.expired();
            return "fault";
        } finally {
            watch.close();
        }
    }

    private WatchRequest from(long revision) {
        return new WatchRequest(fromNothing.resources(), fromNothing.namespace(), fromNothing.labelSelector(),
                fromNothing.fieldSelector(), revision);
    }

    private void publish(Step step) {
        boolean first = step.synced() && !synced;
        backoff.reset();
        broken = 0;
        lock.lock();
        try {
            picture = step.picture();
            synced |= step.synced();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        if (first || !step.changes().isEmpty()) {
            listeners.forEach(listener -> tell(listener, step));
        }
    }

    private void tell(Listener listener, Step step) {
        try {
            listener.onChanges(step.changes(), step.picture());
        } catch (RuntimeException fault) {
            LOG.error("a listener of {} fails at revision {}", fromNothing.resources(), step.picture().revision(),
                    fault);
        }
    }

    private boolean enter(WatchSession watch) {
        lock.lock();
        try {
            session = watch;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** False when the informer is closed. */
    private boolean pause(Duration duration) {
        long left = duration.toNanos();
        lock.lock();
        try {
            while (left > 0 && !closed) {
                left = moved.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
