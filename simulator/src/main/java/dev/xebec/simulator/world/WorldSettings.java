package dev.xebec.simulator.world;

import dev.xebec.simulator.plant.Plant;
import java.time.Duration;

/**
 * A simulated cluster and what it goes through.
 *
 * @param masters an odd number
 * @param nodeProcesses processes that play nodes
 * @param nodesEach nodes of each such process
 * @param users who change things all the while
 * @param storm how long faults come and users work
 * @param patience simulated time within which everything has to settle after it
 * @param faults whether there are any
 * @param plant the bug planted on purpose
 */
public record WorldSettings(int masters, int nodeProcesses, int nodesEach, int users, Duration storm,
        Duration patience, boolean faults, Plant plant) {

    /** Three masters, six nodes, three users, 40 s of storm; has to settle within four minutes. */
    public static final WorldSettings STANDARD = new WorldSettings(3, 2, 3, 3, Duration.ofSeconds(40),
            Duration.ofMinutes(4), true, Plant.NONE);

    public WorldSettings withoutFaults() {
        return new WorldSettings(masters, nodeProcesses, nodesEach, users, storm, patience, false, plant);
    }

    public WorldSettings with(Plant bug) {
        return new WorldSettings(masters, nodeProcesses, nodesEach, users, storm, patience, faults, bug);
    }

    public WorldSettings storm(Duration length) {
        return new WorldSettings(masters, nodeProcesses, nodesEach, users, length, patience, faults, plant);
    }
}
