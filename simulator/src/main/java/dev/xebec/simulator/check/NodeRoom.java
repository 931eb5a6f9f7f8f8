package dev.xebec.simulator.check;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.quantity.Quantity;
import java.util.Map;
import java.util.TreeMap;

/**
 * No node is over-committed: where a pod is bound, what all pods on the node request of each resource that the pod asks for is
 * no more than the node has to give, and they are no more than it has places. A node that shrinks later is no wrong.
 */
final class NodeRoom implements PlacementRule {
    private static final String NAME = "node-room";
    private static final String PODS = "pods";

    @Override
    public void check(Placement placement) {
        Map<String, Quantity> sum = new TreeMap<>();
        placement.all().forEach(pod -> BoundPod.add(sum, pod.requests()));
        Map<String, Quantity> asked = new TreeMap<>();
        placement.fresh().forEach(pod -> BoundPod.add(asked, pod.requests()));
        sum.keySet().removeIf(name -> asked.getOrDefault(name, Quantity.zero()).isZero());
        sum.put(PODS, Quantity.of(placement.all().size()));
        if (placement.states().stream().noneMatch(node -> fits(sum, node))) {
            throw new Violation(NAME, placement.revision(), "the pods on " + placement.node() + " fit, with "
                    + placement.fresh().stream().map(BoundPod::key).toList() + " bound to it; it had "
                    + placement.states().stream().map(NodeRoom::room).toList(),
                    "they request " + sum + ": "
                            + placement.all().stream().map(pod -> pod.key() + " " + pod.requests()).toList());
        }
    }

    private static boolean fits(Map<String, Quantity> sum, ApiObject node) {
        Map<String, Quantity> room = room(node);
        return sum.entrySet().stream().allMatch(one -> {
            Quantity most = room.getOrDefault(one.getKey(), Quantity.zero());
            // Schedulers count thousandths of a CPU and whole units of all else.
            return one.getKey().equals("cpu")
                    ? one.getValue().milliValue() <= most.milliValue()
                    : one.getValue().value() <= most.value();
        });
    }

    private static Map<String, Quantity> room(ApiObject node) {
        return BoundPod.amounts(node.status().path("allocatable"));
    }
}
