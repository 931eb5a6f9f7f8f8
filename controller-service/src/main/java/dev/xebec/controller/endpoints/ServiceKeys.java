package dev.xebec.controller.endpoints;

import dev.xebec.controller.object.Pods;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which Services a change concerns. */
final class ServiceKeys {
    private ServiceKeys() {}

    static Collection<ObjectKey> all(Cache cache) {
        return cache.list(GroupVersionResource.SERVICES).stream().map(ObjectKey::of).toList();
    }

    /** Of a change of a Service or a pod; none of others. */
    static Collection<ObjectKey> of(ObjectChange change, Cache cache) {
        if (change.resource().equals(GroupVersionResource.SERVICES)) {
            return List.of(change.any().key());
        }
        if (!change.resource().equals(GroupVersionResource.PODS) || !matters(change.before(), change.after())) {
            return List.of();
        }
        Set<ObjectKey> keys = new LinkedHashSet<>();
        for (ApiObject service : cache.list(GroupVersionResource.SERVICES, change.any().namespace())) {
            if (selects(service, change.before()) || selects(service, change.after())) {
                keys.add(service.key());
            }
        }
        return keys;
    }

    private static boolean selects(ApiObject service, @Nullable ApiObject pod) {
        return pod != null && Backends.selects(service, pod);
    }

    /** A pod's containers may restart and report as they like: only address, readiness, end and labels matter. */
    private static boolean matters(@Nullable ApiObject before, @Nullable ApiObject after) {
        if (before == null || after == null) {
            return true;
        }
        return before.deleting() != after.deleting() || !before.labels().equals(after.labels())
                || !before.uid().equals(after.uid()) || !Pods.node(before).equals(Pods.node(after))
                || !before.status().path("phase").equals(after.status().path("phase"))
                || !before.status().path("podIPs").equals(after.status().path("podIPs"))
                || !before.status().path("podIP").equals(after.status().path("podIP"))
                || !before.status().path("conditions").equals(after.status().path("conditions"));
    }
}
