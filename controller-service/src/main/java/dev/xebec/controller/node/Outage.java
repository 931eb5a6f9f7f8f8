package dev.xebec.controller.node;

import dev.xebec.controller.object.Conditions;
import dev.xebec.kit.informer.Cache;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.Collection;

/**
 * Tells lost nodes from a lost view of them: when all nodes, or most of a small cluster, go silent at once, it is more
 * likely us who are cut off, and their pods are better left alone.
 *
 * <p>Source: k/k {@code node_lifecycle_controller.go} ComputeZoneState, handleDisruption.
 */
final class Outage {
    /** Share of nodes, in percent, from which on it is an outage. Source: {@code --unhealthy-zone-threshold}. */
    private static final int THRESHOLD_PERCENT = 55;
    /** Up to this many nodes an outage stops evictions. Source: {@code --large-cluster-size-threshold}. */
    private static final int SMALL_CLUSTER = 50;
    private static final int FEW = 2;

    private Outage() {
    }

    static boolean tooLargeToBelieve(Cache cache) {
        Collection<ApiObject> nodes = cache.list(GroupVersionResource.NODES);
        long lost = nodes.stream().filter(node -> !Conditions.isTrue(node.status(), "Ready")).count();
        boolean all = lost > 0 && lost == nodes.size();
        boolean most = lost > FEW && lost * 100 >= (long) THRESHOLD_PERCENT * nodes.size();
        return all || most && nodes.size() <= SMALL_CLUSTER;
    }
}
