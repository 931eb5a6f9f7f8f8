package dev.xebec.model.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema.Struct;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtobufDecoderTest {
    private static final KindRegistry REGISTRY = KindRegistry.builtIn();

    static byte[] envelope(String apiVersion, String kind, Message message) {
        return envelope(apiVersion, kind, message.toByteString());
    }

    static byte[] envelope(String apiVersion, String kind, ByteString raw) {
        return ByteString.copyFrom(new byte[]{'k', '8', 's', 0}).concat(Runtime.Unknown.newBuilder()
                .setTypeMeta(Runtime.TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind)).setRaw(raw)
                .setContentEncoding("").setContentType("").build().toByteString()).toByteArray();
    }

    private static ObjectNode decode(String apiVersion, String kind, Message message) {
        return ProtobufDecoder.decode(envelope(apiVersion, kind, message), REGISTRY);
    }

    static List<GroupVersionKind> bodies() {
        List<GroupVersionKind> bodies = new ArrayList<>(List.of(new GroupVersionKind("", "v1", "DeleteOptions"),
                new GroupVersionKind("", "v1", "Status"), new GroupVersionKind("autoscaling", "v1", "Scale"),
                new GroupVersionKind("policy", "v1", "Eviction"),
                new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest"),
                new GroupVersionKind("apps", "v1", "DeploymentList"),
                new GroupVersionKind("meta.k8s.io", "v1", "APIResourceList")));
        REGISTRY.all().stream().map(Kind::name).forEach(bodies::add);
        return bodies.stream().filter(name -> PublishedDescriptors.message(typeName(name)).isPresent()).toList();
    }

    private static String typeName(GroupVersionKind name) {
        return REGISTRY.body(name).map(Struct::typeName).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aMessageWithEveryFieldSetBecomesTheJsonThatItMeans(GroupVersionKind name) {
        FilledMessages.Filled filled = new FilledMessages()
                .fill(PublishedDescriptors.message(typeName(name)).orElseThrow());
        ObjectNode expected = Json.object().put("apiVersion", name.apiVersion()).put("kind", name.kind());
        expected.setAll((ObjectNode) filled.json());
        ObjectNode decoded = decode(name.apiVersion(), name.kind(), filled.message());
        List<String> differences = new ArrayList<>();
        compare("", Json.parse(Json.bytes(expected)), Json.parse(Json.bytes(decoded)), differences);
        assertThat(differences).isEmpty();
    }

    private static void compare(String path, JsonNode expected, JsonNode decoded, List<String> differences) {
        if (expected.isObject() && decoded.isObject()) {
            Set<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            decoded.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "/" + name, expected.path(name), decoded.path(name), differences));
        } else if (expected.isArray() && decoded.size() == expected.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(path + "/" + i, expected.get(i), decoded.path(i), differences);
            }
        } else if (!expected.equals(decoded)) {
            differences.add(path + ": " + expected + " became " + decoded);
        }
    }

    @Test
    void mostKindsAreComparedWithPublishedDescriptors() {
        assertThat(bodies()).hasSizeGreaterThan(75);
    }

    @Test
    void zerosThatGoWritesAreLeftOutAndZerosThatSaySomethingStay() {
        ObjectNode deployment = decode("apps/v1", "Deployment", V1Apps.Deployment.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("web").setNamespace("").setGeneration(0)
                        .setCreationTimestamp(Meta.Time.getDefaultInstance()))
                .setSpec(V1Apps.DeploymentSpec.newBuilder().setReplicas(0).setMinReadySeconds(0).setPaused(false))
                .setStatus(V1Apps.DeploymentStatus.newBuilder().setReplicas(0)).build());
        assertThat(deployment).isEqualTo(Json.parseObject("""
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {"replicas": 0},
                 "status": {}}""".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void aZeroGracePeriodIsNotForgotten() {
        ObjectNode options = decode("apps/v1", "DeleteOptions",
                Meta.DeleteOptions.newBuilder().setGracePeriodSeconds(0).setOrphanDependents(false).build());
        assertThat(options.path("gracePeriodSeconds").isIntegralNumber()).isTrue();
        assertThat(options.path("orphanDependents").isBoolean()).isTrue();
    }

    @Test
    void emptyValuesOfAMapStay() {
        ObjectNode secret = decode("v1", "Secret", V1.Secret.newBuilder().putData("empty", ByteString.EMPTY)
                .putStringData("text", "").build());
        assertThat(secret.path("data").path("empty").textValue()).isEmpty();
        assertThat(secret.path("stringData").path("text").textValue()).isEmpty();
    }

    @Test
    void aMessageInTwoPiecesIsOne() {
        ByteString one = V1.Pod.newBuilder().setSpec(V1.PodSpec.newBuilder().setNodeName("n1")
                .addContainers(V1.Container.newBuilder().setName("a"))).build().toByteString();
        ByteString two = V1.Pod.newBuilder().setSpec(V1.PodSpec.newBuilder().setNodeName("n2")
                .addContainers(V1.Container.newBuilder().setName("b"))).build().toByteString();
        ObjectNode pod = ProtobufDecoder.decode(envelope("v1", "Pod", one.concat(two)), REGISTRY);
        assertThat(pod.path("spec").path("nodeName").textValue()).isEqualTo("n2");
        assertThat(pod.path("spec").path("containers").findValuesAsText("name")).containsExactly("a", "b");
    }

    @Test
    void fieldsOfNewerVersionsArePassedOver() {
        ByteString unknown = ByteString.copyFrom(new byte[]{(byte) 0x92, 0x7d, 2, 8, 1});
        ByteString pod = V1.Pod.newBuilder().setSpec(V1.PodSpec.newBuilder().setNodeName("n")).build().toByteString();
        assertThat(ProtobufDecoder.decode(envelope("v1", "Pod", unknown.concat(pod)), REGISTRY).path("spec")
                .path("nodeName").textValue()).isEqualTo("n");
    }

    @Test
    void packedNumbersAreRead() {
        // supplementalGroups: field 4, packed: 1, 300.
        ByteString context = ByteString.copyFrom(new byte[]{0x22, 3, 1, (byte) 0xac, 2});
        ByteString spec = ByteString.copyFrom(new byte[]{0x72, (byte) context.size()}).concat(context);
        ByteString pod = ByteString.copyFrom(new byte[]{0x12, (byte) spec.size()}).concat(spec);
        assertThat(ProtobufDecoder.decode(envelope("v1", "Pod", pod), REGISTRY)
                .at("/spec/securityContext/supplementalGroups")
                .toString()).isEqualTo("[1,300]");
    }

    static Stream<byte[]> malformed() {
        return Stream.of(new byte[]{}, new byte[]{'k', '8', 's'},
                "{\"kind\":\"Pod\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                new byte[]{'k', '8', 's', 0}, new byte[]{'k', '8', 's', 0, 0x0a, 0x7f},
                envelope("v1", "Ship", ByteString.EMPTY), envelope("v1", "Pod", ByteString.copyFrom(new byte[]{0x0a})),
                envelope("v1", "Pod", ByteString.copyFrom(new byte[]{0x0a, 5, 1})),
                envelope("v1", "Pod", ByteString.copyFrom(new byte[]{0x08, 1})),
                envelope("v1", "Pod", ByteString.copyFrom(new byte[]{0x0b})),
                envelope("v1", "Pod", ByteString.copyFrom(new byte[]{0x0a, 3, 0x0a, 1, (byte) 0xff})),
                envelope("apps/v1", "ControllerRevision", V1Apps.ControllerRevision.newBuilder()
                        .setData(Runtime.RawExtension.newBuilder().setRaw(ByteString.copyFromUtf8("{"))).build()),
                envelope("v1", "Pod", ByteString.copyFrom(
                        new byte[]{0x0a, 12, 0x42, 10, 8, -1, -1, -1, -1, -1, -1, -1, -1, 127})));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedBodyIsAnIllegalArgument(byte[] body) {
        assertThatThrownBy(() -> ProtobufDecoder.decode(body, REGISTRY)).isInstanceOf(IllegalArgumentException.class)
                .message().isNotBlank();
    }

    @Test
    void anEncodedBodyOfAnotherTypeIsRefused() {
        byte[] body = ByteString.copyFrom(new byte[]{'k', '8', 's', 0}).concat(Runtime.Unknown.newBuilder()
                .setTypeMeta(Runtime.TypeMeta.newBuilder().setApiVersion("v1").setKind("Pod"))
                .setContentEncoding("gzip").build().toByteString()).toByteArray();
        assertThatThrownBy(() -> ProtobufDecoder.decode(body, REGISTRY)).hasMessageContaining("gzip");
    }

    @Test
    void nestingIsBounded() {
        ByteString schema = ByteString.EMPTY;
        for (int i = 0; i < 1_000; i++) {
            schema = lengthPrefixed(28, schema);
        }
        ByteString version = lengthPrefixed(4, lengthPrefixed(1, schema));
        ByteString crd = lengthPrefixed(2, lengthPrefixed(7, version));
        assertThatThrownBy(() -> ProtobufDecoder.decode(
                envelope("apiextensions.k8s.io/v1", "CustomResourceDefinition", crd), REGISTRY))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("inside each other");
    }

    @Test
    void theNumberOfValuesIsBounded() {
        ByteString.Output many = ByteString.newOutput();
        for (int i = 0; i <= ProtobufDecoder.MAX_VALUES; i++) {
            many.write(0x12);
            many.write(0);
        }
        assertThatThrownBy(() -> ProtobufDecoder.decode(envelope("v1", "PodList", many.toByteString()), REGISTRY))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("values");
    }

    private static ByteString lengthPrefixed(int field, ByteString value) {
        var unknown = com.google.protobuf.UnknownFieldSet.newBuilder().addField(field,
                com.google.protobuf.UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build());
        return unknown.build().toByteString();
    }

    /** Go's own clients write every kind of Kubernetes in protobuf, the newest ones too. */
    @Test
    void everyKindIsSpoken() {
        assertThat(REGISTRY.all()).allMatch(kind -> ProtobufEncoder.speaks(kind.schema()));
    }
}
