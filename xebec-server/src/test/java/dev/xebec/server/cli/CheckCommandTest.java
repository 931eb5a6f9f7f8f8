package dev.xebec.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.Json;
import dev.xebec.server.check.ClusterCheck.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckCommandTest {
    private static final List<Finding> FINDINGS = List.of(new Finding("caches", List.of()),
            new Finding("capacity of 2 nodes", List.of("node-0 has \"too\" much")));

    @Test
    void peopleReadLines() {
        assertThat(CheckCommand.text(FINDINGS)).isEqualTo("""
                good   caches
                WRONG  capacity of 2 nodes
                       node-0 has "too" much
                """);
    }

    @Test
    void machinesReadOneObject() {
        JsonNode page = Json.parse(CheckCommand.json(FINDINGS).getBytes(StandardCharsets.UTF_8));
        assertThat(page.path("good").asBoolean()).isFalse();
        assertThat(page.at("/findings/0/good").asBoolean()).isTrue();
        assertThat(page.at("/findings/1/violations/0").asText()).isEqualTo("node-0 has \"too\" much");
        assertThat(Json.parse(CheckCommand.json(List.of()).getBytes(StandardCharsets.UTF_8)).path("good").asBoolean())
                .isTrue();
    }
}
