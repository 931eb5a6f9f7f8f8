package dev.xebec.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two hundred seeds in each build; {@code -Dxebec.seeds} and {@code -Dxebec.first.seed} change it, {@code -Pnight} goes on. */
class SeedsTest {
    private static final int SHOWN = 3;

    @BeforeAll
    static void quiet() {
        SimulatedLog.show(false);
    }

    @Test
    void everySeedHolds() {
        long seeds = Long.getLong("xebec.seeds", 200);
        long minutes = Long.getLong("xebec.minutes", 0);
        // A night's seeds are nobody's before.
        long first = Long.getLong("xebec.first.seed", minutes > 0 ? System.currentTimeMillis() : 1);
        SeedSeries series = new SeedSeries(WorldSettings.STANDARD);
        List<String> failures = new ArrayList<>();
        long begun = System.nanoTime();
        for (long seed = first; seed < first + seeds
                || System.nanoTime() - begun < Duration.ofMinutes(minutes).toNanos(); seed++) {
            SeedRun run = series.run(seed);
            if (!run.held() && failures.size() < SHOWN) {
                failures.add(run.report(WorldSettings.STANDARD));
            }
        }
        System.out.println(series.summary());
        assertThat(failures).as(series.summary()).isEmpty();
    }

    @Test
    void aSeedGivesTheSameRunTwice() {
        for (long seed = 1; seed <= 3; seed++) {
            SeedRun one = SeedRun.of(seed, WorldSettings.STANDARD);
            SeedRun other = SeedRun.of(seed, WorldSettings.STANDARD);
            assertThat(other.trace()).isEqualTo(one.trace());
            assertThat(other.steps()).isEqualTo(one.steps());
            assertThat(other.revisions()).isEqualTo(one.revisions());
        }
    }
}
