package dev.xebec.simulator.check;

import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionResource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/** What one watch has delivered so far, and what it has to deliver next. */
final class WatchLedger {
    private static final String NAME = "watch";

    private final String watcher;
    private final WatchView view;
    /** What was listed while the present state is being sent, by resource and key. */
    private final TreeMap<String, WatchEvent> listed = new TreeMap<>();
    private boolean listing;
    /** All up to this revision was delivered, or passed over because it is not for this watch. */
    private long covered;

    WatchLedger(String watcher, WatchRequest request, KindRegistry kinds) {
        this.watcher = watcher;
        this.view = new WatchView(request, kinds);
        this.listing = request.fromRevision() == 0;
        this.covered = request.fromRevision();
    }

    long covered() {
        return listing ? 0 : covered;
    }

    void delivered(List<WatchEvent> events, Truth truth) {
        Iterator<WatchEvent> incoming = events.iterator();
        while (listing && incoming.hasNext()) {
            listed(incoming.next(), truth);
        }
        if (!incoming.hasNext()) {
            return;
        }
        List<WatchEvent> rest = new ArrayList<>();
        incoming.forEachRemaining(rest::add);
        long through = rest.get(rest.size() - 1).revision();
        if (through > truth.revision()) {
            throw wrong(through, "nothing beyond the log, which ends at " + truth.revision(), "revision " + through);
        }
        if (!truth.knows(covered)) {
            covered = Math.max(covered, through);
            return;
        }
        follow(rest, through, truth);
    }

    private void listed(WatchEvent event, Truth truth) {
        switch (event.type()) {
            case ADDED -> {
                String key = WatchView.keyOf(event);
                if (listed.put(key, event) != null) {
                    throw wrong(event.revision(), "an object once in the present state", key + " twice");
                }
            }
            case SYNCED -> {
                if (event.revision() > truth.revision()) {
                    throw wrong(event.revision(), "a state within the log", "one beyond " + truth.revision());
                }
                if (truth.knows(event.revision())) {
                    compareState(event.revision(), truth);
                }
                listed.clear();
                listing = false;
                covered = event.revision();
            }
            case MODIFIED, DELETED, PROGRESS -> throw wrong(event.revision(), "only ADDED before SYNCED",
                    event.toString());
        }
    }

    private void compareState(long revision, Truth truth) {
        TreeMap<String, WatchEvent> expected = new TreeMap<>();
        for (GroupVersionResource resource : view.resources()) {
            for (Stored stored : truth.storedAt(resource, revision)) {
                view.present(resource, stored).ifPresent(event -> expected.put(WatchView.keyOf(event), event));
            }
        }
        if (!expected.equals(listed)) {
            expected.forEach((key, event) -> {
                if (!event.equals(listed.get(key))) {
                    throw wrong(revision, "the present state with " + event, String.valueOf(listed.get(key)));
                }
            });
            listed.keySet().removeAll(expected.keySet());
            throw wrong(revision, "the present state and no more", listed.values().toString());
        }
    }

    /** Walks log and events side by side. */
    private void follow(List<WatchEvent> events, long through, Truth truth) {
        int next = 0;
        long revision = covered;
        while (next < events.size()) {
            WatchEvent event = events.get(next);
            switch (event.type()) {
                case PROGRESS, SYNCED -> {
                    nothingBetween(revision, event.revision(), truth, event);
                    revision = Math.max(revision, event.revision());
                    next++;
                }
                case ADDED, MODIFIED, DELETED -> {
                    if (event.revision() <= revision) {
                        throw wrong(event.revision(), "each event once, in order, whole revisions in one call; "
                                + revision + " was passed", event.toString());
                    }
                    nothingBetween(revision, event.revision() - 1, truth, event);
                    revision = event.revision();
                    next = whole(events, next, revision, truth);
                }
            }
        }
        covered = Math.max(revision, through);
    }

    /** All that a revision has for this watch stands from {@code at} on. */
    private int whole(List<WatchEvent> events, int at, long revision, Truth truth) {
        List<WatchEvent> expected = view.events(truth.transitionsAt(revision));
        int end = at + expected.size();
        List<WatchEvent> found = events.subList(at, Math.min(end, events.size()));
        if (expected.isEmpty() || !expected.equals(found)) {
            throw wrong(revision, "all of the revision, in one call: " + expected, found.isEmpty()
                    ? events.get(at).toString()
                    : found.toString());
        }
        return end;
    }

    private void nothingBetween(long after, long through, Truth truth, WatchEvent cause) {
        for (long revision = after + 1; revision <= through; revision++) {
            List<WatchEvent> missed = view.events(truth.transitionsAt(revision));
            if (!missed.isEmpty()) {
                throw wrong(revision, "nothing left out: " + missed, "the next was " + cause);
            }
        }
    }

    void settled(Truth truth) {
        if (listing) {
            throw wrong(truth.revision(), "the present state was sent", "it still waits for it");
        }
        for (long revision = Math.max(covered, truth.oldest()) + 1; revision <= truth.revision(); revision++) {
            List<WatchEvent> missed = view.events(truth.transitionsAt(revision));
            if (!missed.isEmpty()) {
                throw wrong(revision, "all events delivered: " + missed, "nothing after revision " + covered);
            }
        }
    }

    private Violation wrong(long revision, String expected, String found) {
        return new Violation(NAME, revision, expected, found + "\n  watch:    " + watcher + " of " + view);
    }
}
