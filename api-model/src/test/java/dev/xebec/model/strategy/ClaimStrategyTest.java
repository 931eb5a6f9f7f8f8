package dev.xebec.model.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.yaml.YamlDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimStrategyTest {

    private static ObjectNode claim(String spec) {
        return YamlDecoder.decode(("{spec: " + spec + ", status: {phase: Bound}}").getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode value(String yaml) {
        return YamlDecoder.decode(("v: " + yaml).getBytes(StandardCharsets.UTF_8)).path("v");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            // Either field follows from the other.
            "{dataSource: {kind: PersistentVolumeClaim, name: a}} "
                    + "| {dataSource: {kind: PersistentVolumeClaim, name: a}, dataSourceRef: {kind: PersistentVolumeClaim, name: a}}",
            "{dataSourceRef: {apiGroup: g, kind: K, name: a}} "
                    + "| {dataSource: {apiGroup: g, kind: K, name: a}, dataSourceRef: {apiGroup: g, kind: K, name: a}}",
            // The older one knows claims and snapshots only, and drops what else it is told.
            "{dataSource: {apiGroup: g, kind: K, name: a}} | {}",
            "{dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: a}, dataSourceRef: {kind: K, name: b}} "
                    + "| {dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: a}, dataSourceRef: {kind: K, name: b}}",
            // Sources in other namespaces are not taken.
            "{dataSourceRef: {apiGroup: g, kind: K, name: a, namespace: b}} | {}"})
    void bothFieldsSayWhatFillsAClaim(String sent, String kept) {
        ObjectNode claim = claim(sent);
        new ClaimStrategy().prepareCreate(claim);
        assertThat(claim.path("spec")).isEqualTo(value(kept));
        assertThat(claim.path("status").path("phase").asText()).isEqualTo("Pending");
    }

    @Test
    void whatAClaimWasOnceToldStays() {
        String spec = "{dataSource: {apiGroup: g, kind: K, name: a}, dataSourceRef: {apiGroup: g, kind: K, name: a}}";
        ObjectNode now = claim(spec);
        new ClaimStrategy().prepareUpdate(now, claim(spec));
        assertThat(now.path("spec")).isEqualTo(value(spec));
    }
}
