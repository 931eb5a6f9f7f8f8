package dev.xebec.simulator.check;

/** What has to hold where pods are bound to a node. Throws {@link Violation} where it does not. */
interface PlacementRule {
    void check(Placement placement);
}
