package dev.xebec.simulator.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each object at each revision, from all who saw it: answers to writes, reads, and events. It is the truth
 * that each of them is held against; where two differ about one revision, that is a violation by itself.
 */
final class Timeline {
    private final List<WatchChain> unselective;
    private final NavigableMap<ObjectId, NavigableMap<Long, Known>> objects = new TreeMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private final Map<String, Set<Long>> shared = new HashMap<>();

    /**
     * The state that began at a revision.
     *
     * @param state null where the object was deleted
     * @param proof who saw it
     */
    record Known(ObjectId id, long revision, @Nullable ObjectState state, String proof) {
        boolean selectedBy(Scope scope) {
            return state != null && scope.selects(state);
        }

        @Override
        public String toString() {
            return (state == null ? "deletion of " + id + "@" + revision : state.toString()) + " (" + proof + ")";
        }
    }

    private Timeline(List<WatchChain> chains) {
        unselective = chains.stream().filter(chain -> chain.scope().labels().isEmpty()).toList();
    }

    static Timeline of(History history) {
        Timeline timeline = new Timeline(WatchChain.of(history));
        for (Entry entry : history.entries()) {
            switch (entry) {
                case Entry.Write write -> {
                    ObjectState state = write.acknowledged();
                    if (state != null && !(write.intent() instanceof Intent.Delete)) {
                        timeline.note(state, "acknowledged to " + write.who());
                    }
                }
                case Entry.Get get -> {
                    if (get.seen() != null) {
                        timeline.note(get.seen(), "read by " + get.who());
                    }
                }
                case Entry.Listing listing -> timeline.note(listing);
                case Entry.Watch watch -> timeline.note(watch);
            }
        }
        return timeline;
    }

    private void note(Entry.Listing listing) {
        listing.items().forEach(state -> note(state, "listed by " + listing.who()));
    }

    private void note(Entry.Watch watch) {
        if (watch.start() != null) {
            note(watch.start());
        }
        String proof = "sent to " + watch.who();
        for (WatchItem item : watch.items()) {
            if (item instanceof WatchItem.Event event) {
                if (event.type() != WatchItem.Type.DELETED) {
                    note(event.state(), proof);
                } else if (watch.scope().labels().isEmpty()) {
                    note(new Known(event.state().id(), event.revision(), null, proof));
                }
            }
        }
    }

    private void note(ObjectState state, String proof) {
        note(new Known(state.id(), state.revision(), state, proof));
    }

    private void note(Known known) {
        Known before = objects.computeIfAbsent(known.id(), id -> new TreeMap<>()).putIfAbsent(known.revision(), known);
        if (before == null) {
            return;
        }
        boolean same = before.state() == null || known.state() == null
                ? before.state() == known.state()
                : before.state().looksLike(known.state());
        if (!same) {
            contradictions.add("two states of one revision: " + before + " and " + known);
        }
    }

    List<String> contradictions() {
        return contradictions;
    }

    Iterable<ObjectId> ids() {
        return objects.keySet();
    }

    NavigableMap<Long, Known> of(ObjectId id) {
        return objects.getOrDefault(id, new TreeMap<>());
    }

    /** The newest that is known of the object at a revision; null where nothing is. */
    @Nullable
    Known at(ObjectId id, long revision) {
        Map.Entry<Long, Known> known = of(id).floorEntry(revision);
        return known == null ? null : known.getValue();
    }

    /** All that is known of the objects where a scope looks, whatever its labels. */
    Iterable<NavigableMap<Long, Known>> in(Scope scope) {
        return objects.entrySet().stream().filter(entry -> scope.covers(entry.getKey())).map(Map.Entry::getValue)
                .toList();
    }

    /** Everything in the order of revisions. */
    NavigableMap<Long, List<Known>> byRevision() {
        NavigableMap<Long, List<Known>> all = new TreeMap<>();
        objects.values().forEach(states -> states.values()
                .forEach(known -> all.computeIfAbsent(known.revision(), revision -> new ArrayList<>()).add(known)));
        return all;
    }

    /**
     * Whether somebody followed an object over a range without a break, so that all its changes there are known.
     *
     * @param after before the range's first revision
     * @param through the range's last revision
     */
    boolean isFollowed(ObjectId id, long after, long through) {
        return unselective.stream().anyMatch(chain -> chain.scope().covers(id) && chain.start().revision() <= after
                && chain.through() >= through);
    }

    /** Whether one transaction changed several objects of a resource at this revision. */
    boolean isShared(String resource, long revision) {
        return shared.computeIfAbsent(resource, this::sharedRevisions).contains(revision);
    }

    private Set<Long> sharedRevisions(String resource) {
        Set<Long> seen = new HashSet<>();
        Set<Long> several = new HashSet<>();
        in(Scope.all(resource)).forEach(states -> states.keySet().stream().filter(revision -> !seen.add(revision))
                .forEach(several::add));
        return several;
    }

    /** The revision at which a value came into being; 0 where nobody saw it. */
    long revisionOf(ObjectId id, String value) {
        for (Known known : of(id).values()) {
            if (known.state() != null && known.state().value().equals(value)) {
                return known.revision();
            }
        }
        return 0;
    }
}
