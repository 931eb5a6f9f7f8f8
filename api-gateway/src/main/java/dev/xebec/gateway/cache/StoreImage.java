package dev.xebec.gateway.cache;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * All objects of the store at one revision; immutable. The next revision's image shares all that did not change.
 *
 * @param resources by {@code <group>/<resource>}: objects by {@code <namespace>/<name>}, in byte order
 */
public record StoreImage(long revision, HashPMap<String, TreePMap<String, CachedObject>> resources) {
    public static final StoreImage EMPTY = new StoreImage(0, HashTreePMap.empty());
    private static final TreePMap<String, CachedObject> NONE = TreePMap.empty();

    public TreePMap<String, CachedObject> all(String resource) {
        TreePMap<String, CachedObject> objects = resources.get(resource);
        return objects == null ? NONE : objects;
    }

    /** The objects of a namespace; all where {@code namespace} is empty. */
    public SortedMap<String, CachedObject> in(String resource, String namespace) {
        TreePMap<String, CachedObject> objects = all(resource);
        return namespace.isEmpty() ? objects : objects.subMap(namespace + "/", namespace + "0");
    }

    public @Nullable CachedObject get(String resource, String namespace, String name) {
        return all(resource).get(StoreKey.objectOf(namespace, name));
    }

    /** The same moment with one resource's objects and no others. */
    public StoreImage only(String resource) {
        return new StoreImage(revision, HashTreePMap.singleton(resource, all(resource)));
    }

    StoreImage put(StoreKey key, CachedObject object) {
        return new StoreImage(revision, resources.plus(key.resource(), all(key.resource()).plus(key.object(), object)));
    }

    StoreImage remove(StoreKey key) {
        return new StoreImage(revision, resources.plus(key.resource(), all(key.resource()).minus(key.object())));
    }

    /** As it was before its newest event. */
    StoreImage without(CacheEvent event) {
        StoreKey key = new StoreKey(event.resource(), event.objectKey());
        CachedObject before = event.before();
        return before == null ? remove(key) : put(key, before);
    }

    StoreImage at(long newRevision) {
        return new StoreImage(newRevision, resources);
    }
}
