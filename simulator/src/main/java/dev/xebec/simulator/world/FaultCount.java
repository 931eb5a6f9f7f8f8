package dev.xebec.simulator.world;

import java.util.Map;
import java.util.TreeMap;

/** How many faults of each kind there were. Used on a simulation's threads only. */
public final class FaultCount {
    private final Map<String, Integer> kinds = new TreeMap<>();

    void add(String kind) {
        kinds.merge(kind, 1, Integer::sum);
    }

    /** By kind. */
    public Map<String, Integer> kinds() {
        return Map.copyOf(kinds);
    }
}
