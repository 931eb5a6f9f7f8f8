package dev.xebec.controller.garbage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.object.OwnerReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Deletes an object when none of its owners is left, lets an object go whose dependents it waited for, and cuts
 * dependents loose from an owner that leaves them behind. A key names an object of any resource.
 *
 * <p>Source: k/k {@code pkg/controller/garbagecollector/garbagecollector.go}.
 */
public final class GarbageReconciler implements Reconciler {
    private final Graph graph;

    /** @param kinds one version of each resource that can own or be owned and that the cache holds */
    public GarbageReconciler(Collection<Kind> kinds) {
        graph = new Graph(kinds);
    }

    @Override
    public String name() {
        return "garbage-collector";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        Set<GroupVersionResource> reads = new LinkedHashSet<>(graph.builtIn());
        reads.add(GroupVersionResource.CUSTOM);
        reads.add(GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS);
        return reads;
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        List<ObjectKey> keys = new ArrayList<>();
        for (GroupVersionResource resource : graph.resources(cache)) {
            for (ApiObject object : cache.list(resource)) {
                Item item = new Item(resource, object);
                if (!object.metadata().path("ownerReferences").isEmpty() || item.orphaning() || item.waiting()) {
                    keys.add(item.key());
                }
            }
        }
        return keys;
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        ApiObject before = change.before();
        ApiObject after = change.after();
        if (before != null && after != null && !relevant(before, after)) {
            return List.of();
        }
        Set<ObjectKey> keys = new LinkedHashSet<>();
        Item item = new Item(change.resource(), change.any());
        keys.add(item.key());
        boolean ends = after == null || item.waiting() || item.orphaning();
        if (ends) {
            graph.dependents(item.object().uid(), cache).forEach(dependent -> keys.add(dependent.key()));
        }
        if (before != null) {
            if (!before.uid().equals(item.object().uid())) {
                graph.dependents(before.uid(), cache).forEach(dependent -> keys.add(dependent.key()));
            }
            addEndingOwners(before, cache, keys);
        }
        if (after != null) {
            addEndingOwners(after, cache, keys);
        }
        return keys;
    }

    /** Only owners, finalizers, and the end of an object matter. */
    private static boolean relevant(ApiObject before, ApiObject after) {
        return !before.metadata().path("ownerReferences").equals(after.metadata().path("ownerReferences"))
                || !before.metadata().path("finalizers").equals(after.metadata().path("finalizers"))
                || before.deleting() != after.deleting() || !Objects.equals(before.uid(), after.uid());
    }

    private void addEndingOwners(ApiObject dependent, Cache cache, Set<ObjectKey> keys) {
        for (OwnerReference reference : dependent.ownerReferences()) {
            if (graph.owner(dependent, reference, cache) instanceof Graph.Owner.Present owner
                    && (owner.item().waiting() || owner.item().orphaning())) {
                keys.add(owner.item().key());
            }
        }
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        GroupVersionResource resource = Item.resourceOf(key);
        ApiObject object = cache.get(resource, Item.objectKeyOf(key));
        if (object == null) {
            return Plan.NOTHING;
        }
        Item item = new Item(resource, object);
        if (item.orphaning()) {
            return cutLoose(item, cache);
        }
        if (item.waiting()) {
            return letGo(item, cache);
        }
        return object.deleting() ? Plan.NOTHING : judge(item, cache);
    }

    /** First the dependents lose their reference, then the owner its finalizer. */
    private Plan cutLoose(Item owner, Cache cache) {
        List<Item> dependents = graph.dependents(owner.object().uid(), cache);
        if (dependents.isEmpty()) {
            return Plan.of(withoutFinalizer(owner, Item.ORPHAN));
        }
        return new Plan(dependents.stream().<Action>map(dependent -> withoutOwners(dependent,
                reference -> reference.uid().equals(owner.object().uid()))).toList(), null);
    }

    /**
     * Waits only for dependents that say they block; theirs is to be deleted by their own keys. Those that in turn wait
     * for this one do not hold it: of objects that own each other in a circle none would ever go.
     */
    private Plan letGo(Item owner, Cache cache) {
        boolean blocked = graph.blocking(owner, cache).stream()
                .anyMatch(dependent -> !graph.waitsFor(dependent, owner, cache));
        return blocked ? Plan.NOTHING : Plan.of(withoutFinalizer(owner, Item.FOREGROUND));
    }

    private Plan judge(Item item, Cache cache) {
        Set<String> lost = new LinkedHashSet<>();
        int solid = 0;
        boolean ownerWaits = false;
        List<OwnerReference> references = item.object().ownerReferences();
        for (OwnerReference reference : references) {
            switch (graph.owner(item.object(), reference, cache)) {
                case Graph.Owner.Absent absent -> lost.add(reference.uid());
                case Graph.Owner.Unknown unknown -> solid++;
                case Graph.Owner.Present owner -> {
                    if (owner.item().waiting()) {
                        lost.add(reference.uid());
                        ownerWaits = true;
                    } else {
                        solid++;
                    }
                }
            }
        }
        if (lost.isEmpty()) {
            return Plan.NOTHING;
        }
        if (solid > 0) {
            return Plan.of(withoutOwners(item, reference -> lost.contains(reference.uid())));
        }
        return Plan.of(Writes.delete(item.resource(), item.object(), propagation(item, ownerWaits, cache)));
    }

    /**
     * How an object without owners goes: as its finalizers ask; slowly, where its owner waits and it has dependents.
     */
    private String propagation(Item item, boolean ownerWaits, Cache cache) {
        List<String> finalizers = item.object().finalizers();
        if (ownerWaits && !graph.dependents(item.object().uid(), cache).isEmpty()) {
            return "Foreground";
        }
        if (finalizers.contains(Item.ORPHAN)) {
            return "Orphan";
        }
        return finalizers.contains(Item.FOREGROUND) ? "Foreground" : "Background";
    }

    private static Action withoutFinalizer(Item item, String finalizer) {
        ObjectNode patch = Json.object();
        ArrayNode finalizers = patch.putObject("metadata").putArray("finalizers");
        item.object().finalizers().stream().filter(one -> !one.equals(finalizer)).forEach(finalizers::add);
        return Writes.patch(item.resource(), item.object(), patch);
    }

    private static Action withoutOwners(Item item, Predicate<OwnerReference> lost) {
        ObjectNode patch = Json.object();
        ArrayNode references = patch.putObject("metadata").putArray("ownerReferences");
        Set<String> gone = new LinkedHashSet<>();
        item.object().ownerReferences().stream().filter(lost).forEach(reference -> gone.add(reference.uid()));
        item.object().metadata().path("ownerReferences").forEach(reference -> {
            if (!gone.contains(reference.path("uid").asText())) {
                references.add(reference);
            }
        });
        return Writes.patch(item.resource(), item.object(), patch);
    }
}
