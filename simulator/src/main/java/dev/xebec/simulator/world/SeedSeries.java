package dev.xebec.simulator.world;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Seeds run one after another, and what they amount to. */
public final class SeedSeries {
    private final WorldSettings settings;
    private final Map<String, Integer> faults = new TreeMap<>();
    private int runs;
    private int failed;
    private long steps;
    private long revisions;
    private Duration simulated = Duration.ZERO;
    private Duration took = Duration.ZERO;

    public SeedSeries(WorldSettings settings) {
        this.settings = settings;
    }

    public SeedRun run(long seed) {
        SeedRun run = SeedRun.of(seed, settings);
        runs++;
        failed += run.held() ? 0 : 1;
        steps += run.steps();
        revisions += run.revisions();
        simulated = simulated.plus(run.simulated());
        took = took.plus(run.took());
        run.faults().forEach((kind, count) -> faults.merge(kind, count, Integer::sum));
        return run;
    }

    public int failed() {
        return failed;
    }

    /** One paragraph of figures. */
    public String summary() {
        double seconds = Math.max(took.toNanos() / 1e9, 1e-9);
        return "%d seeds, %d failed; %.0f seeds a minute, %.0f simulated seconds a second, %d steps, %d revisions; faults %s"
                .formatted(runs, failed, runs * 60 / seconds, simulated.toNanos() / 1e9 / seconds, steps, revisions,
                        faults);
    }
}
