package dev.xebec.server.cli;

import dev.xebec.server.log.LogSetup;
import dev.xebec.server.plan.ProcessConfig;
import dev.xebec.server.role.AddressWatch;
import dev.xebec.server.role.RoleSetting;
import dev.xebec.server.role.RoleSettings;
import dev.xebec.server.role.ThisMachine;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xebec ROLE}: one service in a process of its own, which finds the others of its cluster by itself. */
@Command(description = "Run one service in a process of its own. Each flag is also a name in the file of --config and, as XEBEC_…, in the "
        + "environment; flags win over the environment, and that over the file.", mixinStandardHelpOptions = true)
final class RoleCommand implements Callable<Integer> {
    static final List<String> ROLES = List.of(ProcessConfig.STATE, ProcessConfig.GATEWAY, ProcessConfig.SCHEDULER,
            ProcessConfig.CONTROLLER, ProcessConfig.EVENTS, ProcessConfig.NODE);

    private final String role;

    @Spec
    private @Nullable CommandSpec spec;
    @Option(names = "--config", paramLabel = "FILE", description = "a file of settings, YAML or .properties")
    private @Nullable Path file;

    RoleCommand(String role) {
        this.role = role;
    }

    @Override
    public Integer call() throws InterruptedException, SocketException {
        ProcessConfig process = SettingFlags.read(Objects.requireNonNull(spec), role, file, settings -> {
            String format = settings.choice(RoleSetting.LOG_FORMAT.key(), LogSetup.TEXT,
                    Set.of(LogSetup.TEXT, LogSetup.JSON));
            ProcessConfig config = RoleSettings.read(role, settings, new ThisMachine());
            LogSetup.of(config.process(), format);
            return config;
        });
        AddressWatch.start(process.host());
        return ProcessLife.live(process);
    }
}
