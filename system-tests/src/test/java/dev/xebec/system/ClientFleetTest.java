package dev.xebec.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.simulator.history.History;
import dev.xebec.simulator.history.HistoryFile;
import dev.xebec.simulator.history.HistoryReport;
import dev.xebec.system.client.ClientFleet;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The clients and the checks on a cluster that loses a master once. */
@Timeout(900)
class ClientFleetTest {

    @Test
    void whatClientsSawIsRightAlthoughAMasterDies(@TempDir Path data) throws Exception {
        try (TestCluster cluster = TestCluster.up(data, "--masters", "3", "--runtime", "simulated", "--nodes", "20");
                ClientFleet fleet = ClientFleet.start(gateways(cluster), cluster.kubeconfig(), 1)) {
            awaitWrites(fleet, 300);
            cluster.signal(cluster.leader(), "KILL");
            awaitWrites(fleet, 300);
            History history = fleet.stop();
            HistoryFile.write(Path.of("target", "client-fleet.jsonl"), history);
            HistoryReport report = HistoryReport.check(history, fleet.finalState());
            System.out.println(report);
            assertThat(report.violations()).isEmpty();
            assertThat(cluster.check()).as("exit code of xebec check").isZero();
            for (HistoryReport.Checked checked : report.checked()) {
                assertThat(checked.size()).as(checked.check()).isPositive();
            }
        }
    }

    private static void awaitWrites(ClientFleet fleet, int more) throws Exception {
        long before = fleet.acknowledgedWrites();
        TestCluster.awaitTrue("more writes", () -> fleet.acknowledgedWrites() > before + more);
    }

    private static Map<String, URI> gateways(TestCluster cluster) throws Exception {
        Map<String, URI> gateways = new LinkedHashMap<>();
        for (JsonNode process : cluster.status().path("processes")) {
            if (!process.path("address").asText().isEmpty()) {
                gateways.put(process.path("name").asText(), URI.create(process.path("address").asText()));
            }
        }
        return gateways;
    }
}
