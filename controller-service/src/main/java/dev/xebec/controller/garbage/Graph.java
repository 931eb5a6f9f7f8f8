package dev.xebec.controller.garbage;

import dev.xebec.controller.object.Indexes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.object.OwnerReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    List<GroupVersionResource> resources() {
        return resources;
    }

    List<Item> dependents(String uid, Cache cache) {
        List<Item> dependents = new ArrayList<>();
        for (GroupVersionResource resource : resources) {
            cache.byIndex(resource, Indexes.OWNER, uid)
                    .forEach(object -> dependents.add(new Item(resource, object)));
        }
        return dependents;
    }

    /** What an owner reference points at, seen from the object that carries it. */
    Owner owner(ApiObject dependent, OwnerReference reference, Cache cache) {
        Kind kind = byGroupKind.get(groupKind(GroupVersion.parse(reference.apiVersion()).group(), reference.kind()));
        boolean scopeless = kind != null && kind.namespaced() && dependent.namespace().isEmpty();
        if (kind == null || scopeless) {
            return new Owner.Unknown();
        }
        String namespace = kind.namespaced() ? dependent.namespace() : "";
        ApiObject owner = cache.get(kind.resource(), new ObjectKey(namespace, reference.name()));
        if (owner == null || !owner.uid().equals(reference.uid())) {
            return new Owner.Absent();
        }
        return new Owner.Present(new Item(kind.resource(), owner));
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
