package dev.xebec.kit.informer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Custom resources in a cache that watches {@link GroupVersionResource#CUSTOM}: they are known without a version, since
 * their definitions come and go. Pure.
 */
public final class CustomResources {
    private CustomResources() {}

    /** Whether a change or a write of this resource is one of these. */
    public static boolean among(Collection<GroupVersionResource> resources, GroupVersionResource resource) {
        return resources.contains(resource) || (resource.custom() && resources.contains(GroupVersionResource.CUSTOM));
    }

    /** The definition of a custom resource; null where there is none. */
    public static @Nullable ApiObject definition(Cache cache, GroupVersionResource resource) {
        return cache.get(GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS,
                new ObjectKey("", resource.resource() + "." + resource.group()));
    }

    /** The resource in a version that can be asked for, the stored one where that is served; null where none is. */
    public static @Nullable GroupVersionResource served(Cache cache, GroupVersionResource resource) {
        if (!resource.custom()) {
            return resource;
        }
        ApiObject definition = definition(cache, resource);
        String found = "";
        if (definition != null) {
            for (JsonNode version : definition.spec().path("versions")) {
                boolean better = found.isEmpty() || version.path("storage").asBoolean();
                found = version.path("served").asBoolean() && better ? version.path("name").asText("") : found;
            }
        }
        return found.isEmpty() ? null : new GroupVersionResource(resource.group(), found, resource.resource());
    }
}
