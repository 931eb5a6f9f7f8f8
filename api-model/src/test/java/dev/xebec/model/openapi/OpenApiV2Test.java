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
        List<String> lost = document.findValuesAsText("$ref").stream().filter(each -> !each.isEmpty())
                .filter(each -> document.at(each.substring(1)).isMissingNode()).toList();
        assertThat(lost).isEmpty();
    }

    @Test
    void oldClientsSeeInTheOperationsWhetherADryRunIsPossible() {
        JsonNode patch = document.at("/paths/~1apis~1apps~1v1~1namespaces~1{namespace}~1deployments~1{name}/patch");
        assertThat(patch.path("operationId").asText()).isEqualTo("patchAppsV1NamespacedDeployment");
        assertThat(patch.path("parameters").findValuesAsText("name")).containsExactly("dryRun", "fieldValidation");
        assertThat(patch.path("consumes").toString()).contains("application/strategic-merge-patch+json");
        assertThat(patch.path("produces").toString()).isEqualTo(
                "[\"application/json\",\"application/yaml\",\"application/vnd.kubernetes.protobuf\"]");
        assertThat(document.at("/definitions/io.k8s.api.core.v1.ServicePort/properties/protocol/default").asText())
                .isEqualTo("TCP");
        assertThat(document.at("/definitions/io.k8s.api.core.v1.Binding/properties/target").has("default")).isFalse();
    }

    @Test
    void theMessageHasTheSamePaths() {
        List<byte[]> items = parts(parts(OpenApiV2.protobuf(KindRegistry.builtIn()), 8).get(0), 2);
        List<String> names = items.stream().map(item -> text(parts(item, 1).get(0))).toList();
        List<String> expected = new ArrayList<>();
        document.path("paths").fieldNames().forEachRemaining(expected::add);
        assertThat(names).isEqualTo(expected);
        byte[] deployment = parts(items.get(names.indexOf("/apis/apps/v1/namespaces/{namespace}/deployments/{name}")),
                2).get(0);
        byte[] patch = parts(deployment, 8).get(0);
        assertThat(text(parts(patch, 5).get(0))).isEqualTo("patchAppsV1NamespacedDeployment");
        assertThat(parts(patch, 8)).hasSize(5);
        assertThat(parts(patch, 13).stream().map(each -> text(parts(each, 1).get(0))).toList())
                .containsExactly("x-kubernetes-action", "x-kubernetes-group-version-kind");
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
