package dev.xebec.gateway.node;

import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;

/**
 * A pod that a stream is about.
 *
 * @param node where it runs; empty while it runs nowhere
 */
public record PodTarget(ApiObject object, String namespace, String name, String uid, String node) {
    private static final String PODS = "/pods";

    /** Refuses with 404 where there is none. */
    public static PodTarget of(ObjectRegistry registry, String namespace, String name) {
        CachedObject cached = registry.newest().get(PODS, namespace, name);
        if (cached == null) {
            throw new RejectedException(Status.notFound(GroupVersionResource.PODS, name));
        }
        ApiObject pod = cached.parse();
        return new PodTarget(pod, namespace, name, pod.uid(), pod.spec().path("nodeName").asText(""));
    }

    /** Itself; refused with 400 where it runs nowhere. */
    public PodTarget onNode() {
        if (node.isEmpty()) {
            throw new RejectedException(Status.badRequest("pod " + name + " does not have a host assigned"));
        }
        return this;
    }
}
