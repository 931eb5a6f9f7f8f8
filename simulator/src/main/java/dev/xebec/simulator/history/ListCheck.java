package dev.xebec.simulator.history;

import dev.xebec.simulator.history.Timeline.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/** A list shows exactly what was there at its revision: nothing older, newer, left out, or that its selector excludes. */
final class ListCheck implements HistoryCheck {

    @Override
    public String name() {
        return "lists";
    }

    @Override
    public long size(History history, Timeline timeline) {
        return history.listings().size();
    }

    @Override
    public List<String> violations(History history, Timeline timeline) {
        List<String> found = new ArrayList<>(timeline.contradictions());
        Set<ObjectId> deleted = new HashSet<>();
        for (Entry.Write write : history.writes()) {
            if (write.intent() instanceof Intent.Delete && !(write.outcome() instanceof Outcome.Refused)) {
                deleted.add(write.id());
            }
        }
        history.listings().forEach(listing -> check(listing, timeline, deleted, found));
        return found;
    }

    private static void check(Entry.Listing listing, Timeline timeline, Set<ObjectId> deleted,
            List<String> found) {
        String who = "the list of " + listing.scope() + " at revision " + listing.revision() + " by " + listing.who();
        Map<ObjectId, ObjectState> shown = new HashMap<>();
        for (ObjectState state : listing.items()) {
            if (shown.put(state.id(), state) != null) {
                found.add(who + " shows " + state.id() + " twice");
            }
            if (state.revision() > listing.revision()) {
                found.add(who + " shows the later " + state);
            }
            if (!listing.scope().selects(state)) {
                found.add(who + " shows " + state + " with labels " + state.labels());
            }
        }
        for (NavigableMap<Long, Known> states : timeline.in(listing.scope())) {
            Map.Entry<Long, Known> entry = states.floorEntry(listing.revision());
            if (entry == null) {
                continue;
            }
            Known truth = entry.getValue();
            ObjectState there = shown.get(truth.id());
            if (there != null) {
                compare(who, truth, there, found);
            } else if (truth.selectedBy(listing.scope()) && isStillSelected(truth, listing, timeline, deleted)) {
                found.add(who + " leaves out " + truth);
            }
        }
    }

    /** Somebody would have seen it change, or only the recording clients write it and none has deleted it. */
    private static boolean isStillSelected(Known truth, Entry.Listing listing, Timeline timeline,
            Set<ObjectId> deleted) {
        return timeline.isFollowed(truth.id(), truth.revision(), listing.revision())
                || listing.scope().labels().isEmpty() && truth.state() != null && !truth.state().value().isEmpty()
                        && !deleted.contains(truth.id());
    }

    private static void compare(String who, Known truth, ObjectState shown, List<String> found) {
        if (truth.state() == null) {
            found.add(who + " shows " + shown + " after the " + truth);
        } else if (shown.revision() < truth.revision()) {
            found.add(who + " shows " + shown + " instead of " + truth);
        }
    }
}
