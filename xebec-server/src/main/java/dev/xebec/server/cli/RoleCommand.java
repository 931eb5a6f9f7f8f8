package dev.xebec.server.cli;

import dev.xebec.server.plan.ClusterFile;
import dev.xebec.server.plan.ProcessConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code xebec ROLE}: one service in a process of its own. */
@Command(description = "Run one service in a process of its own.", mixinStandardHelpOptions = true)
final class RoleCommand implements Callable<Integer> {
    static final List<String> ROLES = List.of(ProcessConfig.STATE, ProcessConfig.GATEWAY, ProcessConfig.SCHEDULER,
            ProcessConfig.CONTROLLER, ProcessConfig.EVENTS, ProcessConfig.NODE);

    private final String role;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "the process's configuration, JSON "
            + "or YAML")
    private Path config;

    RoleCommand(String role) {
        this.role = role;
    }

    @Override
    public Integer call() throws InterruptedException {
        return ProcessLife.live(ClusterFile.readConfig(config).only(List.of(role)));
    }
}
