package dev.xebec.controller.garbage;

import dev.xebec.controller.object.Indexes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.object.OwnerReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who owns whom, over all resources that the cache holds. */
final class Graph {
    private final List<GroupVersionResource> resources;
    private final Map<String, Kind> byGroupKind = new HashMap<>();

    /** @param kinds one version of each resource that the cache holds */
    Graph(Collection<Kind> kinds) {
        resources = kinds.stream().map(Kind::resource).toList();
        kinds.forEach(kind -> byGroupKind.put(groupKind(kind.name().group(), kind.name().kind()), kind));
    }

    private static String groupKind(String group, String kind) {
        return group + "/" + kind;
    }

    List<GroupVersionResource> builtIn() {
        return resources;
    }

    /** Those of the definitions that there are, too. */
    List<GroupVersionResource> resources(Cache cache) {
        List<GroupVersionResource> all = new ArrayList<>(resources);
        all.addAll(cache.custom());
        return all;
    }

    List<Item> dependents(String uid, Cache cache) {
        List<Item> dependents = new ArrayList<>();
        for (GroupVersionResource resource : resources(cache)) {
            cache.byIndex(resource, Indexes.OWNER, uid)
                    .forEach(object -> dependents.add(new Item(resource, object)));
        }
        return dependents;
    }

    /** The dependents that a foreground deletion of the owner waits for. */
    List<Item> blocking(Item owner, Cache cache) {
        return dependents(owner.object().uid(), cache).stream()
                .filter(dependent -> inScope(owner, dependent) && blocks(dependent, owner)).toList();
    }

    private static boolean blocks(Item dependent, Item owner) {
        return dependent.object().ownerReferences().stream().anyMatch(
                reference -> reference.uid().equals(owner.object().uid()) && reference.blockOwnerDeletion());
    }

    private static boolean inScope(Item owner, Item dependent) {
        return owner.object().namespace().isEmpty()
                || owner.object().namespace().equals(dependent.object().namespace());
    }

    /** Whether an object that waits for its dependents waits for another, be it by way of others that wait. */
    boolean waitsFor(Item waiting, Item other, Cache cache) {
        Set<String> seen = new HashSet<>();
        Deque<Item> open = new ArrayDeque<>();
        open.add(waiting);
        while (!open.isEmpty()) {
            Item item = open.remove();
            if (item.object().uid().equals(other.object().uid())) {
                return true;
            }
            if (item.waiting() && seen.add(item.object().uid())) {
                open.addAll(blocking(item, cache));
            }
        }
        return false;
    }

    /** What an owner reference points at, seen from the object that carries it. */
    Owner owner(ApiObject dependent, OwnerReference reference, Cache cache) {
        Place place = place(groupKind(GroupVersion.parse(reference.apiVersion()).group(), reference.kind()), cache);
        boolean scopeless = place != null && place.namespaced() && dependent.namespace().isEmpty();
        if (place == null || scopeless) {
            return new Owner.Unknown();
        }
        String namespace = place.namespaced() ? dependent.namespace() : "";
        ApiObject owner = cache.get(place.resource(), new ObjectKey(namespace, reference.name()));
        if (owner == null || !owner.uid().equals(reference.uid())) {
            return new Owner.Absent();
        }
        return new Owner.Present(new Item(place.resource(), owner));
    }

    /** Where objects of a kind are. */
    private record Place(GroupVersionResource resource, boolean namespaced) {}

    private @Nullable Place place(String groupKind, Cache cache) {
        Kind kind = byGroupKind.get(groupKind);
        if (kind != null) {
            return new Place(kind.resource(), kind.namespaced());
        }
        for (ApiObject definition : cache.byIndex(GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS,
                Indexes.DEFINED_KIND, groupKind)) {
            return new Place(
                    GroupVersionResource.customOf(definition.spec().path("group").asText(""),
                            definition.status().path("acceptedNames").path("plural").asText("")),
                    definition.spec().path("scope").asText("").equals("Namespaced"));
        }
        return null;
    }

    /** How an owner reference resolves. */
    sealed interface Owner {
        record Present(Item item) implements Owner {}

        /** Gone, replaced by another of that name, or in another namespace. */
        record Absent() implements Owner {}

        /**
         * Of a kind that is not watched, or out of the dependent's scope: not to be judged, so it counts as present.
         */
        record Unknown() implements Owner {}
    }
}
