package dev.xebec.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.simulator.plant.Plant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bugs planted on purpose are found, each within a stated number of seeds. */
class PlantsTest {
    private static final int WITHIN_SEEDS = 10;

    @BeforeAll
    static void quiet() {
        SimulatedLog.show(false);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedBugIsFound(Plant plant) {
        WorldSettings settings = WorldSettings.STANDARD.with(plant);
        for (long seed = 1; seed <= WITHIN_SEEDS; seed++) {
            SeedRun run = SeedRun.of(seed, settings);
            if (!run.held()) {
                System.out.println(plant + " found by seed " + seed + ": " + run.failure().getMessage());
                return;
            }
        }
        assertThat(plant).as("found within " + WITHIN_SEEDS + " seeds").isNull();
    }
}
