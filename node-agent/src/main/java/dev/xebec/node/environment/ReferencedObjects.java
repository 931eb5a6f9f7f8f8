package dev.xebec.node.environment;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.Optional;

/** ConfigMaps and Secrets that pods name. */
public interface ReferencedObjects {

    /** Empty where there is none; throws UnavailableException where nobody can say. */
    Optional<ApiObject> find(GroupVersionResource resource, String namespace, String name);
}
