package dev.xebec.gateway.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The events of late, of all resources, oldest first: what a watch resumes from. Not thread-safe.
 *
 * <p>Bounded by count and by bytes; the oldest go first, whole revisions at a time.
 */
final class EventRing {
    /** Events that are kept. */
    static final int MAX_EVENTS = 30_000;
    /** Bytes of objects and frames that are kept alive, counted as if every frame was wanted. */
    static final long MAX_BYTES = 96L * 1024 * 1024;

    private final ArrayDeque<CacheEvent> events = new ArrayDeque<>();
    private final int maxEvents;
    private final long maxBytes;
    private long bytes;
    /** Every event after this revision is here. */
    private long completeAfter;
    private long resumableAt;

    EventRing(int maxEvents, long maxBytes, long completeAfter) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.completeAfter = completeAfter;
        this.resumableAt = completeAfter;
    }

    void add(CacheEvent event) {
        events.addLast(event);
        bytes += event.retainedBytes();
        while (events.size() > maxEvents || (bytes > maxBytes && events.size() > 1)) {
            dropOldestRevision();
        }
    }

    /** The oldest revision that a watch may resume after. */
    long completeAfter() {
        return completeAfter;
    }

    /** The oldest revision from which a watch may go on that has perhaps seen only a part of it. */
    long resumableAt() {
        return resumableAt;
    }

    /**
     * The events of one of these resources after a revision that is not before {@link #resumableAt}, and those of this
     * revision itself where there are several: who was sent one of them may not have got the others.
     */
    List<CacheEvent> resumed(long revision, Predicate<String> resources) {
        List<CacheEvent> found = after(revision - 1, resources);
        boolean shared = found.size() > 1 && found.get(1).revision() == revision;
        return shared || found.isEmpty() || found.get(0).revision() > revision ? found : found.subList(1, found.size());
    }

    /** All events after a revision that is not before {@link #completeAfter}. */
    List<CacheEvent> after(long revision) {
        return select(revision, event -> true);
    }

    /** The events of one of these resources after a revision that is not before {@link #completeAfter}. */
    List<CacheEvent> after(long revision, Predicate<String> resources) {
        return select(revision, event -> resources.test(event.resource()));
    }

    private List<CacheEvent> select(long revision, Predicate<CacheEvent> wanted) {
        List<CacheEvent> found = new ArrayList<>();
        Iterator<CacheEvent> newestFirst = events.descendingIterator();
        while (newestFirst.hasNext()) {
            CacheEvent event = newestFirst.next();
            if (event.revision() <= revision) {
                break;
            }
            if (wanted.test(event)) {
                found.add(event);
            }
        }
        Collections.reverse(found);
        return found;
    }

    private void dropOldestRevision() {
        long oldest = events.getFirst().revision();
        int dropped = 0;
        while (!events.isEmpty() && events.getFirst().revision() == oldest) {
            bytes -= events.removeFirst().retainedBytes();
            dropped++;
        }
        completeAfter = oldest;
        resumableAt = dropped > 1 ? oldest + 1 : oldest;
    }
}
