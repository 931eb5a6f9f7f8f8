package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object on its way through the server's own steps of admission.
 *
 * @param tree that steps may change in place
 * @param stored as it was; null for a new object
 */
record Subject(Kind kind, ObjectKey key, ObjectNode tree, @Nullable ObjectNode stored, ObjectRegistry registry) {

    boolean created() {
        return stored == null;
    }

    /** As {@code <group>/<resource>}. */
    String resource() {
        return StoreKey.resourceOf(kind);
    }

    /** {@code spec}, made where it is missing. */
    ObjectNode spec() {
        return tree.get("spec") instanceof ObjectNode spec ? spec : tree.putObject("spec");
    }

    ObjectNode metadata() {
        return tree.get("metadata") instanceof ObjectNode metadata ? metadata : tree.putObject("metadata");
    }

    /** An object of the cluster: what this gateway does not know is asked of the newest state. */
    @Nullable
    CachedObject find(String resource, String namespace, String name) {
        CachedObject here = registry.image().get(resource, namespace, name);
        return here != null ? here : registry.newest().get(resource, namespace, name);
    }

    /** All objects of a resource that this gateway knows. */
    List<CachedObject> all(String resource, String namespace) {
        return List.copyOf(registry.image().in(resource, namespace).values());
    }

    RejectedException forbidden(String why) {
        return new RejectedException(Status.forbidden(kind.resource(), key.name(), why));
    }
}
