package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.check.AdminConnection;
import dev.xebec.server.layout.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whom to speak to: the cluster of a data folder, or that of a kubeconfig. */
final class ClusterOption {
    private static final int MAX_SECONDS = 3_600;

    @Mixin
    private DataOption data;
    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "an administrator's kubeconfig, for a cluster "
            + "elsewhere")
    private @Nullable Path kubeconfig;
    @Option(names = "--connect-timeout", paramLabel = "SECONDS", description = "how long a connection to the API is waited for, "
            + "1 to 3600 (default: ${DEFAULT-VALUE})", defaultValue = "20")
    private int connectSeconds;
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Whether it is known by a kubeconfig alone. */
    boolean elsewhere() {
        return kubeconfig != null;
    }

    /** The data folder of the cluster, which has to run. */
    DataDirectory running() {
        DataDirectory directory = data.directory();
        AdminAccess.requireRunning(directory);
        return directory;
    }

    AdminConnection connect() throws IOException {
        if (connectSeconds < 1 || connectSeconds > MAX_SECONDS) {
            throw new ParameterException(command.commandLine(),
                    "--connect-timeout has to be 1 to " + MAX_SECONDS + " seconds, not " + connectSeconds);
        }
        Duration patience = Duration.ofSeconds(connectSeconds);
        Path file = kubeconfig;
        if (file == null) {
            return AdminAccess.connect(running(), patience);
        }
        if (!Files.isRegularFile(file)) {
            throw new StartupException("there is no kubeconfig " + file);
        }
        return new AdminConnection(Files.readAllBytes(file), patience);
    }
}
