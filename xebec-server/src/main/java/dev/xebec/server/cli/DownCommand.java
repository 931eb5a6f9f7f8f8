package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.plan.ClusterFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code xebec down}: ends the cluster and keeps its data. */
@Command(name = "down", description = "Stop the cluster; its data stays.", mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    private static final long PATIENCE_SECONDS = 100;

    @Mixin
    private DataOption data;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        DataDirectory directory = data.directory();
        Optional<ClusterFile> file = directory.exists() ? ClusterFile.read(directory) : Optional.empty();
        Optional<ProcessHandle> supervisor = file.flatMap(found -> found.supervisor().alive());
        if (supervisor.isEmpty() && directory.locked()) {
            throw new StartupException("the cluster on " + directory.root()
                    + " is just starting, or was started by another build; try again, or end its process by hand");
        }
        if (supervisor.isPresent()) {
            supervisor.get().destroy();
            try {
                supervisor.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException stubborn) {
                throw new StartupException("the cluster did not stop within " + PATIENCE_SECONDS
                        + " s; its process is " + supervisor.get().pid());
            }
        }
        LeftBehind.end(file);
        System.out.println(supervisor.isPresent()
                ? "The cluster in " + directory.root() + " is stopped; start it again with ./xebec up"
                : "No cluster is running on " + directory.root());
        return 0;
    }
}
