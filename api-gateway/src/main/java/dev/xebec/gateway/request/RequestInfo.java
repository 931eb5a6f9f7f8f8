package dev.xebec.gateway.request;

import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * What a request's method and path mean.
 *
 * @param kind null where the path names no resource that is served
 * @param resource null where the path has no form of a resource at all ({@code /version})
 * @param namespace empty for all namespaces and for cluster-scoped kinds
 * @param name empty for a collection
 * @param subresource empty for the object itself
 * @param subpath what follows the subresource, without a slash in front; empty for nothing
 */
public record RequestInfo(Verb verb, String path, @Nullable GroupVersionResource resource, @Nullable Kind kind,
        String namespace, String name, String subresource, String subpath) {

    /** The kind; call it only behind the pipeline's check that there is one. */
    public Kind servedKind() {
        if (kind == null) {
            throw new IllegalStateException("no kind behind " + path);
        }
        return kind;
    }

    public GroupVersionResource servedResource() {
        if (resource == null) {
            throw new IllegalStateException("no resource behind " + path);
        }
        return resource;
    }

    public ObjectKey key() {
        return new ObjectKey(namespace, name);
    }
}
