package dev.xebec.simulator.check;

import dev.xebec.model.kind.KindRegistry;
import java.util.List;

/** The invariants that hold in each moment, whatever fails. */
final class Standard {
    private Standard() {}

    static List<Invariant> invariants(KindRegistry kinds) {
        return List.of(new KeyHistory(), new ObjectLife(), new PodLife(),
                new Placements(new NodeRoom(), new HostPorts(), new HostAntiAffinity(), new NodeTerms()),
                new AllocationCounts());
    }
}
