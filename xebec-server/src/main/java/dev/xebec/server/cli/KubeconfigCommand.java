package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.layout.DataDirectory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code xebec kubeconfig}: prints the administrator's kubeconfig. */
@Command(name = "kubeconfig", description = "Print the cluster's kubeconfig.", mixinStandardHelpOptions = true)
final class KubeconfigCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Override
    public Integer call() {
        DataDirectory directory = data.directory();
        System.out.print(DataDirectory.readIfThere(directory.kubeconfig())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new StartupException(
                        "there is no cluster in " + directory.root() + "; make one with ./xebec up")));
        return 0;
    }
}
