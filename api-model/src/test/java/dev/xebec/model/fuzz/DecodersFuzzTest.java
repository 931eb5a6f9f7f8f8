package dev.xebec.model.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.patch.Patches;
import dev.xebec.model.protobuf.ProtobufDecoder;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.selector.FieldSelector;
import dev.xebec.model.selector.LabelSelector;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.validation.Shape;
import dev.xebec.model.validation.Validation;
import dev.xebec.model.yaml.YamlDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What comes from outside is decoded or refused, never anything else. In the build each runs over its seeds;
 * {@code JAZZER_FUZZ=1} with one method's name searches for more, for as long as it says.
 */
class DecodersFuzzTest {
    private static final KindRegistry KINDS = KindRegistry.builtIn();
    private static final Kind PODS = KINDS.byResource(GroupVersionResource.PODS).orElseThrow();
    private static final ObjectNode POD = Json.parseObject("""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":{"app":"a"},"finalizers":["x.dev/a"]},
             "spec":{"containers":[{"name":"c","image":"i","ports":[{"containerPort":80,"protocol":"TCP"}],
             "env":[{"name":"A","value":"1"}]}],"tolerations":[{"key":"k"}]}}
            """.getBytes(StandardCharsets.UTF_8));

    private interface Step {
        void take();
    }

    /** Both are what callers expect of bad input. */
    private static void refusable(Step step) {
        try {
            step.take();
        } catch (IllegalArgumentException | RejectedException refused) {
            return;
        }
    }

    @FuzzTest(maxDuration = "60s")
    void json(byte[] input) {
        refusable(() -> admitted(Json.parseObject(input)));
    }

    @FuzzTest(maxDuration = "60s")
    void yaml(byte[] input) {
        refusable(() -> admitted(YamlDecoder.decode(input)));
    }

    @FuzzTest(maxDuration = "60s")
    void protobuf(byte[] input) {
        refusable(() -> ProtobufDecoder.decode(input, KINDS));
    }

    /** The length-prefixed envelope is guessed by nobody: here it is there, and the message within is fuzzed. */
    @FuzzTest(maxDuration = "60s")
    void protobufPod(byte[] input) {
        if (input.length < 100_000) {
            refusable(() -> admitted(ProtobufDecoder.decode(Envelope.of("v1", "Pod", input), KINDS)));
        }
    }

    @FuzzTest(maxDuration = "60s")
    void jsonPatch(byte[] input) {
        refusable(() -> Patches.json(POD, Json.parse(input)));
    }

    @FuzzTest(maxDuration = "60s")
    void mergePatch(byte[] input) {
        refusable(() -> admitted(Patches.merge(POD, Json.parse(input))));
    }

    @FuzzTest(maxDuration = "60s")
    void strategicPatch(byte[] input) {
        refusable(() -> {
            JsonNode patch = Json.parse(input);
            if (patch instanceof ObjectNode object && PODS.schema() instanceof Schema.Struct pod) {
                admitted(Patches.strategic(pod, POD, object));
            }
        });
    }

    @FuzzTest(maxDuration = "60s")
    void labelSelector(byte[] input) {
        refusable(() -> LabelSelector.parse(text(input)).matches(java.util.Map.of("a", "b")));
    }

    @FuzzTest(maxDuration = "60s")
    void fieldSelector(byte[] input) {
        refusable(() -> FieldSelector.parse(text(input), PODS));
    }

    @FuzzTest(maxDuration = "60s")
    void quantity(byte[] input) {
        refusable(() -> Quantity.parse(text(input)));
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** Through all that a body of a pod goes through. */
    private static void admitted(ObjectNode tree) {
        if (Shape.wrongType(PODS, tree).isPresent()) {
            return;
        }
        Shape.unknownFields(PODS, tree);
        Shape.prune(PODS, tree);
        Defaulting.apply(PODS, tree);
        Validation.create(PODS, tree);
    }
}
