package dev.xebec.controller.namespace;

import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left in a namespace that ends.
 *
 * @param left by resource, pods first; resources with nothing left do not appear
 */
public record NamespaceContent(Map<GroupVersionResource, List<ApiObject>> left) {
    /** Deletes in one plan; the rest follows in the next. */
    static final int MAX_DELETES = 500;

    /** @param resources the built-in ones that can be in a namespace and that the cache holds */
    public static NamespaceContent of(String namespace, List<GroupVersionResource> resources, Cache cache) {
        Map<GroupVersionResource, List<ApiObject>> left = new LinkedHashMap<>();
        List<GroupVersionResource> all = new ArrayList<>(resources);
        all.addAll(cache.custom());
        for (GroupVersionResource resource : all) {
            List<ApiObject> objects = List.copyOf(cache.list(resource, namespace));
            if (!objects.isEmpty()) {
                left.put(resource, objects);
            }
        }
        return new NamespaceContent(left);
    }

    public boolean empty() {
        return left.isEmpty();
    }

    /** Pods go first: what they use stays as long as one is there. Source: KEP-5080. */
    List<Action> deletes() {
        List<Action> deletes = new ArrayList<>();
        boolean podsLeft = left.containsKey(GroupVersionResource.PODS);
        left.forEach((resource, objects) -> {
            if (!podsLeft || resource.equals(GroupVersionResource.PODS)) {
                objects.stream().filter(object -> !object.deleting()).limit(MAX_DELETES - deletes.size())
                        .forEach(object -> deletes.add(new Action.Delete(resource, object.key(), object.uid(), 0, -1,
                                "Background")));
            }
        });
        return deletes;
    }

    /** {@code pods. has 3 resource instances, …} */
    String describe() {
        List<String> parts = new ArrayList<>();
        left.forEach((resource, objects) -> parts.add(resource.resource() + "." + resource.group() + " has "
                + objects.size() + " resource instances"));
        return String.join(", ", parts);
    }

    /** Finalizers that hold objects back, with how many; empty for none. */
    String describeFinalizers() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        left.values().forEach(objects -> objects.forEach(object -> object.finalizers()
                .forEach(finalizer -> counts.merge(finalizer, 1, Integer::sum))));
        List<String> parts = new ArrayList<>();
        counts.forEach((finalizer, count) -> parts.add(finalizer + " in " + count + " resource instances"));
        return String.join(", ", parts);
    }
}
