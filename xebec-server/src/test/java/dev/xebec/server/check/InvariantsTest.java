package dev.xebec.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.quantity.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvariantsTest {
    private static final JsonNode NODES = list("""
            {"metadata":{"name":"n1"},"status":{"allocatable":{"cpu":"1","memory":"1Gi","pods":"3"}}}""");
    private static final JsonNode COUNTED = list("{\"metadata\":{\"name\":\"n1\"},\"spec\":{\"binds\":9}}");

    private static JsonNode list(String... items) {
        ObjectNode list = Json.object();
        for (String item : items) {
            list.withArray("items").add(Json.parse(item.getBytes(StandardCharsets.UTF_8)));
        }
        return list;
    }

    private static String pod(String name, String cpu, String phase) {
        return """
                {"metadata":{"name":"%s","ownerReferences":[{"uid":"set","controller":true}]},"spec":{"nodeName":"n1",
                "containers":[{"resources":{"requests":{"cpu":"%s"}}}]},"status":{"phase":"%s"}}"""
                .formatted(name, cpu, phase);
    }

    @Test
    void aNodeMayBeFullAndNotMore() {
        assertThat(Invariants.overCommitted(NODES, list(pod("a", "500m", "Running"), pod("b", "500m", "Pending")),
                COUNTED)).isEmpty();
        assertThat(Invariants.overCommitted(NODES, list(pod("a", "500m", "Running"), pod("b", "501m", "Pending")),
                COUNTED)).singleElement().asString().contains("node n1 has 1 of cpu", "1001m");
    }

    @Test
    void podsThatHaveFinishedTakeNoRoomAndAllOthersAPlace() {
        assertThat(Invariants.overCommitted(NODES, list(pod("a", "1", "Running"), pod("b", "1", "Succeeded"),
                pod("c", "1", "Failed")), COUNTED)).isEmpty();
        assertThat(Invariants.overCommitted(NODES, list(pod("a", "0", "Running"), pod("b", "0", "Running"),
                pod("c", "0", "Running"), pod("d", "0", "Running")), COUNTED)).singleElement().asString()
                .contains("3 of pods", "ask for 4");
    }

    @Test
    void whatANodeDoesNotHaveCannotBeTaken() {
        String pod = pod("a", "1", "Running").replace("\"cpu\"", "\"example.com/gpu\"");
        assertThat(Invariants.overCommitted(NODES, list(pod), COUNTED)).singleElement().asString()
                .contains("0 of example.com/gpu");
    }

    @Test
    void everyPodOnANodeWasCounted() {
        assertThat(Invariants.overCommitted(NODES, list(pod("a", "0", "Running")), list())).singleElement().asString()
                .contains("has 1 pods", "0 were counted");
    }

    @Test
    void anOwnerHasNoMorePodsThanItAsksFor() {
        JsonNode one = list(
                "{\"metadata\":{\"name\":\"s\",\"namespace\":\"d\",\"uid\":\"set\"},\"spec\":{\"replicas\":1}}");
        String ending = pod("b", "0", "Running").replace("\"name\"", "\"deletionTimestamp\":\"x\",\"name\"");
        assertThat(Invariants.surplus(one, list(pod("a", "0", "Running"), ending, pod("c", "0", "Failed")))).isEmpty();
        assertThat(Invariants.surplus(one, list(pod("a", "0", "Running"), pod("b", "0", "Running"))))
                .containsEntry("set", "d/s asks for 1 pods and has 2: a, b");
    }

    @Test
    void aPodAsksForItsContainersOrItsGreatestInitContainer() {
        JsonNode spec = Json.parse("""
                {"overhead":{"cpu":"10m"},"containers":[{"resources":{"requests":{"cpu":"1","memory":"1Mi"}}}],
                "initContainers":[{"restartPolicy":"Always","resources":{"requests":{"cpu":"100m"}}},
                {"resources":{"requests":{"cpu":"500m","memory":"5Mi"}}}]}""".getBytes(StandardCharsets.UTF_8));
        assertThat(PodRequest.of(spec)).isEqualTo(Map.of("cpu", Quantity.parse("1110m"), "memory",
                Quantity.parse("5Mi")));
    }
}
