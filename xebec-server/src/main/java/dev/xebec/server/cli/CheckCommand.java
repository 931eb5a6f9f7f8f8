package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.check.AdminConnection;
import dev.xebec.server.check.ClusterCheck;
import dev.xebec.server.check.ClusterCheck.Finding;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.plan.ClusterFile;
import dev.xebec.server.plan.ProcessConfig;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code xebec check}: whether what always has to be so is so now; exit code 1 when it is not, or nobody can tell. */
@Command(name = "check", description = "Check the running cluster's invariants.", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Override
    public Integer call() throws InterruptedException {
        DataDirectory directory = data.directory();
        AdminAccess.requireRunning(directory);
        ClusterFile file = ClusterFile.read(directory)
                .orElseThrow(() -> new StartupException("the cluster in " + directory.root() + " is just starting"));
        try (AdminConnection connection = AdminAccess.connect(directory)) {
            return print(new ClusterCheck(connection, gateways(file)).run());
        } catch (IOException unanswered) {
            throw new StartupException("the cluster cannot be checked: " + unanswered.getMessage(), unanswered);
        }
    }

    private static Map<String, URI> gateways(ClusterFile file) {
        Map<String, URI> gateways = new LinkedHashMap<>();
        for (ProcessConfig process : file.plan().processes()) {
            if (process.runs(ProcessConfig.GATEWAY)) {
                gateways.put(process.process(),
                        URI.create("https://" + process.host() + ":" + process.gatewayPort()));
            }
        }
        return gateways;
    }

    private static int print(List<Finding> findings) {
        boolean good = true;
        for (Finding finding : findings) {
            good &= finding.violations().isEmpty();
            System.out.println((finding.violations().isEmpty() ? "good   " : "WRONG  ") + finding.what());
            finding.violations().forEach(violation -> System.out.println("       " + violation));
        }
        return good ? 0 : 1;
    }
}
