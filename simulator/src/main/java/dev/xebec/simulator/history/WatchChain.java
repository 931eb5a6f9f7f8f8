package dev.xebec.simulator.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The watches of one client from a list to the next: each resumes where the one before has left off.
 *
 * @param start the list
 * @param watches in order of time; at least one
 */
record WatchChain(Entry.Listing start, List<Entry.Watch> watches) {

    static List<WatchChain> of(History history) {
        Map<String, WatchChain> open = new HashMap<>();
        List<WatchChain> chains = new ArrayList<>();
        history.watches().stream().sorted(Comparator.comparingLong(Entry.Watch::begun)).forEach(watch -> {
            WatchChain chain = open.get(watch.client());
            if (watch.start() != null) {
                chain = new WatchChain(watch.start(), new ArrayList<>());
                open.put(watch.client(), chain);
                chains.add(chain);
            }
            if (chain == null) {
                throw new IllegalArgumentException("the first watch of " + watch.client() + " begins with no list");
            }
            chain.watches().add(watch);
        });
        return chains;
    }

    Scope scope() {
        return start.scope();
    }

    /** The revision through which the client has been told everything, if the gateways did right. */
    long through() {
        long through = start.revision();
        for (Entry.Watch watch : watches) {
            through = Math.max(through, watch.sentWhole());
        }
        return through;
    }

    /** The watch that had to send a revision's changes: the last that began before it. */
    Entry.Watch responsible(long revision) {
        Entry.Watch found = watches.get(0);
        for (Entry.Watch watch : watches) {
            found = watch.from() < revision ? watch : found;
        }
        return found;
    }
}
