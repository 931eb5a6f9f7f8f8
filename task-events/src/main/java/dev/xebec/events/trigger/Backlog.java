package dev.xebec.events.trigger;

import dev.xebec.events.trigger.plan.Decision;
import dev.xebec.events.trigger.plan.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was read and decided and is not done with, in the order of each partition. Used by one thread. */
final class Backlog {
    /** Messages that are worked on at once. */
    static final int MAX_ROUND = 200;
    /** Jobs that are created at once. */
    static final int MAX_STARTS = 32;

    private final TreeMap<Integer, ArrayDeque<Entry>> waiting = new TreeMap<>();
    /** The partition that the next round begins behind. */
    private int last = -1;

    record Entry(Message message, Decision decision) {}

    void add(Message message, Decision decision) {
        waiting.computeIfAbsent(message.partition(), fresh -> new ArrayDeque<>()).add(new Entry(message, decision));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void drop(int partition) {
        waiting.remove(partition);
    }

    void clear() {
        waiting.clear();
    }

    /**
     * What to work on now: the first messages of each partition, in turn.
     *
     * @param room Jobs that may be started; what comes behind one too many waits
     */
    List<Entry> round(int room) {
        List<Entry> round = new ArrayList<>();
        int left = Math.min(room, MAX_STARTS);
        List<Integer> order = new ArrayList<>(waiting.tailMap(last, false).keySet());
        order.addAll(waiting.headMap(last, true).keySet());
        for (int partition : order) {
            for (Entry entry : waiting.getOrDefault(partition, new ArrayDeque<>())) {
                boolean starts = entry.decision() instanceof Decision.Start;
                if (round.size() == MAX_ROUND || (starts && left == 0)) {
                    break;
                }
                left -= starts ? 1 : 0;
                round.add(entry);
                last = partition;
            }
        }
        return round;
    }

    /** @param marks where each partition goes on */
    void done(Map<Integer, Mark> marks) {
        marks.forEach((partition, mark) -> {
            ArrayDeque<Entry> entries = waiting.get(partition);
            if (entries != null) {
                Iterator<Entry> from = entries.iterator();
                while (from.hasNext() && from.next().message().offset() < mark.offset()) {
                    from.remove();
                }
                if (entries.isEmpty()) {
                    waiting.remove(partition);
                }
            }
        });
    }
}
