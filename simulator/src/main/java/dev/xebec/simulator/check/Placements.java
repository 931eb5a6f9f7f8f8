package dev.xebec.simulator.check;

import dev.xebec.contracts.state.Change;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every revision that binds pods.
 *
 * <p>What can be asked for: a scheduler follows pods, nodes and allocations in one stream, and its bind stands on the pod's
 * revision. So it decided from a picture no older than the pod as it was right before, and every other pod bound to the node
 * since then was counted by the node's allocation. A rule therefore has to hold for at least one of the states that the
 * node had in that time; pods that left meanwhile only make room. What spans nodes is not asked for (decision 3). A pod that
 * is born bound was decided by whoever made it, so it is not judged itself, but those that come after it are.
 */
final class Placements implements Invariant {
    private final List<PlacementRule> rules;
    private final NodeStates nodes = new NodeStates();
    private final TreeMap<String, TreeMap<ObjectKey, BoundPod>> byNode = new TreeMap<>();

    Placements(PlacementRule... rules) {
        this.rules = List.of(rules);
    }

    @Override
    public void committed(long revision, List<Change> changes, Truth truth) {
        TreeMap<String, List<BoundPod>> fresh = new TreeMap<>();
        for (Transition step : truth.transitions()) {
            if (step.of(GroupVersionResource.PODS)) {
                take(step, fresh);
            }
        }
        fresh.forEach((node, pods) -> check(revision, node, pods));
        for (Transition step : truth.transitions()) {
            if (step.of(GroupVersionResource.NODES)) {
                nodes.take(step, truth.oldest());
            }
        }
    }

    private void take(Transition step, TreeMap<String, List<BoundPod>> fresh) {
        ApiObject before = step.objectBefore();
        ApiObject after = step.objectAfter();
        String was = node(before);
        String is = node(after);
        if (after == null || is.isEmpty() || BoundPod.finished(after)) {
            remove(was, step.objectKey());
            return;
        }
        BoundPod known = byNode.getOrDefault(is, new TreeMap<>()).get(step.objectKey());
        boolean sameLabels = before != null && before.labels().equals(after.labels());
        Stored old = step.before();
        long seen = known != null ? known.seenSince() : old == null ? step.revision() : old.modRevision();
        long labelled = known != null && sameLabels ? known.labelsSince() : sameLabels ? seen : step.revision();
        BoundPod pod = BoundPod.of(after, seen, labelled);
        byNode.computeIfAbsent(is, name -> new TreeMap<>()).put(pod.key(), pod);
        if (before != null && was.isEmpty()) {
            fresh.computeIfAbsent(is, name -> new ArrayList<>()).add(pod);
        }
    }

    private void remove(String node, ObjectKey pod) {
        TreeMap<ObjectKey, BoundPod> pods = byNode.get(node);
        if (pods != null && pods.remove(pod) != null && pods.isEmpty()) {
            byNode.remove(node);
        }
    }

    private void check(long revision, String node, List<BoundPod> pods) {
        long seen = pods.stream().mapToLong(BoundPod::seenSince).max().orElse(0);
        List<ApiObject> states = nodes.between(node, seen, revision - 1);
        List<BoundPod> all = List.copyOf(byNode.getOrDefault(node, new TreeMap<>()).values());
        Placement placement = new Placement(revision, node, seen, pods, all, states);
        rules.forEach(rule -> rule.check(placement));
    }

    private static String node(@Nullable ApiObject pod) {
        return pod == null ? "" : pod.spec().path("nodeName").asText("");
    }
}
