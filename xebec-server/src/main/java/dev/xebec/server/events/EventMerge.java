package dev.xebec.server.events;

import io.cloudevents.CloudEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Brings the partitions of a topic, each in the order of revisions, into one order. What is there already is merged; of a
 * partition that is read to its end nothing is waited for. Not thread-safe.
 */
final class EventMerge {
    private final Map<Integer, Queue<CloudEvent>> waiting = new TreeMap<>();
    private final Map<Integer, Boolean> ended = new TreeMap<>();

    EventMerge(List<Integer> partitions) {
        for (Integer partition : partitions) {
            waiting.put(partition, new ArrayDeque<>());
            ended.put(partition, false);
        }
    }

    void add(int partition, CloudEvent event) {
        queue(partition).add(event);
    }

    /** Everything that was there at the beginning has been added. */
    void ended(int partition) {
        ended.put(partition, true);
    }

    boolean allEnded() {
        return !ended.containsValue(false);
    }

    int waiting(int partition) {
        return queue(partition).size();
    }

    /** Those whose turn it is. */
    List<CloudEvent> next() {
        List<CloudEvent> next = new ArrayList<>();
        while (true) {
            boolean open = waiting.entrySet().stream()
                    .anyMatch(entry -> entry.getValue().isEmpty() && !ended.getOrDefault(entry.getKey(), true));
            Queue<CloudEvent> first = waiting.values().stream().filter(queue -> !queue.isEmpty())
                    .min(Comparator.comparingLong(queue -> revision(queue.element()))).orElse(null);
            if (open || first == null) {
                return next;
            }
            next.add(first.remove());
        }
    }

    private Queue<CloudEvent> queue(int partition) {
        return waiting.computeIfAbsent(partition, none -> new ArrayDeque<>());
    }

    /** Of what is no event of ours: 0, so that it holds nothing up. */
    private static long revision(CloudEvent event) {
        Object revision = event.getExtension("revision");
        try {
            return revision == null ? 0 : Long.parseLong(revision.toString());
        } catch (NumberFormatException foreign) {
            return 0;
        }
    }
}
