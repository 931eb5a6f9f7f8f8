package dev.xebec.kit.informer;

import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a watch's events into pictures: whole revisions in, one step each out. Knows how to go on after a broken watch
 * and how to tell what differs after a new list. Pure apart from its own state; used by one thread.
 */
final class Follower {
    /** After so many lists in a row that are older than the picture, the cluster is taken to have started over. */
    static final int MAX_OLD_LISTS = 20;

    /** A new picture and how it differs from the one before. */
    record Step(List<ObjectChange> changes, Picture picture, boolean synced) {}

    private Picture picture;
    private boolean mustList = true;
    private int oldLists;
    private @Nullable Map<GroupVersionResource, TreeMap<ObjectKey, ApiObject>> listing;

    Follower(Picture empty) {
        picture = empty;
    }

    /** A watch begins: what to ask it for. 0 asks for the present state. */
    long begin() {
        listing = mustList ? new HashMap<>() : null;
        return mustList ? 0 : picture.revision();
    }

    /** The picture's revision is no longer kept: the next watch lists again. */
    void expired() {
        mustList = true;
    }

    /**
     * Takes whole revisions.
     *
     * @throws StaleListException when the list is older than what is known already
     * @throws IllegalArgumentException when an object is no JSON object
     */
    void take(List<WatchEvent> events, Consumer<Step> steps) {
        int from = 0;
        while (from < events.size()) {
            WatchEvent first = events.get(from);
            if (listing != null) {
                takeListed(first, listing, steps);
                from++;
                continue;
            }
            int to = from + 1;
            while (to < events.size() && events.get(to).revision() == first.revision()) {
                to++;
            }
            takeRevision(events.subList(from, to), first.revision(), steps);
            from = to;
        }
    }

    private void takeListed(WatchEvent event, Map<GroupVersionResource, TreeMap<ObjectKey, ApiObject>> listed,
            Consumer<Step> steps) {
        switch (event.type()) {
            case ADDED, MODIFIED -> {
                ApiObject object = ApiObject.parse(event.object().array());
                listed.computeIfAbsent(event.resource(), fresh -> new TreeMap<>()).put(object.key(), object);
            }
            case DELETED -> listed.computeIfAbsent(event.resource(), fresh -> new TreeMap<>())
                    .remove(ApiObject.parse(event.object().array()).key());
            case SYNCED -> finishList(event.revision(), listed, steps);
            case PROGRESS -> {
                // Says nothing before the list is complete.
            }
        }
    }

    private void finishList(long revision, Map<GroupVersionResource, TreeMap<ObjectKey, ApiObject>> listed,
            Consumer<Step> steps) {
        if (revision < picture.revision() && ++oldLists <= MAX_OLD_LISTS) {
            throw new StaleListException(revision, picture.revision());
        }
        List<ObjectChange> changes = new ArrayList<>();
        Map<GroupVersionResource, ResourceTable> changed = new LinkedHashMap<>();
        Map<GroupVersionResource, ResourceTable> known = new LinkedHashMap<>(picture.tables());
        listed.keySet().forEach(resource -> known.computeIfAbsent(resource, picture::fresh));
        known.forEach((resource, table) -> {
            ResourceTable now = table;
            TreeMap<ObjectKey, ApiObject> present = listed.getOrDefault(resource, new TreeMap<>());
            for (ApiObject before : table.all()) {
                if (!present.containsKey(before.key())) {
                    now = now.without(before.key());
                    changes.add(new ObjectChange(resource, before, null));
                }
            }
            for (ApiObject after : present.values()) {
                ApiObject before = table.get(after.key());
                if (before == null || before.revision() != after.revision() || !before.uid().equals(after.uid())) {
                    now = now.with(after);
                    report(changes, resource, before, after);
                }
            }
            changed.put(resource, now);
        });
        listing = null;
        mustList = false;
        oldLists = 0;
        picture = picture.with(changed, revision);
        steps.accept(new Step(changes, picture, true));
    }

    private void takeRevision(List<WatchEvent> events, long revision, Consumer<Step> steps) {
        if (revision <= picture.revision()) {
            return; // Repeated after a resumption.
        }
        List<ObjectChange> changes = new ArrayList<>();
        Map<GroupVersionResource, ResourceTable> changed = new LinkedHashMap<>();
        for (WatchEvent event : events) {
            switch (event.type()) {
                case ADDED, MODIFIED -> put(event, changed, changes);
                case DELETED -> remove(event, changed, changes);
                case SYNCED, PROGRESS -> {
                    // Only raise the revision.
                }
            }
        }
        picture = changed.isEmpty() ? picture.at(revision) : picture.with(changed, revision);
        steps.accept(new Step(changes, picture, false));
    }

    private void put(WatchEvent event, Map<GroupVersionResource, ResourceTable> changed, List<ObjectChange> changes) {
        ResourceTable table = table(event.resource(), changed);
        ApiObject after = ApiObject.parse(event.object().array());
        ApiObject before = table.get(after.key());
        changed.put(event.resource(), table.with(after));
        report(changes, event.resource(), before, after);
    }

    private void remove(WatchEvent event, Map<GroupVersionResource, ResourceTable> changed,
            List<ObjectChange> changes) {
        ResourceTable table = table(event.resource(), changed);
        ObjectKey key = ApiObject.parse(event.object().array()).key();
        ApiObject before = table.get(key);
        if (before != null) {
            changed.put(event.resource(), table.without(key));
            changes.add(new ObjectChange(event.resource(), before, null));
        }
    }

    private ResourceTable table(GroupVersionResource resource, Map<GroupVersionResource, ResourceTable> changed) {
        ResourceTable table = changed.getOrDefault(resource, picture.tables().get(resource));
        if (table == null) {
            table = picture.fresh(resource);
        }
        if (table == null) {
            throw new IllegalArgumentException("an event of " + resource + ", which is not watched");
        }
        return table;
    }

    /** An object that was replaced by another of the same name is a deletion and an addition. */
    private static void report(List<ObjectChange> changes, GroupVersionResource resource, @Nullable ApiObject before,
            ApiObject after) {
        if (before != null && !before.uid().equals(after.uid())) {
            changes.add(new ObjectChange(resource, before, null));
            changes.add(new ObjectChange(resource, null, after));
        } else {
            changes.add(new ObjectChange(resource, before, after));
        }
    }
}
