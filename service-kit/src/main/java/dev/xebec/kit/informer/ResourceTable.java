package dev.xebec.kit.informer;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.ObjectKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * One resource's objects with their indexes, immutable. A changed table shares all but the touched branches with the one
 * before, so a change costs the same whether there are ten objects or a hundred thousand.
 */
final class ResourceTable {
    private final Map<String, Function<ApiObject, Set<String>>> functions;
    private final TreePMap<ObjectKey, ApiObject> objects;
    private final HashPMap<String, HashPMap<String, TreePMap<ObjectKey, ApiObject>>> indexes;

    /** An empty table with these indexes. */
    ResourceTable(Map<String, Function<ApiObject, Set<String>>> functions) {
        this(functions, TreePMap.empty(), HashTreePMap.empty());
    }

    private ResourceTable(Map<String, Function<ApiObject, Set<String>>> functions,
            TreePMap<ObjectKey, ApiObject> objects,
            HashPMap<String, HashPMap<String, TreePMap<ObjectKey, ApiObject>>> indexes) {
        this.functions = functions;
        this.objects = objects;
        this.indexes = indexes;
    }

    @Nullable
    ApiObject get(ObjectKey key) {
        return objects.get(key);
    }

    Map<ObjectKey, ApiObject> objects() {
        return objects;
    }

    Collection<ApiObject> all() {
        return Collections.unmodifiableCollection(objects.values());
    }

    Collection<ApiObject> namespace(String namespace) {
        ObjectKey first = new ObjectKey(namespace, "");
        ObjectKey beyond = new ObjectKey(namespace + '\0', "");
        return Collections.unmodifiableCollection(objects.subMap(first, beyond).values());
    }

    Collection<ApiObject> indexed(String index, String value) {
        HashPMap<String, TreePMap<ObjectKey, ApiObject>> byValue = indexes.get(index);
        if (byValue == null && !functions.containsKey(index)) {
            throw new IllegalArgumentException("no index " + index + "; declared are " + functions.keySet());
        }
        TreePMap<ObjectKey, ApiObject> found = byValue == null ? null : byValue.get(value);
        return found == null ? Collections.emptyList() : Collections.unmodifiableCollection(found.values());
    }

    ResourceTable with(ApiObject object) {
        ObjectKey key = object.key();
        return new ResourceTable(functions, objects.plus(key, object), reindexed(key, objects.get(key), object));
    }

    ResourceTable without(ObjectKey key) {
        ApiObject before = objects.get(key);
        return before == null
                ? this
                : new ResourceTable(functions, objects.minus(key), reindexed(key, before, null));
    }

    private HashPMap<String, HashPMap<String, TreePMap<ObjectKey, ApiObject>>> reindexed(ObjectKey key,
            @Nullable ApiObject before, @Nullable ApiObject after) {
        var changed = indexes;
        for (var entry : functions.entrySet()) {
            Set<String> left = before == null ? Set.of() : entry.getValue().apply(before);
            Set<String> entered = after == null ? Set.of() : entry.getValue().apply(after);
            if (!left.isEmpty() || !entered.isEmpty()) {
                var byValue = changed.get(entry.getKey());
                changed = changed.plus(entry.getKey(),
                        moved(byValue == null ? HashTreePMap.empty() : byValue, key, left, entered, after));
            }
        }
        return changed;
    }

    private static HashPMap<String, TreePMap<ObjectKey, ApiObject>> moved(
            HashPMap<String, TreePMap<ObjectKey, ApiObject>> byValue, ObjectKey key, Set<String> left,
            Set<String> entered, @Nullable ApiObject after) {
        Map<String, TreePMap<ObjectKey, ApiObject>> changed = new HashMap<>();
        for (String value : left) {
            if (!entered.contains(value)) {
                changed.put(value, group(byValue, value).minus(key));
            }
        }
        if (after != null) {
            for (String value : entered) {
                changed.put(value, group(byValue, value).plus(key, after));
            }
        }
        HashPMap<String, TreePMap<ObjectKey, ApiObject>> result = byValue;
        for (var entry : changed.entrySet()) {
            result = entry.getValue().isEmpty()
                    ? result.minus(entry.getKey())
                    : result.plus(entry.getKey(), entry.getValue());
        }
        return result;
    }

    private static TreePMap<ObjectKey, ApiObject> group(HashPMap<String, TreePMap<ObjectKey, ApiObject>> byValue,
            String value) {
        TreePMap<ObjectKey, ApiObject> group = byValue.get(value);
        return group == null ? TreePMap.empty() : group;
    }
}
