package dev.xebec.kit.informer;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.OwnerReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The declared indexes: per resource and name, how to find an object's values. Filled before the informer starts. */
final class Indexes {
    /** Every resource has it. */
    static final String OWNER = " owner";

    private final Map<GroupVersionResource, Map<String, Function<ApiObject, Set<String>>>> declared = new ConcurrentHashMap<>();

    void declare(GroupVersionResource resource, String index, Function<ApiObject, Set<String>> values) {
        declared.computeIfAbsent(resource, fresh -> new ConcurrentHashMap<>()).put(index, values);
    }

    /** The index functions of a resource, the owner's included. */
    Map<String, Function<ApiObject, Set<String>>> of(GroupVersionResource resource) {
        Map<String, Function<ApiObject, Set<String>>> all = new HashMap<>(declared.getOrDefault(resource, Map.of()));
        all.put(OWNER, Indexes::ownerUid);
        return Map.copyOf(all);
    }

    private static Set<String> ownerUid(ApiObject object) {
        if (!object.metadata().has("ownerReferences")) {
            return Set.of();
        }
        return object.controllerOwner().map(OwnerReference::uid).map(Set::of).orElse(Set.of());
    }
}
