package dev.xebec.scheduler.scheduling;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node with what runs on it. Belongs to one {@link Snapshot} and its thread. */
final class NodeInfo {
    private final String name;
    private final Map<ObjectKey, PodInfo> pods = new HashMap<>();
    private Map<String, String> labels = Map.of();
    private List<Taint> taints = List.of();
    private boolean unschedulable;
    /** Whether the node object is there; pods may be seen before their node. */
    private boolean known;
    private Amounts allocatable = Amounts.NONE;
    private Amounts requested = Amounts.NONE;
    private long allocationVersion;
    private int assumedBinds;
    /** Raised at each change, so that results computed for the node can be seen to be old. */
    private long generation = 1;
    private int index;

    NodeInfo(String name) {
        this.name = name;
    }

    void describe(@Nullable ApiObject node) {
        generation++;
        known = node != null && !node.deleting();
        if (node == null) {
            return;
        }
        labels = node.labels();
        taints = Taint.of(node.spec().path("taints"));
        unschedulable = node.spec().path("unschedulable").asBoolean(false);
        allocatable = Amounts.of(node.status().path("allocatable"));
    }

    void put(PodInfo pod) {
        remove(pod.key());
        pods.put(pod.key(), pod);
        requested = requested.plus(pod.requests());
        generation++;
    }

    @Nullable
    PodInfo remove(ObjectKey key) {
        PodInfo before = pods.remove(key);
        if (before != null) {
            // Added up anew: a saturated sum cannot be taken apart again.
            requested = pods.values().stream().map(PodInfo::requests).reduce(Amounts.NONE, Amounts::plus);
            generation++;
        }
        return before;
    }

    void allocationVersion(long version) {
        allocationVersion = version;
    }

    void assumed(int change) {
        assumedBinds = Math.max(0, assumedBinds + change);
    }

    /** The version that the next bind has to name: that of the log, and the binds on their way. */
    long nextVersion() {
        return allocationVersion + assumedBinds;
    }

    String name() {
        return name;
    }

    boolean known() {
        return known;
    }

    Map<String, String> labels() {
        return labels;
    }

    List<Taint> taints() {
        return taints;
    }

    boolean unschedulable() {
        return unschedulable;
    }

    Amounts allocatable() {
        return allocatable;
    }

    Amounts requested() {
        return requested;
    }

    Collection<PodInfo> pods() {
        return pods.values();
    }

    boolean empty() {
        return !known && pods.isEmpty() && allocationVersion == 0;
    }

    /** Its place in the snapshot's order, of meaning while it is in there. */
    int index() {
        return index;
    }

    void index(int place) {
        index = place;
    }

    long generation() {
        return generation;
    }
}
