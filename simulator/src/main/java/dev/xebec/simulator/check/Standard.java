package dev.xebec.simulator.check;

import java.util.List;

/** The invariants that hold in each moment, whatever fails. */
final class Standard {
    private Standard() {}

    static List<Invariant> invariants() {
        return List.of(new KeyHistory(), new ObjectLife(), new PodLife(),
                new Placements(new NodeRoom(), new HostPorts(), new HostAntiAffinity(), new NodeTerms()),
                new AllocationCounts(), new ReplicaSetSize(), new OneSetPerTemplate(), new RolloutBounds(),
                new SettledPods(), new SettledWorkloads(), new SettledOwners(), new SettledEndpoints());
    }
}
