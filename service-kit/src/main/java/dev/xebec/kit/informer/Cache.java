package dev.xebec.kit.informer;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of some resources at one revision, immutable: reading it twice gives the same. Resources that are not
 * watched are empty.
 */
public interface Cache {

    /** All of these resources are complete as of this revision. */
    long revision();

    @Nullable
    ApiObject get(GroupVersionResource resource, ObjectKey key);

    /** All objects of a resource, ordered by key. */
    Collection<ApiObject> list(GroupVersionResource resource);

    Collection<ApiObject> list(GroupVersionResource resource, String namespace);

    /** The custom resources that have objects, where {@link GroupVersionResource#CUSTOM} is watched. */
    default Collection<GroupVersionResource> custom() {
        return List.of();
    }

    /** Objects whose controller owner reference has this uid. */
    Collection<ApiObject> ownedBy(GroupVersionResource resource, String ownerUid);

    /** Objects with this value in a named index; indexes are declared when the informer is made. */
    Collection<ApiObject> byIndex(GroupVersionResource resource, String index, String value);
}
