package dev.xebec.scheduler.scheduling;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and what is bound to them, as of one revision, plus what this scheduler has decided since (assumed). One
 * thread owns it.
 */
public final class Snapshot {
    private final Map<String, NodeInfo> nodes = new HashMap<>();
    private final Map<ObjectKey, String> placed = new HashMap<>();
    private final Map<ObjectKey, String> assumed = new HashMap<>();
    private List<NodeInfo> order = new ArrayList<>();
    /** Nodes came or went since the order was made; it is made when it is asked for, once for all that came meanwhile. */
    private boolean orderOutdated;
    private long orderGeneration = 1;
    private final Journal journal = new Journal();
    private int antiAffinePods;

    /** A node as it is now; null when it is gone. */
    public void node(String name, @Nullable ApiObject node) {
        NodeInfo info = nodes.get(name);
        if (info == null) {
            info = new NodeInfo(name);
            nodes.put(name, info);
        }
        boolean before = info.known();
        info.describe(node);
        journal.changed(info);
        if (before != info.known()) {
            orderOutdated = true;
            orderGeneration++;
        }
        dropIfEmpty(info);
    }

    /** How often the node has been bound to; 0 when its record is gone. Source: its NodeAllocation's {@code spec.binds}. */
    public void allocation(String node, long version) {
        NodeInfo info = nodes.computeIfAbsent(node, NodeInfo::new);
        info.allocationVersion(version);
        dropIfEmpty(info);
    }

    /**
     * A bound pod as it is now; confirms what was assumed. A finished one takes no room.
     *
     * @return whether it was not known to be bound before
     */
    public boolean pod(PodInfo pod) {
        boolean known = placed.containsKey(pod.key()) && !assumed.containsKey(pod.key());
        settle(pod.key());
        release(pod.key());
        if (!pod.finished()) {
            place(pod, pod.node());
        }
        return !known;
    }

    public void podGone(ObjectKey pod) {
        settle(pod);
        release(pod);
    }

    /** Counts a pod to a node before the store says so. */
    void assume(PodInfo pod, String node) {
        place(pod.on(node), node).assumed(1);
        assumed.put(pod.key(), node);
    }

    /** Takes an assumption back: the bind failed. */
    public void forget(ObjectKey pod) {
        if (settle(pod)) {
            release(pod);
        }
    }

    /** Whether the pod was assumed to a node and neither confirmed nor taken back. */
    public boolean assumed(ObjectKey pod) {
        return assumed.containsKey(pod);
    }

    /** Nodes that exist, in a stable order. */
    List<NodeInfo> order() {
        if (orderOutdated) {
            order = new ArrayList<>(nodes.values().stream().filter(NodeInfo::known).toList());
            order.sort(Comparator.comparing(NodeInfo::name));
            for (int index = 0; index < order.size(); index++) {
                order.get(index).index(index);
            }
            orderOutdated = false;
        }
        return order;
    }

    /** Which nodes have changed. */
    Journal journal() {
        return journal;
    }

    long orderGeneration() {
        return orderGeneration;
    }

    /** Whether any pod on a node refuses others beside it; then every decision has to look around. */
    boolean hasAntiAffinity() {
        return antiAffinePods > 0;
    }

    private NodeInfo place(PodInfo pod, String node) {
        NodeInfo info = nodes.computeIfAbsent(node, NodeInfo::new);
        info.put(pod);
        journal.changed(info);
        placed.put(pod.key(), node);
        antiAffinePods += pod.antiAffinity().isEmpty() ? 0 : 1;
        return info;
    }

    private void release(ObjectKey pod) {
        String node = placed.remove(pod);
        NodeInfo info = node == null ? null : nodes.get(node);
        if (info == null) {
            return;
        }
        PodInfo before = info.remove(pod);
        journal.changed(info);
        if (before != null && !before.antiAffinity().isEmpty()) {
            antiAffinePods--;
        }
        dropIfEmpty(info);
    }

    private boolean settle(ObjectKey pod) {
        String node = assumed.remove(pod);
        NodeInfo info = node == null ? null : nodes.get(node);
        if (info != null) {
            info.assumed(-1);
        }
        return node != null;
    }

    private void dropIfEmpty(NodeInfo info) {
        if (info.empty()) {
            nodes.remove(info.name());
        }
    }
}
