package dev.xebec.gateway.admission;

import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Set;

/**
 * Nothing is created in a namespace that does not exist or is going, and the namespaces that the cluster needs stay.
 * Source: apiserver {@code admission/plugin/namespace/lifecycle/admission.go}.
 */
final class NamespaceLifecycle {
    private static final String NAMESPACES = "/namespaces";
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    private final ObjectRegistry registry;

    NamespaceLifecycle(ObjectRegistry registry) {
        this.registry = registry;
    }

    /**
     * Refuses what may not be created, and answers the condition under which this holds: the namespace is still as it was
     * seen, so that nothing slips in while it goes.
     */
    List<Guard> checkCreate(Kind kind, ObjectKey key) {
        if (!kind.namespaced()) {
            return List.of();
        }
        CachedObject namespace = registry.image().get(NAMESPACES, "", key.namespace());
        if (namespace == null || terminating(namespace)) {
            namespace = registry.newest().get(NAMESPACES, "", key.namespace());
        }
        if (namespace == null) {
            throw new RejectedException(Status.notFound(GroupVersionResource.NAMESPACES, key.namespace()));
        }
        if (terminating(namespace)) {
            throw new RejectedException(Status.forbidden(kind.resource(), key.name(),
                    "unable to create new content in namespace " + key.namespace()
                            + " because it is being terminated")
                    .cause("NamespaceTerminating", "namespace " + key.namespace() + " is being terminated",
                            "metadata.namespace"));
        }
        return List.of(new Guard.ModRevision(Keys.of("", "namespaces", "", key.namespace()), namespace.revision()));
    }

    void checkDelete(Kind kind, ObjectKey key) {
        if (kind.resource().equals(GroupVersionResource.NAMESPACES) && IMMORTAL.contains(key.name())) {
            throw new RejectedException(
                    Status.forbidden(kind.resource(), key.name(), "this namespace may not be deleted"));
        }
    }

    /** Most objects do not say {@code deletionTimestamp}, so their bytes need no parsing. */
    private static boolean terminating(CachedObject namespace) {
        String json = namespace.json().utf8();
        if (!json.contains("\"deletionTimestamp\"") && !json.contains("\"Terminating\"")) {
            return false;
        }
        ApiObject object = namespace.parse();
        return object.deleting() || object.status().path("phase").asText().equals("Terminating");
    }
}
