package dev.xebec.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar benchmarks.jar LOAD [options]}: prints one line of figures for each load. */
@Command(name = "benchmarks", mixinStandardHelpOptions = true, description = "Loads a Kubernetes API server and prints "
        + "figures.", subcommands = {CreateLoad.class, ChangeLoad.class, GetLoad.class, ListLoad.class, WatchLoad.class,
                ScheduleLoad.class, GapLoad.class, LifeLoad.class, RollLoad.class, DefinitionLoad.class,
                EventsLoad.class})
public final class Main implements Runnable {

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
