package dev.xebec.gateway.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.conversion.WebhookConverter;
import dev.xebec.model.custom.CustomResourceKinds;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a conversion webhook is asked, and what is made of what it says. */
class WebhookConversionTest {
    private final Kind kind = CustomResourceKinds.of(tree(Ships.two().replace("'versions'",
            "'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v9','v1','v1beta1'],"
                    + "'clientConfig':{'url':'https://localhost:9/convert'}}},'versions'")))
            .get(1);

    @Test
    void objectsComeBackInTheirOrderWithTheMetadataThatTheyHad() {
        List<ObjectNode> converted = convert(answer -> {
            answer.at("/response/convertedObjects").forEach(object -> {
                ObjectNode metadata = (ObjectNode) object.get("metadata");
                metadata.put("resourceVersion", "666").put("generation", 9).putObject("labels").put("by", "webhook");
                metadata.putArray("finalizers").add("mine/now");
            });
            return answer;
        });
        assertThat(converted).extracting(one -> one.at("/metadata/name").asText()).containsExactly("a", "b");
        assertThat(converted).allSatisfy(one -> {
            assertThat(one.path("apiVersion").asText()).isEqualTo("example.com/v2");
            assertThat(one.at("/metadata/resourceVersion").asText()).isEqualTo("7");
            assertThat(one.at("/metadata/labels/by").asText()).isEqualTo("webhook");
            assertThat(one.at("/metadata/finalizers").isMissingNode()).isTrue();
            assertThat(one.at("/metadata/generation").isMissingNode()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /response/uid|"other"|failed: expected response.uid=
            /response/result/status|"Failure"|failed: response.result.status was 'Failure', not 'Success'
            /response/result/message|"no way"|OK
            /response/convertedObjects|[]|returned 0 objects, expected 2
            /response/convertedObjects/0/apiVersion|"example.com/v3"|invalid groupVersion (expected example.com/v2, received example.com/v3)
            /response/convertedObjects/1/kind|"Boat"|at index 1: invalid kind (expected Ship, received Boat)
            /response/convertedObjects/1/metadata/name|"c"|returned invalid object: must have the same name: b != c
            /response/convertedObjects/0/metadata/uid|"x"|returned invalid object: must have the same UID: u-a != x
            /response/convertedObjects/0/metadata/labels|{"a":1}|returned invalid metadata: metadata.labels
            /response/convertedObjects/0/metadata/labels|{"a b":"1"}|returned invalid metadata: metadata.labels: Invalid value: "a b": name part must
            /response/convertedObjects/0/metadata/labels|{"a":"b c"}|returned invalid metadata: metadata.labels: Invalid value: "b c": a valid label must
            /response/convertedObjects/0/metadata/annotations|{"a/b/c":"1"}|returned invalid metadata: metadata.annotations: Invalid value: "a/b/c": a valid label key
            /response/convertedObjects/0/metadata/annotations|{"Upper/b":"any thing"}|OK
            /apiVersion|"apiextensions.k8s.io/v1beta1"|failed: converting (v1beta1.ConversionReview) to (v1.ConversionReview): unknown conversion
            /kind|"Review"|failed: no kind "Review" is registered for version "apiextensions.k8s.io/v1" in scheme
            /kind|""|failed: expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview
            /response|null|failed: no response provided
            """)
    void whatAnAnswerMayNotSayIsRefusedInWords(String pointer, String value, String message) {
        UnaryOperator<ObjectNode> change = answer -> {
            int slash = pointer.lastIndexOf('/');
            var parent = answer.at(pointer.substring(0, slash));
            ((ObjectNode) parent).set(pointer.substring(slash + 1), Json.parse(value.getBytes(StandardCharsets.UTF_8)));
            return answer;
        };
        if (message.equals("OK")) {
            assertThat(convert(change)).hasSize(2);
            return;
        }
        RejectedException refused = catchThrowableOfType(RejectedException.class, () -> convert(change));
        assertThat(refused.status().code()).isEqualTo(500);
        assertThat(refused.status().message()).startsWith("conversion webhook for example.com/v1, Kind=Ship ")
                .contains(message);
    }

    @Test
    void aWebhookThatCannotBeReachedIsSaidSo() {
        WebhookConverter converter = new WebhookConverter((config, body, patience) -> {
            throw new WebhookConverter.FailedException(
                    "Post \"" + config.path("url").asText() + "?timeout=30s\": refused");
        });
        RejectedException refused = catchThrowableOfType(RejectedException.class,
                () -> converter.convert(kind, objects(), "example.com/v2"));
        assertThat(refused.status().message()).isEqualTo("conversion webhook for example.com/v1, Kind=Ship failed: "
                + "Post \"https://localhost:9/convert?timeout=30s\": refused");
    }

    private List<ObjectNode> convert(UnaryOperator<ObjectNode> change) {
        return new WebhookConverter((config, body, patience) -> {
            ObjectNode asked = Json.parseObject(body.array());
            assertThat(asked.path("apiVersion").asText()).isEqualTo("apiextensions.k8s.io/v1");
            ObjectNode answer = Json.object().put("kind", "ConversionReview").put("apiVersion",
                    "apiextensions.k8s.io/v1");
            ObjectNode response = answer.putObject("response").put("uid", asked.at("/request/uid").asText());
            response.putObject("result").put("status", "Success");
            var objects = response.putArray("convertedObjects");
            asked.at("/request/objects").forEach(object -> objects.add(((ObjectNode) object.deepCopy())
                    .put("apiVersion", asked.at("/request/desiredAPIVersion").asText())));
            return Bytes.of(Json.bytes(change.apply(answer)));
        }).convert(kind, objects(), "example.com/v2");
    }

    private static List<ObjectNode> objects() {
        return List.of(object("a"), object("b"));
    }

    private static ObjectNode object(String name) {
        return tree("{'apiVersion':'example.com/v1','kind':'Ship','metadata':{'name':'" + name
                + "','namespace':'default','uid':'u-" + name + "','resourceVersion':'7'}}");
    }

    private static ObjectNode tree(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
