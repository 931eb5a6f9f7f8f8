package dev.xebec.simulator.world;

import dev.xebec.simulator.kernel.Simulation;
import dev.xebec.simulator.kernel.SimulationFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One seed's run and what came of it.
 *
 * @param simulated time that the cluster lived
 * @param took of the machine's time
 * @param steps of threads
 * @param trace equal for equal runs
 * @param revisions that were agreed on
 * @param faults by kind
 * @param failure null where everything held
 * @param story what happened last
 */
public record SeedRun(long seed, Duration simulated, Duration took, long steps, long trace, long revisions,
        Map<String, Integer> faults, @Nullable SimulationFailedException failure, List<String> story) {

    /** Runs a seed to its end; one at a time in a JVM. */
    public static SeedRun of(long seed, WorldSettings settings) {
        long begun = System.nanoTime();
        SeedRun run = live(seed, settings);
        return new SeedRun(seed, run.simulated, Duration.ofNanos(System.nanoTime() - begun), run.steps, run.trace,
                run.revisions, run.faults, run.failure, run.story);
    }

    private static SeedRun live(long seed, WorldSettings settings) {
        try (Simulation simulation = new Simulation(seed)) {
            World world = new World(simulation, settings);
            SimulationFailedException failure = null;
            try {
                simulation.run(world::live);
            } catch (SimulationFailedException broken) {
                failure = broken;
            }
            return new SeedRun(seed, simulation.elapsed(), Duration.ZERO, simulation.steps(), simulation.trace(),
                    world.revisions(), world.faults().kinds(), failure, simulation.story());
        }
    }

    public boolean held() {
        return failure == null;
    }

    /** What a person needs to see, and how to see it again. */
    public String report(WorldSettings settings) {
        StringBuilder text = new StringBuilder();
        SimulationFailedException broken = failure;
        text.append("seed ").append(seed).append(broken == null ? " held" : " FAILED").append(" after ")
                .append(simulated.toMillis() / 1_000.0).append(" s simulated in ").append(took.toMillis() / 1_000.0)
                .append(" s, ").append(steps).append(" steps, ").append(revisions).append(" revisions, faults ")
                .append(faults).append('\n');
        if (broken != null) {
            story.forEach(line -> text.append("  ").append(line).append('\n'));
            text.append(broken.getMessage()).append('\n');
            text.append("again: simulator/run --seed ").append(seed)
                    .append(settings.plant() == dev.xebec.simulator.plant.Plant.NONE
                            ? ""
                            : " --plant " + settings.plant())
                    .append(" --log\n");
        }
        return text.toString();
    }
}
