package dev.xebec.kit.informer;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cache as an immutable value: a table per resource, at one revision. */
record Picture(long revision, Map<GroupVersionResource, ResourceTable> tables) implements Cache {

    /** Nothing, at revision 0. */
    static Picture empty(List<GroupVersionResource> resources, Indexes indexes) {
        Map<GroupVersionResource, ResourceTable> tables = new LinkedHashMap<>();
        resources.forEach(resource -> tables.put(resource, new ResourceTable(indexes.of(resource))));
        return new Picture(0, Collections.unmodifiableMap(tables));
    }

    Picture at(long newRevision) {
        return new Picture(newRevision, tables);
    }

    Picture with(Map<GroupVersionResource, ResourceTable> changed, long newRevision) {
        Map<GroupVersionResource, ResourceTable> all = new LinkedHashMap<>(tables);
        changed.forEach((resource, table) -> {
            if (resource.custom() && !resource.equals(GroupVersionResource.CUSTOM) && table.all().isEmpty()) {
                all.remove(resource);
            } else {
                all.put(resource, table);
            }
        });
        return new Picture(newRevision, Collections.unmodifiableMap(all));
    }

    @Override
    public @Nullable ApiObject get(GroupVersionResource resource, ObjectKey key) {
        ResourceTable table = tables.get(resource);
        return table == null ? null : table.get(key);
    }

    @Override
    public Collection<ApiObject> list(GroupVersionResource resource) {
        ResourceTable table = tables.get(resource);
        return table == null ? List.of() : table.all();
    }

    @Override
    public Collection<ApiObject> list(GroupVersionResource resource, String namespace) {
        ResourceTable table = tables.get(resource);
        return table == null ? List.of() : table.namespace(namespace);
    }

    @Override
    public Collection<GroupVersionResource> custom() {
        return tables.containsKey(GroupVersionResource.CUSTOM)
                ? tables.keySet().stream().filter(resource -> resource.custom()
                        && !resource.equals(GroupVersionResource.CUSTOM)).toList()
                : List.of();
    }

    /** The table of a custom resource that has no object yet; null where custom resources are not watched. */
    @Nullable
    ResourceTable fresh(GroupVersionResource resource) {
        return resource.custom() ? tables.get(GroupVersionResource.CUSTOM) : null;
    }

    @Override
    public Collection<ApiObject> ownedBy(GroupVersionResource resource, String ownerUid) {
        return byIndex(resource, Indexes.OWNER, ownerUid);
    }

    @Override
    public Collection<ApiObject> byIndex(GroupVersionResource resource, String index, String value) {
        ResourceTable table = tables.get(resource);
        return table == null ? List.of() : table.indexed(index, value);
    }

    @Override
    public String toString() {
        return "cache of " + tables.keySet() + " at " + revision;
    }
}
