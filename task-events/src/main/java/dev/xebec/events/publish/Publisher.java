package dev.xebec.events.publish;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.events.task.TaskLog;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.model.object.ApiObject;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log to Kafka for the shards that it owns: a {@link Lane} for each, one {@link Reader} for all. Several publishers may
 * believe that they own a shard; Kafka refuses all but the last that took it over. Whatever fails, nothing waits for it: the log
 * is in the store.
 *
 * <p>A thread of its own decides which lanes there are.
 */
public final class Publisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final String CLUSTER_KEY = Keys.of("", "namespaces", "", "kube-system");
    private static final long LOOK_MILLIS = 1_000;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final StateStore store;
    private final PublisherSettings settings;
    private final PublisherMetrics metrics;
    private final InstantSource steady;
    private final IntPredicate owns;
    private final Consumer<String> onRefused;
    private final Lag lag = new Lag();
    private final Map<Integer, Lane> lanes = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean lookNow;
    private volatile boolean closed;
    private volatile boolean crashed;
    private volatile String trouble = "waits for the cluster's first objects";
    private volatile @Nullable Reader reader;
    private volatile @Nullable Thread thread;

    /**
     * @param owns whether a shard is this publisher's to tell; may be wrong for a moment
     * @param onRefused told what only a person can mend
     */
    public Publisher(Vertx vertx, StateStore store, PublisherSettings settings, Metrics metrics, InstantSource steady,
            IntPredicate owns, Consumer<String> onRefused) {
        this.vertx = vertx;
        this.store = store;
        this.settings = settings;
        this.metrics = new PublisherMetrics(metrics);
        this.steady = steady;
        this.owns = owns;
        this.onRefused = onRefused;
        this.metrics.watch(lag);
    }

    public void start() {
        thread = Thread.ofVirtual().name("task-events").start(this::work);
    }

    /** Ownership may have changed. */
    public void look() {
        lock.lock();
        try {
            lookNow = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What keeps it from telling everything; empty for nothing. */
    public String trouble() {
        return lanes.values().stream().map(Lane::trouble).filter(text -> !text.isEmpty()).findFirst().orElse(trouble);
    }

    /** The revision up to which all its shards are told; 0 where it does not know or has none. */
    public long told() {
        List<Lane> now = List.copyOf(lanes.values());
        return now.stream().allMatch(Lane::begun) ? now.stream().mapToLong(Lane::told).min().orElse(0) : 0;
    }

    /** How many revisions its slowest shard is behind, as it saw it last. */
    public long behind() {
        return (long) lag.revisions();
    }

    public int shards() {
        return lanes.size();
    }

    /** Objects of which it remembers something. */
    public int pictures() {
        Reader running = reader;
        return running == null ? 0 : running.pictures();
    }

    private void work() {
        Duration pause = settings.timing().firstRetry();
        while (!closed) {
            try {
                serve(prepare());
                return;
            } catch (UnavailableException unavailable) {
                waits(unavailable.getMessage());
                pause = longer(pause);
            } catch (RefusedException refused) {
                if (!trouble.equals(refused.getMessage())) {
                    onRefused.accept(String.valueOf(refused.getMessage()));
                }
                waits(refused.getMessage());
                metrics.refused.increment();
                pause = settings.timing().refusedRetry();
            } catch (RuntimeException fault) {
                LOG.error("a fault of the publisher; it begins anew", fault);
                pause = longer(pause);
            }
            await(pause.toMillis());
        }
    }

    private void waits(@Nullable String why) {
        String text = String.valueOf(why);
        if (!trouble.equals(text)) {
            LOG.warn("task events wait: {}", text);
        }
        trouble = text;
    }

    private Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(settings.timing().lastRetry()) > 0 ? settings.timing().lastRetry() : doubled;
    }

    /** What all else needs to know; throws while that cannot be known. */
    private Run prepare() {
        String cluster = cluster();
        int partitions = new Topics(settings).ensure();
        return new Run(vertx, store, settings, metrics, new Envelopes(settings, cluster), cluster, partitions);
    }

    private String cluster() {
        RangeResult result = store.range(new RangeQuery(LogGroup.MAIN, CLUSTER_KEY, CLUSTER_KEY + '\0', 0, 1));
        List<KeyValue> found = result instanceof RangeResult.Page page ? page.keyValues() : List.of();
        String uid = found.isEmpty() ? "" : ApiObject.parse(found.get(0).value().array()).uid();
        if (uid.isEmpty()) {
            throw new UnavailableException("waits for the cluster's first objects");
        }
        return uid;
    }

    private void serve(Run run) {
        LOG.info("telling cluster {} on {} with {} shards; {}", run.cluster(), settings.topic(), run.partitions(),
                TaskLog.prefixes());
        trouble = "";
        Reader running = new Reader(run, this::intakes);
        reader = running;
        running.start();
        try {
            while (!closed) {
                for (int shard = 0; shard < run.partitions(); shard++) {
                    share(run, running, shard);
                }
                measure();
                await(LOOK_MILLIS);
            }
        } finally {
            List<Lane> last = List.copyOf(lanes.values());
            last.forEach(crashed ? Lane::crash : Lane::stop);
            last.forEach(lane -> lane.join(STOP_PATIENCE));
            running.close();
        }
    }

    private List<Intake> intakes() {
        return lanes.values().stream().map(Lane::intake).filter(Objects::nonNull).toList();
    }

    private void share(Run run, Reader running, int shard) {
        Lane lane = lanes.get(shard);
        boolean own = owns.test(shard);
        if (own && lane == null) {
            Lane fresh = new Lane(run, shard, running::recompose, onRefused);
            lanes.put(shard, fresh);
            fresh.start();
        } else if (!own && lane != null) {
            lanes.remove(shard);
            lane.stop();
            running.recompose();
        }
    }

    private void measure() {
        List<Lane> known = lanes.values().stream().filter(Lane::begun).toList();
        try {
            long head = known.isEmpty() ? 0 : store.status(LogGroup.MAIN).revision();
            long told = known.stream().mapToLong(Lane::told).min().orElse(head);
            lag.look(steady.instant(), head, told, lanes.size());
        } catch (UnavailableException unavailable) {
            LOG.debug("the store's revision is not known: {}", unavailable.getMessage());
        }
    }

    private void await(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && !lookNow && left > 0) {
                left = changed.awaitNanos(left);
            }
            lookNow = false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Finishes the transactions that are under way. */
    @Override
    public void close() {
        closed = true;
        look();
        join();
    }

    /** Stops wherever it is and leaves in Kafka what a process that was killed would leave. */
    void crash() {
        crashed = true;
        closed = true;
        new ArrayList<>(lanes.values()).forEach(Lane::crash);
        look();
        join();
    }

    private void join() {
        Thread running = thread;
        try {
            if (running != null && !running.join(STOP_PATIENCE.multipliedBy(3))) {
                LOG.warn("the publisher has not stopped in good order");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
