package dev.xebec.controller.rig;

import dev.xebec.controller.object.Indexes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** A cache over plain maps: the indexes are found by looking at everything. */
public record MemoryCache(long revision, Map<GroupVersionResource, TreeMap<ObjectKey, ApiObject>> objects)
        implements
            Cache {

    /** A cache of the given objects, for tests that need no API. */
    public static MemoryCache of(Map<GroupVersionResource, List<ApiObject>> content) {
        Map<GroupVersionResource, TreeMap<ObjectKey, ApiObject>> objects = new HashMap<>();
        content.forEach((resource, list) -> list.forEach(
                object -> objects.computeIfAbsent(resource, key -> new TreeMap<>()).put(object.key(), object)));
        return new MemoryCache(1, objects);
    }

    @Override
    public Collection<GroupVersionResource> custom() {
        return objects.entrySet().stream().filter(entry -> entry.getKey().custom() && !entry.getValue().isEmpty())
                .map(Map.Entry::getKey).toList();
    }

    @Override
    public ApiObject get(GroupVersionResource resource, ObjectKey key) {
        return table(resource).get(key);
    }

    private TreeMap<ObjectKey, ApiObject> table(GroupVersionResource resource) {
        return objects.getOrDefault(resource, new TreeMap<>());
    }

    @Override
    public Collection<ApiObject> list(GroupVersionResource resource) {
        return table(resource).values();
    }

    @Override
    public Collection<ApiObject> list(GroupVersionResource resource, String namespace) {
        return list(resource).stream().filter(object -> object.namespace().equals(namespace)).toList();
    }

    @Override
    public Collection<ApiObject> ownedBy(GroupVersionResource resource, String ownerUid) {
        return list(resource).stream()
                .filter(object -> object.controllerOwner().map(owner -> owner.uid().equals(ownerUid)).orElse(false))
                .toList();
    }

    @Override
    public Collection<ApiObject> byIndex(GroupVersionResource resource, String index, String value) {
        Map<String, Function<ApiObject, Set<String>>> functions = new HashMap<>();
        Indexes.declare(List.of(resource), (declared, name, values) -> {
            if (declared.equals(resource)) {
                functions.put(name, values);
            }
        });
        Function<ApiObject, Set<String>> values = functions.get(index);
        if (values == null) {
            throw new IllegalArgumentException("no index " + index + " of " + resource);
        }
        return list(resource).stream().filter(object -> values.apply(object).contains(value)).toList();
    }
}
