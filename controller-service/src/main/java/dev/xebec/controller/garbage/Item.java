package dev.xebec.controller.garbage;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;

/** An object of any resource. Its key in the queue names the resource too. */
record Item(GroupVersionResource resource, ApiObject object) {
    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";

    /** {@code <group>/<version>/<resource>/<name>} in the object's namespace. */
    ObjectKey key() {
        return new ObjectKey(object.namespace(),
                resource.group() + "/" + resource.version() + "/" + resource.resource() + "/" + object.name());
    }

    static GroupVersionResource resourceOf(ObjectKey key) {
        String[] parts = key.name().split("/", 4);
        return new GroupVersionResource(parts[0], parts[1], parts[2]);
    }

    static ObjectKey objectKeyOf(ObjectKey key) {
        return new ObjectKey(key.namespace(), key.name().split("/", 4)[3]);
    }

    /** Its dependents are to stay, without it. */
    boolean orphaning() {
        return object.deleting() && object.finalizers().contains(ORPHAN);
    }

    /** It goes after its dependents. */
    boolean waiting() {
        return object.deleting() && object.finalizers().contains(FOREGROUND);
    }
}
