package dev.xebec.scheduler.service;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.BindRequest;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.scheduler.scheduling.Decision;
import dev.xebec.scheduler.scheduling.PodInfo;
import dev.xebec.scheduler.scheduling.Scheduler;
import dev.xebec.scheduler.scheduling.SchedulingQueue;
import dev.xebec.scheduler.scheduling.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns snapshot and queue. Everything reaches it as a message; binding happens beside it, one batch
 * at a time, while it goes on following the cluster.
 */
final class SchedulingLoop {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulingLoop.class);
    /** Pods decided and bound at a time. */
    private static final int BATCH = 256;
    private static final String OUR_NAME = "default-scheduler";
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    private final Binder binder;
    private final Ownership ownership;
    private final Reporter reporter;
    private final SchedulerMetrics metrics;
    private final InstantSource clock;
    private final LinkedBlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
    private final Thread thread;

    private final Snapshot snapshot = new Snapshot();
    private final SchedulingQueue queue = new SchedulingQueue();
    private final Scheduler scheduler;
    /** Every pending pod of the cluster that is for this scheduler's name, whoever's share it is. */
    private final Map<ObjectKey, PodInfo> pending = new HashMap<>();
    private boolean binding;

    /** What the thread is told. */
    private sealed interface Message {
        record Changed(List<ObjectChange> changes) implements Message {}

        record OwnershipChanged() implements Message {}

        /** @param results null when nobody answered */
        record Bound(List<Decision.Placed> placements, @Nullable List<BindRequest.Result> results) implements Message {}
    }

    /** @param clock one that nobody sets: pods wait by it until they are tried again */
    SchedulingLoop(Binder binder, Ownership ownership, Reporter reporter, SchedulerMetrics metrics, InstantSource clock,
            int start) {
        this.binder = binder;
        this.ownership = ownership;
        this.reporter = reporter;
        this.metrics = metrics;
        this.clock = clock;
        this.scheduler = new Scheduler(snapshot, start);
        this.thread = Thread.ofVirtual().name("scheduling").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    void changed(List<ObjectChange> changes, Cache cache) {
        inbox.add(new Message.Changed(changes));
    }

    void ownershipChanged() {
        inbox.add(new Message.OwnershipChanged());
    }

    private void run() {
        try {
            while (true) {
                round();
            }
        } catch (InterruptedException stopped) {
            LOG.debug("scheduling stopped");
        }
    }

    /** A fault is our bug; it costs this round and is told, and the share is worked on all the same. */
    private void round() throws InterruptedException {
        Message message = inbox.poll(patience().toNanos(), TimeUnit.NANOSECONDS);
        try {
            while (message != null) {
                handle(message);
                message = inbox.poll();
            }
            if (!binding) {
                decide();
            }
        } catch (RuntimeException fault) {
            LOG.error("scheduling failed at {}", message, fault);
        }
        metrics.queues(queue.readyCount(), queue.waitingCount());
    }

    private Duration patience() {
        if (binding) {
            return LONGEST_SLEEP;
        }
        Duration next = queue.nextReady().map(at -> Duration.between(clock.instant(), at)).orElse(LONGEST_SLEEP);
        next = next.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : next;
        return queue.hasReady() || next.isNegative() ? Duration.ZERO : next;
    }

    private void handle(Message message) {
        switch (message) {
            case Message.Changed changed -> changed.changes().forEach(this::apply);
            case Message.OwnershipChanged ownershipChanged -> share();
            case Message.Bound bound -> settle(bound);
        }
    }

    private void apply(ObjectChange change) {
        if (change.resource().equals(GroupVersionResource.NODES)) {
            snapshot.node(change.any().name(), change.after());
            queue.wakeAll(clock.instant());
        } else if (change.resource().equals(GroupVersionResource.NODE_ALLOCATIONS)) {
            ApiObject allocation = change.after();
            snapshot.allocation(change.any().name(), allocation == null ? 0 : allocation.spec().path("binds").asLong());
        } else {
            apply(change.any().key(), change.after());
        }
    }

    private void apply(ObjectKey key, @Nullable ApiObject object) {
        PodInfo pod = object == null ? null : PodInfo.of(object);
        if (pod == null) {
            pending.remove(key);
            queue.remove(key);
            snapshot.podGone(key);
            queue.wakeAll(clock.instant());
        } else if (pod.bound()) {
            pending.remove(key);
            queue.remove(key);
            if (snapshot.pod(pod)) {
                queue.wakeThoseThatLookAround(clock.instant());
            }
            if (pod.finished()) {
                queue.wakeAll(clock.instant());
            }
        } else if (pod.deleting() || pod.finished() || pod.gated() || !pod.schedulerName().equals(OUR_NAME)) {
            pending.remove(key);
            queue.remove(key);
            snapshot.podGone(key);
        } else {
            pending.put(key, pod);
            if (owned(key) && !snapshot.assumed(key)) {
                queue.put(pod, clock.instant());
            }
        }
    }

    private boolean owned(ObjectKey key) {
        return ownership.owns("pods/" + key);
    }

    private void share() {
        Instant now = clock.instant();
        for (PodInfo pod : pending.values()) {
            boolean owned = owned(pod.key());
            if (owned && !queue.contains(pod.key()) && !snapshot.assumed(pod.key())) {
                queue.put(pod, now);
            } else if (!owned) {
                queue.remove(pod.key());
            }
        }
    }

    private void decide() {
        List<PodInfo> batch = queue.take(BATCH, clock.instant());
        if (batch.isEmpty()) {
            return;
        }
        List<Decision.Placed> placements = new ArrayList<>();
        try {
            decide(batch, placements);
        } catch (RuntimeException fault) {
            // Whatever was wrong with one of them, none may be forgotten.
            for (PodInfo pod : batch) {
                snapshot.forget(pod.key());
                queue.retry(pod.key(), clock.instant());
            }
            throw fault;
        }
        if (!placements.isEmpty()) {
            binding = true;
            Thread.ofVirtual().name("bind").start(() -> bind(placements));
        }
    }

    private void decide(List<PodInfo> batch, List<Decision.Placed> placements) {
        long begun = System.nanoTime();
        int none = 0;
        for (Decision decision : scheduler.decide(batch)) {
            switch (decision) {
                case Decision.Placed placed -> placements.add(placed);
                case Decision.Unschedulable unschedulable -> {
                    none++;
                    queue.unschedulable(unschedulable.pod().key(), clock.instant());
                    reporter.unschedulable(unschedulable.pod(), unschedulable.message());
                }
            }
        }
        metrics.decided(System.nanoTime() - begun, none);
    }

    private void bind(List<Decision.Placed> placements) {
        long begun = System.nanoTime();
        List<BindRequest.Result> results = null;
        try {
            results = binder.bind(placements);
        } catch (UnavailableException | RejectedException failed) {
            LOG.warn("cannot bind {} pods, trying again: {}", placements.size(), failed.getMessage());
        } finally {
            metrics.bindTook(System.nanoTime() - begun);
            inbox.add(new Message.Bound(placements, results));
        }
    }

    private void settle(Message.Bound bound) {
        binding = false;
        Instant now = clock.instant();
        settle(bound, now);
        if (bound.placements().stream().anyMatch(placed -> queue.contains(placed.pod().key()))) {
            // What a failed bind held is free again, for others too.
            queue.wakeAll(now);
        }
    }

    private void settle(Message.Bound bound, Instant now) {
        List<BindRequest.Result> results = bound.results();
        if (results == null) {
            metrics.bindFailed(bound.placements().size());
            for (Decision.Placed placed : bound.placements()) {
                takeBack(placed, now);
                queue.retry(placed.pod().key(), now);
            }
            return;
        }
        for (int index = 0; index < results.size(); index++) {
            settle(bound.placements().get(index), results.get(index), now);
        }
    }

    private void settle(Decision.Placed placed, BindRequest.Result result, Instant now) {
        ObjectKey key = placed.pod().key();
        metrics.bound(result.outcome());
        switch (result.outcome()) {
            case BOUND -> {
                // By name another pod may be pending by now.
                queue.remove(key, placed.pod().uid());
                reporter.scheduled(placed.pod(), placed.node());
            }
            case NODE_TAKEN -> {
                takeBack(placed, now);
                queue.again(key);
            }
            case POD_CHANGED -> {
                takeBack(placed, now);
                PodInfo newer = pending.get(key);
                if (newer != null && newer.revision() > placed.pod().revision()) {
                    queue.again(key);
                } else {
                    // The newer state is on its way.
                    queue.retry(key, now);
                }
            }
            case GONE -> {
                takeBack(placed, now);
                queue.retry(key, now);
            }
            case REFUSED -> {
                LOG.warn("binding {} to {} was refused: {}", key, placed.node(), result.message());
                takeBack(placed, now);
                queue.retry(key, now);
            }
        }
    }

    /**
     * The bind failed: its room is free again, and the pod has to be in the queue if it is ours, also when its share went
     * away and came back meanwhile.
     */
    private void takeBack(Decision.Placed placed, Instant now) {
        ObjectKey key = placed.pod().key();
        snapshot.forget(key);
        PodInfo still = pending.get(key);
        if (still != null && owned(key)) {
            queue.put(still, now);
        }
    }
}
