package dev.xebec.scheduler.scheduling;

import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Pending pods of this replica's share: ready ones by priority and age, those that failed waiting for their back-off or
 * for something to change. One thread owns it; time comes in as an argument. A pod's way in and out costs the logarithm of
 * how many there are, so that a hundred thousand pending pods do not slow each other down.
 */
public final class SchedulingQueue {
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
    /** A pod that no event woke is tried again after this. Source: kube-scheduler's flush of unschedulable pods. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Map<ObjectKey, Entry> entries = new HashMap<>();
    /** Sorted sets, since a heap has to be searched for what leaves it early; nobody changes an entry's place within. */
    private final TreeSet<Entry> ready = new TreeSet<>(Comparator
            .<Entry>comparingInt(entry -> -entry.pod.priority()).thenComparing(entry -> entry.pod.created())
            .thenComparing(entry -> entry.pod.key()));
    private final TreeSet<Entry> backingOff = new TreeSet<>(
            Comparator.<Entry, Instant>comparing(entry -> entry.readyAt).thenComparing(entry -> entry.pod.key()));
    /** Those of {@link #backingOff} that an event may wake. */
    private final Set<Entry> awaitingEvents = new LinkedHashSet<>();

    /** Adds a pod, or takes its newer state in; one that waits because no node would do becomes ready when it changed. */
    public void put(PodInfo pod, Instant now) {
        Entry entry = entries.get(pod.key());
        if (entry == null) {
            entry = new Entry(pod);
            entries.put(pod.key(), entry);
            ready.add(entry);
            return;
        }
        boolean changed = !entry.pod.uid().equals(pod.uid()) || !entry.pod.template().equals(pod.template());
        boolean wasReady = ready.remove(entry);
        entry.pod = pod;
        if (wasReady) {
            ready.add(entry);
        } else if (changed) {
            wake(entry, now);
        }
    }

    public void remove(ObjectKey pod) {
        Entry entry = entries.remove(pod);
        if (entry != null) {
            ready.remove(entry);
            leaveBackOff(entry);
        }
    }

    /** Removes this very pod; another one of the same name stays. */
    public void remove(ObjectKey pod, String uid) {
        Entry entry = entries.get(pod);
        if (entry != null && entry.pod.uid().equals(uid)) {
            remove(pod);
        }
    }

    /** Up to {@code limit} pods that are ready; they stay known and have to be reported on. */
    public List<PodInfo> take(int limit, Instant now) {
        while (!backingOff.isEmpty() && !backingOff.first().readyAt.isAfter(now)) {
            Entry due = backingOff.first();
            leaveBackOff(due);
            ready.add(due);
        }
        List<PodInfo> batch = new ArrayList<>();
        while (batch.size() < limit && !ready.isEmpty()) {
            batch.add(ready.removeFirst().pod);
        }
        return batch;
    }

    /** No node would do: waits for an event, or its longest wait. */
    public void unschedulable(ObjectKey pod, Instant now) {
        Entry entry = entries.get(pod);
        if (entry != null) {
            entry.failures++;
            entry.failedAt = now;
            backOff(entry, now.plus(LONGEST_WAIT));
            awaitingEvents.add(entry);
        }
    }

    /** Somebody was quicker: decided again at once. */
    public void again(ObjectKey pod) {
        Entry entry = entries.get(pod);
        if (entry != null && !ready.contains(entry)) {
            leaveBackOff(entry);
            ready.add(entry);
        }
    }

    /** The world failed: decided again after a back-off. */
    public void retry(ObjectKey pod, Instant now) {
        Entry entry = entries.get(pod);
        if (entry != null) {
            entry.failures++;
            backOff(entry, now.plus(delay(entry)));
        }
    }

    /** Something changed that may make room: those that wait for it become ready when their back-off is over. */
    public void wakeAll(Instant now) {
        wake(now, pod -> true);
    }

    /** A pod found its place: those whose decision looks at other pods may have become possible. */
    public void wakeThoseThatLookAround(Instant now) {
        wake(now, PodInfo::looksAround);
    }

    private void wake(Instant now, Predicate<PodInfo> which) {
        for (Entry entry : List.copyOf(awaitingEvents)) {
            if (which.test(entry.pod)) {
                wake(entry, now);
            }
        }
    }

    /** When {@link #take} will have something; empty when nothing waits for time. */
    public Optional<Instant> nextReady() {
        return backingOff.isEmpty() ? Optional.empty() : Optional.of(backingOff.first().readyAt);
    }

    public boolean hasReady() {
        return !ready.isEmpty();
    }

    public int readyCount() {
        return ready.size();
    }

    public int waitingCount() {
        return backingOff.size();
    }

    public boolean contains(ObjectKey pod) {
        return entries.containsKey(pod);
    }

    private void wake(Entry entry, Instant now) {
        Instant failed = awaitingEvents.contains(entry) ? entry.failedAt : now;
        Instant at = failed.plus(delay(entry));
        leaveBackOff(entry);
        if (at.isAfter(now)) {
            entry.readyAt = at;
            backingOff.add(entry);
        } else {
            ready.add(entry);
        }
    }

    private void backOff(Entry entry, Instant until) {
        ready.remove(entry);
        leaveBackOff(entry);
        entry.readyAt = until;
        backingOff.add(entry);
    }

    private void leaveBackOff(Entry entry) {
        backingOff.remove(entry);
        awaitingEvents.remove(entry);
    }

    private static Duration delay(Entry entry) {
        Duration doubled = FIRST_BACKOFF.multipliedBy(1L << Math.clamp(entry.failures - 1, 0, 6));
        return doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled;
    }

    /** A pending pod. */
    private static final class Entry {
        private PodInfo pod;
        private int failures;
        private Instant readyAt = Instant.EPOCH;
        /** When no node would do; of meaning while it awaits an event. */
        private Instant failedAt = Instant.EPOCH;

        Entry(PodInfo pod) {
            this.pod = pod;
        }
    }
}
