package dev.xebec.model.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiV2Test {
    private final ObjectNode document = Json.parseObject(OpenApiV2.json(KindRegistry.builtIn()));

    @Test
    void definitionsReferToEachOtherAsInVersionTwo() {
        JsonNode deployment = document.at("/definitions/io.k8s.api.apps.v1.Deployment");
        assertThat(deployment.at("/properties/spec/$ref").asText())
                .isEqualTo("#/definitions/io.k8s.api.apps.v1.DeploymentSpec");
        assertThat(deployment.at("/x-kubernetes-group-version-kind/0/kind").asText()).isEqualTo("Deployment");
        assertThat(document.at("/definitions/io.k8s.apimachinery.pkg.util.intstr.IntOrString/type").asText())
                .isEqualTo("string");
        assertThat(document.toString()).doesNotContain("\"allOf\":[", "\"oneOf\":[", "#/components");
    }

    @Test
    void everyReferenceLeadsToADefinition() {
        List<String> lost = document.findValuesAsText("$ref").stream().map(each -> each.replace("#/definitions/", ""))
                .filter(each -> !each.isEmpty() && !document.path("definitions").has(each)).toList();
        assertThat(lost).isEmpty();
    }

    @Test
    void theMessageHasTheSameDefinitions() {
        byte[] message = OpenApiV2.protobuf(KindRegistry.builtIn());
        List<String> names = new ArrayList<>();
        for (byte[] each : parts(parts(message, 9).get(0), 1)) {
            names.add(text(parts(each, 1).get(0)));
        }
        List<String> expected = new ArrayList<>();
        document.path("definitions").fieldNames().forEachRemaining(expected::add);
        assertThat(names).isEqualTo(expected);
        assertThat(text(parts(message, 1).get(0))).isEqualTo("2.0");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The parts of a message that have this number; all parts of it have a length. */
    private static List<byte[]> parts(byte[] message, int field) {
        List<byte[]> parts = new ArrayList<>();
        int[] at = {0};
        while (at[0] < message.length) {
            int tag = varint(message, at);
            assertThat(tag & 7).isEqualTo(2);
            int length = varint(message, at);
            if (tag >>> 3 == field) {
                parts.add(java.util.Arrays.copyOfRange(message, at[0], at[0] + length));
            }
            at[0] += length;
        }
        return parts;
    }

    private static int varint(byte[] message, int[] at) {
        int value = 0;
        for (int shift = 0;; shift += 7) {
            byte next = message[at[0]++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
