package dev.xebec.controller.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotedSightingsTest {
    private Instant day = Instant.parse("2026-01-01T00:00:00Z");
    private Instant steady = Instant.parse("2000-01-01T00:00:00Z");
    private final NotedSightings sightings = new NotedSightings(() -> day, () -> steady);

    @ParameterizedTest
    @ValueSource(ints = {10, -10})
    void aTimeOfDayThatIsSetMakesNoNodeSilentAndHidesNone(int minutes) {
        ApiObject lease = lease("2026-01-01T00:00:00.000000Z");
        sightings.renewed("a", lease);
        pass(Duration.ofSeconds(30));
        day = day.plus(Duration.ofMinutes(minutes));
        assertThat(sightings.renewed("a", lease)).contains(day.minusSeconds(30));
        assertThat(sightings.renewed("a", null)).contains(day.minusSeconds(30));
        pass(Duration.ofSeconds(15));
        assertThat(sightings.renewed("a", lease)).contains(day.minusSeconds(45));
        assertThat(sightings.renewed("a", lease("2026-01-01T00:00:10.000000Z"))).contains(day);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, -10})
    void norDoesItChangeForHowLongANodeIsGone(int minutes) {
        assertThat(sightings.goneSince("a")).contains(day);
        day = day.plus(Duration.ofMinutes(minutes));
        pass(Duration.ofSeconds(20));
        assertThat(sightings.goneSince("a")).contains(day.minusSeconds(20));
    }

    private void pass(Duration time) {
        day = day.plus(time);
        steady = steady.plus(time);
    }

    private static ApiObject lease(String renewed) {
        ObjectNode tree = Json.object().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        tree.putObject("metadata").put("namespace", "kube-node-lease").put("name", "a");
        tree.putObject("spec").put("renewTime", renewed);
        return ApiObject.of(tree);
    }
}
