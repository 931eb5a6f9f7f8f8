package dev.xebec.server.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.server.StartupException;
import dev.xebec.server.check.AdminConnection;
import dev.xebec.server.check.ClusterCheck;
import dev.xebec.server.check.ClusterCheck.Finding;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.plan.ClusterFile;
import dev.xebec.server.plan.ProcessConfig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code xebec check}: whether what always has to be so is so now; exit code 1 when it is not, or nobody can tell. */
@Command(name = "check", description = "Check the running cluster's invariants.", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Mixin
    private ClusterOption cluster;
    @Option(names = "--gateway", split = ",", paramLabel = "URL", description = "with --kubeconfig, each gateway's own address; without, "
            + "the one that it names is asked")
    private List<URI> gateways = new ArrayList<>();
    @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", description = "text or json", defaultValue = "text")
    private String output;

    @Override
    public Integer call() throws InterruptedException {
        if (!output.equals("text") && !output.equals("json")) {
            throw new StartupException("-o is text or json, not " + output);
        }
        if (!gateways.isEmpty() && !cluster.elsewhere()) {
            throw new ParameterException(spec.commandLine(), "--gateway goes with --kubeconfig");
        }
        try (AdminConnection connection = cluster.connect()) {
            List<Finding> findings = new ClusterCheck(connection, gateways(connection)).run();
            System.out.print(output.equals("json") ? json(findings) : text(findings));
            return good(findings) ? 0 : 1;
        } catch (IOException unanswered) {
            throw new StartupException("the cluster cannot be checked: " + unanswered.getMessage(), unanswered);
        }
    }

    private Map<String, URI> gateways(AdminConnection connection) {
        if (!cluster.elsewhere()) {
            DataDirectory directory = cluster.running();
            return gateways(ClusterFile.read(directory).orElseThrow(
                    () -> new StartupException("the cluster in " + directory.root() + " is just starting")));
        }
        Map<String, URI> named = new LinkedHashMap<>();
        for (URI gateway : gateways.isEmpty() ? List.of(connection.server()) : gateways) {
            if (gateway.getHost() == null || !"https".equals(gateway.getScheme())) {
                throw new ParameterException(spec.commandLine(),
                        "--gateway has to be https://HOST:PORT,…, not " + gateway);
            }
            named.put(gateway.getAuthority(), gateway);
        }
        return named;
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

    private static boolean good(List<Finding> findings) {
        return findings.stream().allMatch(finding -> finding.violations().isEmpty());
    }

    static String text(List<Finding> findings) {
        StringBuilder lines = new StringBuilder();
        for (Finding finding : findings) {
            lines.append(finding.violations().isEmpty() ? "good   " : "WRONG  ").append(finding.what()).append('\n');
            finding.violations().forEach(violation -> lines.append("       ").append(violation).append('\n'));
        }
        return lines.toString();
    }

    static String json(List<Finding> findings) {
        ObjectNode page = Json.object().put("good", good(findings));
        ArrayNode all = page.putArray("findings");
        for (Finding finding : findings) {
            ArrayNode violations = all.addObject().put("what", finding.what())
                    .put("good", finding.violations().isEmpty()).putArray("violations");
            finding.violations().forEach(violations::add);
        }
        return page.toPrettyString() + "\n";
    }
}
