package dev.xebec.model.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.Definitions;
import dev.xebec.model.kind.Kind;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomCellsTest {
    private static final ObjectNode OBJECT = Definitions.yaml("""
            metadata: {name: a, creationTimestamp: '2026-01-01T00:00:00Z', labels: {x.y/z: lab, 'a.b': dot}}
            spec: {replicas: 3, ratio: 1.5, on: true, list: [p, q, r], nothing: null}
            status:
              conditions: [{type: Ready, status: 'True', n: 5}, {type: Done, status: 'False', n: 7}]
            """);

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {".spec.replicas; integer; 3", ".spec.replicas; string; \"3\"",
            ".spec.replicas; number; 3.0", ".spec.replicas; boolean; null", ".spec.ratio; integer; 1",
            ".spec.on; boolean; true", ".spec.on; string; \"true\"", ".spec.missing; string; null",
            ".spec.missing.deeper; integer; null", ".spec.list; string; \"[\\\"p\\\",\\\"q\\\",\\\"r\\\"]\"",
            ".spec.list[1]; string; \"q\"", ".spec.list[-1]; string; \"r\"", ".spec.list[-1:]; string; \"r\"",
            ".spec.list[*]; string; \"p\"", ".spec.list[9]; string; null", ".metadata.labels['a.b']; string; \"dot\"",
            ".metadata.labels.a\\.b; string; \"dot\"", ".metadata.labels.x\\.y/z; string; \"lab\"",
            ".status.conditions[?(@.type==\"Done\")].status; string; \"False\"",
            ".status.conditions[?(@.type=='Ready')].n; integer; 5",
            ".status.conditions[?(@.n>5)].type; string; \"Done\"",
            ".status.conditions[?(@.type!=\"Ready\")].type; string; \"Done\"",
            ".status.conditions[?(@.absent)].type; string; null", "..n; integer; 5", ".spec.nothing; string; \"<nil>\"",
            ".metadata.creationTimestamp; date; \"24h\"", ".metadata.name; date; \"<invalid>\"", "[; string; null",
            ".status.conditions[0,1].n; integer; 5", ".spec.list[0:2:1]; string; \"p\"", ".spec.*; integer; 3"})
    void firstValueOfTheRightType(String path, String type, String wanted) {
        Kind.Column column = new Kind.Column("C", type, "", "", 0, path);
        assertThat(CustomCells.cell(column, OBJECT, Instant.parse("2026-01-02T00:00:00Z")).toString())
                .isEqualTo(wanted);
    }
}
