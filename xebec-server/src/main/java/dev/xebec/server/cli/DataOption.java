package dev.xebec.server.cli;

import dev.xebec.server.layout.DataDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data DIR}, the environment's {@code XEBEC_DATA}, or the standard folder. */
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", description = "folder of the cluster (default: $XEBEC_DATA, or "
            + "~/.local/state/xebec/default)")
    private @Nullable Path folder;

    DataDirectory directory() {
        if (folder != null) {
            return new DataDirectory(folder);
        }
        String environment = System.getenv("XEBEC_DATA");
        return new DataDirectory(
                environment == null || environment.isEmpty() ? DataDirectory.standard() : Path.of(environment));
    }
}
