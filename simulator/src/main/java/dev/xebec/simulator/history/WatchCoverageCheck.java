package dev.xebec.simulator.history;

import dev.xebec.simulator.history.Timeline.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches leave nothing out: each chain of watches has every change that is known to have happened in the range that it
 * covers, also around each resumption. As this holds for the chains of every gateway, what gateways send for one range is
 * equal.
 */
final class WatchCoverageCheck implements HistoryCheck {

    @Override
    public String name() {
        return "watches leave nothing out";
    }

    @Override
    public long size(History history, Timeline timeline) {
        return history.watches().stream().mapToLong(watch -> watch.items().size()).sum();
    }

    @Override
    public List<String> violations(History history, Timeline timeline) {
        List<String> found = new ArrayList<>();
        List<WatchChain> chains = WatchChain.of(history);
        for (WatchChain chain : chains) {
            Map<ObjectId, NavigableMap<Long, WatchItem.Event>> sent = sent(chain);
            for (NavigableMap<Long, Known> states : timeline.in(chain.scope())) {
                compare(chain, states, sent, found);
            }
            if (!chain.scope().labels().isEmpty()) {
                sent.forEach((id, events) -> events.values()
                        .forEach(event -> checkDeparture(chain, event, timeline, found)));
            }
        }
        return found;
    }

    private static Map<ObjectId, NavigableMap<Long, WatchItem.Event>> sent(WatchChain chain) {
        Map<ObjectId, NavigableMap<Long, WatchItem.Event>> sent = new HashMap<>();
        chain.watches().forEach(watch -> watch.items().forEach(item -> {
            if (item instanceof WatchItem.Event event) {
                sent.computeIfAbsent(event.state().id(), id -> new TreeMap<>()).put(event.revision(), event);
            }
        }));
        return sent;
    }

    private static void compare(WatchChain chain, NavigableMap<Long, Known> states,
            Map<ObjectId, NavigableMap<Long, WatchItem.Event>> sent, List<String> found) {
        Known before = states.isEmpty() ? null : floor(states, chain.start().revision());
        for (Known known : states.subMap(chain.start().revision(), false, chain.through(), true).values()) {
            NavigableMap<Long, WatchItem.Event> events = sent.getOrDefault(known.id(), new TreeMap<>());
            boolean missing = known.selectedBy(chain.scope())
                    ? !events.containsKey(known.revision())
                    : before != null && before.selectedBy(chain.scope())
                            && events.subMap(before.revision(), false, known.revision(), true).isEmpty();
            if (missing) {
                found.add(chain.responsible(known.revision()).who() + " was not sent " + known
                        + ", but what was around it: "
                        + around(chain, known.revision()));
            }
            before = known;
        }
    }

    private static @Nullable Known floor(NavigableMap<Long, Known> states, long revision) {
        Map.Entry<Long, Known> entry = states.floorEntry(revision);
        return entry == null ? null : entry.getValue();
    }

    private static String around(WatchChain chain, long revision) {
        long before = chain.start().revision();
        long after = Long.MAX_VALUE;
        for (Entry.Watch watch : chain.watches()) {
            for (WatchItem item : watch.items()) {
                before = item.revision() < revision ? Math.max(before, item.revision()) : before;
                after = item.revision() > revision ? Math.min(after, item.revision()) : after;
            }
        }
        return before + (after == Long.MAX_VALUE ? " and no more" : " and " + after) + ", in watches from "
                + chain.watches().stream().map(watch -> watch.from() + " (" + watch.end() + ")").toList();
    }

    /** A selection is left only by a change after which the object is not selected. */
    private static void checkDeparture(WatchChain chain, WatchItem.Event event, Timeline timeline,
            List<String> found) {
        if (event.type() != WatchItem.Type.DELETED) {
            return;
        }
        Known known = timeline.of(event.state().id()).get(event.revision());
        boolean followed = timeline.isFollowed(event.state().id(), event.revision() - 1, event.revision());
        if (known == null ? followed : known.selectedBy(chain.scope())) {
            found.add(chain.responsible(event.revision()).who() + " was sent " + event + ", but "
                    + (known == null ? "nobody else saw a change there" : "what it selects is still there: " + known));
        }
    }
}
