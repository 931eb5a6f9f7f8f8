package dev.xebec.simulator.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each watch alone has to be: ordered, each change once, bookmarks never behind what was sent, types that fit what the
 * client had seen, only what the selector selects, and with a deletion the last state.
 */
final class WatchViewCheck implements HistoryCheck {

    @Override
    public String name() {
        return "watches in themselves";
    }

    @Override
    public long size(History history, Timeline timeline) {
        return history.watches().stream().mapToLong(watch -> watch.items().size()).sum();
    }

    @Override
    public List<String> violations(History history, Timeline timeline) {
        List<String> found = new ArrayList<>();
        WatchChain.of(history).forEach(chain -> new View(chain, timeline, found).check());
        return found;
    }

    /** What a client knows that follows one chain of watches. */
    private static final class View {
        private final WatchChain chain;
        private final Timeline timeline;
        private final List<String> found;
        private final Map<ObjectId, ObjectState> known = new HashMap<>();
        private final Set<ObjectId> atRevision = new HashSet<>();
        private long revision;
        /** Of the list or the last bookmark: nothing that comes after it may be of this revision or an older one. */
        private long promised;
        /** The client may have seen a part of the revision that it resumed from: where several share it, they may come again. */
        private long repeatable;

        View(WatchChain chain, Timeline timeline, List<String> found) {
            this.chain = chain;
            this.timeline = timeline;
            this.found = found;
        }

        void check() {
            Entry.Listing start = chain.start();
            start.items().forEach(state -> known.put(state.id(), state));
            revision = start.revision();
            promised = revision;
            for (Entry.Watch watch : chain.watches()) {
                if (watch.from() != revision) {
                    found.add(watch.who() + " resumed from " + watch.from() + " instead of " + revision);
                }
                repeatable = timeline.isShared(watch.scope().resource(), watch.from()) ? watch.from() : 0;
                watch.items().forEach(item -> check(watch, item));
            }
        }

        private void check(Entry.Watch watch, WatchItem item) {
            if (item.revision() < revision) {
                found.add(watch.who() + " was sent " + item + " after revision " + revision + ": not in order");
                return;
            }
            if (item.revision() > revision) {
                atRevision.clear();
                revision = item.revision();
            }
            switch (item) {
                case WatchItem.Event event -> check(watch, event);
                case WatchItem.Bookmark bookmark -> promised = bookmark.revision();
            }
        }

        private void check(Entry.Watch watch, WatchItem.Event event) {
            ObjectState state = event.state();
            if (event.revision() == repeatable) {
                see(event);
                return;
            }
            if (!atRevision.add(state.id())) {
                found.add(watch.who() + " was sent " + event + " twice");
                return;
            }
            if (event.revision() <= promised) {
                found.add(watch.who() + " was sent " + event + " although it had been told that it had all up to "
                        + promised);
            }
            ObjectState before = known.get(state.id());
            if (before != null && before.revision() >= event.revision()) {
                found.add(watch.who() + " was sent " + event + " although it had seen " + before + ": not new");
            }
            String wrong = wrong(watch.scope(), event, before);
            if (wrong != null) {
                found.add(watch.who() + " was sent " + event + wrong);
            }
            see(event);
        }

        private void see(WatchItem.Event event) {
            if (event.type() == WatchItem.Type.DELETED) {
                known.remove(event.state().id());
            } else {
                known.put(event.state().id(), event.state());
            }
        }

        private static @Nullable String wrong(Scope scope, WatchItem.Event event, @Nullable ObjectState before) {
            if (!scope.selects(event.state())) {
                return ", which " + scope + " does not select: its labels are " + event.state().labels();
            }
            return switch (event.type()) {
                case ADDED -> before == null ? null : " although it had seen " + before + ": it is not new";
                case MODIFIED -> before == null ? " although it had not seen the object before" : null;
                case DELETED -> before == null
                        ? " although it had not seen the object before"
                        : before.looksLike(event.state()) ? null : ", which is not the last state: " + before;
            };
        }
    }
}
