package dev.xebec.server.cli;

import dev.xebec.server.plan.ClusterFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code xebec run}: one process of a cluster, as its configuration says; {@code up} starts these. */
@Command(name = "run", description = "Run one process of a cluster.", hidden = true, mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "the process's configuration")
    private Path config;
    @Option(names = "--end-with-parent", description = "end when standard input closes, and leave Ctrl-C to the parent")
    private boolean endWithParent;

    @Override
    public Integer call() throws InterruptedException {
        if (endWithParent) {
            ParentWatch.begin();
        }
        return ProcessLife.live(ClusterFile.readConfig(config));
    }
}
