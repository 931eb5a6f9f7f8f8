package dev.xebec.node.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.Json;
import dev.xebec.node.registration.NodeConditions;
import dev.xebec.node.registration.NodeFacts;
import dev.xebec.node.registration.NodeRegistration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a node writes its status. */
class NodeReportTest {
    private static final String NODE = "/api/v1/nodes/n";
    private static final String STATUS = NODE + "/status";

    private final MemoryCluster cluster = new MemoryCluster();
    private final NodeRegistration registration = new NodeRegistration(new Resources(cluster),
            new NodeFacts("n", "127.0.0.1", Map.of(), 1_000, 1L << 30, 1L << 30, 110, "m", "b", "k", "os", "amd64",
                    "process://1", "v1"),
            () -> new NodeConditions(false, false, false), InstantSource.system(), Duration.ofSeconds(10),
            Duration.ofMinutes(5));

    private String ready() {
        for (JsonNode condition : cluster.find(NODE).status().path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText();
            }
        }
        return "none";
    }

    private long writes() {
        return cluster.requests().stream().filter(request -> request.path().equals(STATUS)).count();
    }

    @Test
    void whatTheApiAlreadyHasIsNotWrittenAgain() {
        registration.report();
        assertThat(ready()).isEqualTo("True");
        registration.report();
        assertThat(writes()).isEqualTo(1);
    }

    @Test
    void aNodeThatWasTakenForLostSaysAtItsNextReportThatItIsReady() {
        registration.report();
        ObjectNode lost = Json.object();
        lost.putObject("status").putArray("conditions").addObject().put("type", "Ready").put("status", "Unknown")
                .put("lastTransitionTime", "2026-01-01T00:00:00Z");
        cluster.send(new ApiRequest("PATCH", STATUS, Map.of(), "", "", Bytes.of(Json.bytes(lost)), null, ""));
        assertThat(ready()).isEqualTo("Unknown");
        registration.report();
        assertThat(ready()).isEqualTo("True");
    }
}
