package dev.xebec.simulator.world;

import dev.xebec.simulator.kernel.SimulationFailedException;
import dev.xebec.simulator.plant.Plant;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The simulator's command line. Exit code 1 where a seed failed, 2 for wrong usage. */
@Command(name = "simulator/run", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Runs the whole cluster in one thread, once per seed.",
        "The same seed gives the same run, on any machine with the same build."})
public final class Main implements Callable<Integer> {
    @Option(names = "--seed", paramLabel = "N", description = "the first seed (default: ${DEFAULT-VALUE})", defaultValue = "1")
    private long seed;

    @Option(names = "--seeds", paramLabel = "N", description = "how many, one after another (default: ${DEFAULT-VALUE})", defaultValue = "1")
    private int seeds;

    @Option(names = "--minutes", paramLabel = "N", description = "go on with further seeds for so long")
    private int minutes;

    @Option(names = "--storm", paramLabel = "SECONDS", description = "simulated time with faults and users", defaultValue = "40")
    private int storm;

    @Option(names = "--calm", description = "no faults")
    private boolean calm;

    @Option(names = "--plant", paramLabel = "BUG", description = "plant a bug: ${COMPLETION-CANDIDATES}", defaultValue = "NONE")
    private Plant plant = Plant.NONE;

    @Option(names = "--log", description = "print what the cluster logs, with simulated times")
    private boolean log;

    private Main() {}

    @Command(name = "scale", mixinStandardHelpOptions = true, description = {
            "One large cluster: Deployments come up, are rolled to a new image while masters and a rack fail, and settle."})
    int scale(
            @Option(names = "--nodes", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}") int nodes,
            @Option(names = "--pods", defaultValue = "10000", description = "default: ${DEFAULT-VALUE}") int pods,
            @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}") long first) {
        SimulatedLog.show(false);
        return ScaleRun.print(first, nodes, pods) ? 0 : 1;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }

    @Override
    public Integer call() {
        SimulatedLog.show(log);
        WorldSettings settings = WorldSettings.STANDARD.storm(Duration.ofSeconds(storm)).with(plant);
        settings = calm ? settings.withoutFaults() : settings;
        SeedSeries series = new SeedSeries(settings);
        long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        for (long next = seed; next < seed + seeds || (minutes > 0 && System.nanoTime() < end); next++) {
            SeedRun run = series.run(next);
            System.out.print(run.report(settings));
            if (run.held() && log) {
                run.story().forEach(System.out::println);
            }
            SimulationFailedException failure = run.failure();
            if (failure != null && log) {
                failure.printStackTrace(System.out);
            }
        }
        System.out.println(series.summary());
        return series.failed() == 0 ? 0 : 1;
    }
}
