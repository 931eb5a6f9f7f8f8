package dev.xebec.simulator.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.scheduler.scheduling.Decision;
import dev.xebec.scheduler.scheduling.PodInfo;
import dev.xebec.scheduler.scheduling.Scheduler;
import dev.xebec.scheduler.scheduling.Snapshot;
import java.util.List;

/**
 * Where a pod is bound, the node is one that it may go to: it was there, its node selector and required node affinity match, it
 * tolerates the taints that keep pods out, and the node was not cordoned. Judged by the scheduler's own filters, from an empty
 * node that has room for everything that the node has.
 */
final class NodeTerms implements PlacementRule {
    private static final String NAME = "node-terms";

    @Override
    public void check(Placement placement) {
        for (BoundPod pod : placement.fresh()) {
            if (placement.states().stream().noneMatch(node -> fits(pod, node))) {
                throw new Violation(NAME, placement.revision(), pod.key() + " may be on " + placement.node(),
                        placement.states().isEmpty()
                                ? "there was no such node since revision " + placement.seenSince()
                                : "node " + placement.states().stream().map(ApiObject::tree).toList() + " and pod "
                                        + pod.pod().spec());
            }
        }
    }

    private static boolean fits(BoundPod pod, ApiObject node) {
        Snapshot snapshot = new Snapshot();
        snapshot.node(node.name(), node);
        List<Decision> decisions = new Scheduler(snapshot, 0).decide(List.of(alone(pod.pod())));
        return decisions.get(0) instanceof Decision.Placed;
    }

    /** The pod as it was pending, without what it says about other pods and about room. */
    private static PodInfo alone(ApiObject pod) {
        ObjectNode tree = pod.copy();
        if (tree.get("spec") instanceof ObjectNode spec) {
            spec.remove(List.of("nodeName", "topologySpreadConstraints", "overhead", "initContainers"));
            if (spec.get("affinity") instanceof ObjectNode affinity) {
                affinity.remove(List.of("podAffinity", "podAntiAffinity"));
            }
            spec.path("containers").forEach(container -> {
                if (container instanceof ObjectNode one) {
                    one.remove(List.of("resources", "ports"));
                }
            });
        }
        return PodInfo.of(ApiObject.of(tree));
    }
}
