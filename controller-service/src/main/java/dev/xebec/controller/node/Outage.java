package dev.xebec.controller.node;

import dev.xebec.controller.object.Indexes;
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

    private Outage() {}

    static boolean tooLargeToBelieve(Cache cache) {
        int nodes = cache.list(GroupVersionResource.NODES).size();
        int lost = notReady(cache).size();
        boolean all = lost > 0 && lost == nodes;
        boolean most = lost > FEW && lost * 100L >= (long) THRESHOLD_PERCENT * nodes;
        return all || most && nodes <= SMALL_CLUSTER;
    }

    /** The nodes whose evictions an outage holds back. */
    static Collection<ApiObject> notReady(Cache cache) {
        return cache.byIndex(GroupVersionResource.NODES, Indexes.NOT_READY, Indexes.YES);
    }
}
