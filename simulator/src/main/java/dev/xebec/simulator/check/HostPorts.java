package dev.xebec.simulator.check;

import dev.xebec.simulator.check.BoundPod.HostPort;

/** Where a pod is bound, no other pod on the node has a port of the node's that it wants. */
final class HostPorts implements PlacementRule {
    private static final String NAME = "host-ports";

    @Override
    public void check(Placement placement) {
        for (BoundPod pod : placement.fresh()) {
            if (pod.hostPorts().isEmpty()) {
                continue;
            }
            for (BoundPod other : placement.all()) {
                if (!other.key().equals(pod.key())) {
                    check(placement, pod, other);
                }
            }
        }
    }

    private static void check(Placement placement, BoundPod pod, BoundPod other) {
        for (HostPort wanted : pod.hostPorts()) {
            for (HostPort taken : other.hostPorts()) {
                if (wanted.clashesWith(taken)) {
                    throw new Violation(NAME, placement.revision(), pod.key() + " has " + wanted + " of "
                            + placement.node() + " to itself", other.key() + " has " + taken);
                }
            }
        }
    }
}
