package dev.xebec.node.leave;

import dev.xebec.model.object.ApiObject;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What is on a node that leaves. Pure.
 *
 * @param movable pods that others make anew elsewhere: evicted, or ending already
 * @param staying pods that nobody would make anew, or that belong to the node itself
 */
record Occupants(List<ApiObject> movable, List<ApiObject> staying) {
    private static final String MIRROR = "kubernetes.io/config.mirror";
    /** Whose pods are made on this very node again. */
    private static final Set<String> NODE_BOUND = Set.of("DaemonSet", "Node");

    static Occupants of(Collection<ApiObject> pods, String node) {
        List<ApiObject> here = pods.stream().filter(pod -> pod.spec().path("nodeName").asText("").equals(node))
                .toList();
        return new Occupants(here.stream().filter(Occupants::moves).toList(),
                here.stream().filter(pod -> !moves(pod)).toList());
    }

    private static boolean moves(ApiObject pod) {
        return pod.deleting() || !pod.annotations().containsKey(MIRROR) && pod.controllerOwner()
                .filter(owner -> !NODE_BOUND.contains(owner.kind())).isPresent();
    }

    boolean nobody() {
        return movable.isEmpty() && staying.isEmpty();
    }
}
