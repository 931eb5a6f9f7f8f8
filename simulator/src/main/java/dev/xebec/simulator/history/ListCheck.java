package dev.xebec.simulator.history;

import dev.xebec.simulator.history.Timeline.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** A list shows exactly what was there at its revision: nothing older, newer, left out, or that its selector excludes. */
final class ListCheck implements HistoryCheck {

    @Override
    public String name() {
        return "lists";
    }

    @Override
    public long size(History history) {
        return history.listings().size();
    }

    @Override
    public List<String> violations(History history, Timeline timeline) {
        List<String> found = new ArrayList<>(timeline.contradictions());
        history.listings().forEach(listing -> check(listing, timeline, found));
        return found;
    }

    private static void check(Entry.Listing listing, Timeline timeline, List<String> found) {
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
            if (entry != null) {
                compare(who, listing.scope(), entry.getValue(), shown.get(entry.getValue().id()), found);
            }
        }
    }

    private static void compare(String who, Scope scope, Known truth, @Nullable ObjectState shown,
            List<String> found) {
        if (shown == null) {
            if (truth.selectedBy(scope)) {
                found.add(who + " leaves out " + truth);
            }
        } else if (truth.state() == null) {
            found.add(who + " shows " + shown + " after the " + truth);
        } else if (shown.revision() != truth.revision() && shown.revision() <= truth.revision()) {
            found.add(who + " shows " + shown + " instead of " + truth);
        }
    }
}
