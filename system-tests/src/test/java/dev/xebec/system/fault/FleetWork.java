package dev.xebec.system.fault;

import dev.xebec.server.check.AdminConnection;
import dev.xebec.server.check.ClusterCheck;
import dev.xebec.simulator.history.Gaps;
import dev.xebec.simulator.history.History;
import dev.xebec.simulator.history.HistoryFile;
import dev.xebec.simulator.history.HistoryReport;
import dev.xebec.system.client.ClientFleet;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Writers with compare-and-set, lists, watches, informers and rolling Deployments, whose history is judged; and in the
 * end every gateway's cache against its store, the nodes' capacity and the owners' pods.
 */
final class FleetWork implements Workload {
    private final FaultCluster cluster;
    private final ClientFleet fleet;
    private History history = new History(List.of());

    /** Starts the clients; the cluster is settled. */
    FleetWork(FaultCluster cluster, long seed) throws Exception {
        this.cluster = cluster;
        fleet = ClientFleet.start(cluster.gateways(), cluster.kubeconfig(), seed);
    }

    @Override
    public void stop() throws Exception {
        history = fleet.stop();
    }

    @Override
    public List<String> violations() throws Exception {
        HistoryReport report = HistoryReport.check(history, fleet.finalState());
        System.out.println(report);
        List<String> violations = new ArrayList<>(report.violations().stream().map(Object::toString).toList());
        if (!violations.isEmpty()) {
            HistoryFile.write(cluster.logs().resolve("history.jsonl"), history);
        }
        try (AdminConnection connection = new AdminConnection(Files.readAllBytes(cluster.kubeconfig()))) {
            for (ClusterCheck.Finding finding : new ClusterCheck(connection, cluster.gateways()).run()) {
                violations.addAll(finding.violations());
            }
        }
        return violations;
    }

    /** What users had to wait for between two moments of {@link System#nanoTime()}. After {@link #stop}. */
    Gaps gaps(long from, long to) {
        return Gaps.of(history.between(from, to));
    }

    @Override
    public void close() {
        try {
            fleet.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
