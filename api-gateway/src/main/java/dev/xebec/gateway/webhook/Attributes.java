package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import org.jspecify.annotations.Nullable;

/**
 * What admission is asked about.
 *
 * @param subresource empty for the object itself
 * @param kind of the object that the request speaks: of a subresource its own, such as {@code autoscaling/v1 Scale}
 * @param namespace of a Namespace its own name; empty for other cluster-scoped objects
 * @param name empty where it is not made up yet
 * @param object as it is to become; null for a deletion
 * @param oldObject as it is stored; null for what is new
 * @param options of the request, such as a {@code meta.k8s.io/v1 CreateOptions}
 * @param deadlineNanos by {@link System#nanoTime()}: when nobody waits for the answer any more
 *
 * <p>Source: apiserver {@code pkg/admission/interfaces.go}.
 */
public record Attributes(Operation operation, GroupVersionResource resource, String subresource, GroupVersionKind kind,
        String namespace, String name, @Nullable ObjectNode object, @Nullable ObjectNode oldObject, ObjectNode options,
        boolean dryRun, ApiRequest.User user, long deadlineNanos) {

    /** The same question about another object. */
    Attributes with(@Nullable ObjectNode newObject) {
        return new Attributes(operation, resource, subresource, kind, namespace, name, newObject, oldObject, options,
                dryRun, user, deadlineNanos);
    }

    /** Whether it is about a Namespace or a part of one. */
    boolean ofNamespace() {
        return resource.equals(GroupVersionResource.NAMESPACES);
    }
}
