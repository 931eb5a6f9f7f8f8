package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.CONFIG_MAPS;
import static dev.xebec.gateway.testing.TestApi.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.protobuf.ProtobufEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are malformed, of another kind, or say more than the kind has. */
class BodiesTest {
    private static final String YAML = "application/yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "`` | couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)",
            "{ | couldn't get version/kind; json parse error: unexpected end of JSON input ({)",
            "{\"metadata\":{\"name\":\"a\" | unexpected end of JSON input ({\"metadata\":{\"name\":\"a\")",
            "{\"metadata\":{\"name\":\"a-very-long-name-of-an-object\" | ({\"metadata\":{\"name\":\"a-very-lo ...)",
            "[] | json: cannot unmarshal array into Go value of type struct { APIVersion string",
            "\"text\" | json: cannot unmarshal string into Go value of type struct", "7 | (37)", "nul | (6e756c)",
            "{\"kind\":7} | json: cannot unmarshal number into Go struct field .kind of type string"})
    void whatIsNoObjectIsUnrecognized(String body, String why) {
        for (String method : new String[]{"POST", "PUT"}) {
            String path = method.equals("PUT") ? CONFIG_MAPS + "/one" : CONFIG_MAPS;
            Api.Reply refused = api.send(method, path, "application/json", body == null ? "" : body).expect(400);
            assertThat(refused.reason()).isEqualTo("BadRequest");
            assertThat(refused.message())
                    .startsWith("the object provided is unrecognized (must be of type ConfigMap): ")
                    .contains(why);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "v1|Service|Service in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Service) to "
                    + "(core.ConfigMap): unknown conversion",
            "v1|Ship|Ship in version \"v1\" cannot be handled as a ConfigMap: no kind \"Ship\" is registered for version "
                    + "\"v1\" in scheme \"pkg/runtime/scheme.go:111\"",
            "v9|ConfigMap|ConfigMap in version \"v9\" cannot be handled as a ConfigMap: no kind \"ConfigMap\" is "
                    + "registered for version \"v9\" in scheme \"pkg/runtime/scheme.go:111\""})
    void anotherKindCannotBeHandledAsTheOneOfThePath(String version, String kind, String why) {
        assertThat(
                api.post(CONFIG_MAPS, "{'apiVersion':'" + version + "','kind':'" + kind + "'}").expect(400).message())
                .isEqualTo(why);
    }

    @Test
    void anotherServedVersionIsNotTheOneOfThePath() {
        assertThat(api.post("/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers",
                "{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler'}").expect(400).message())
                .isEqualTo("the API version in the data (autoscaling/v2) does not match the expected API version "
                        + "(autoscaling/v1)");
    }

    private static final String TWICE = "{\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":\"1\",\"x\":\"2\"}},"
            + "\"data\":{\"k\":\"1\"},\"ship\":1,\"data\":{\"k\":\"2\"}}";

    @Test
    void strictRefusesWhatIsSaidTwiceOrUnknown() {
        assertThat(api.send("POST", CONFIG_MAPS + "?fieldValidation=Strict", "application/json", TWICE).expect(400)
                .message()).isEqualTo("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding "
                        + "error: duplicate field \"metadata.labels.x\", unknown field \"ship\", duplicate field \"data\"");
    }

    @Test
    void warnTellsAndTakesTheLast() {
        Api.Reply made = api.send("POST", CONFIG_MAPS, "application/json", TWICE).expect(201);
        assertThat(made.at("/data/k").asText()).isEqualTo("2");
        assertThat(made.at("/metadata/labels/x").asText()).isEqualTo("2");
        assertThat(made.tree().has("ship")).isFalse();
        assertThat(made.response().headers().get("Warning"))
                .contains("299 - \"duplicate field \\\"metadata.labels.x\\\"\"")
                .contains("299 - \"duplicate field \\\"data\\\"\"").contains("299 - \"unknown field \\\"ship\\\"\"");
    }

    @Test
    void ignoreSaysNothing() {
        Api.Reply made = api.send("POST", CONFIG_MAPS + "?fieldValidation=Ignore", "application/json", TWICE)
                .expect(201);
        assertThat(made.response().headers()).doesNotContainKey("Warning");
        assertThat(made.at("/data/k").asText()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({"POST,CreateOptions", "PUT,UpdateOptions", "PATCH,PatchOptions"})
    void otherFieldValidationIsInvalid(String method, String options) {
        gateway.configMap("one");
        Api.Reply refused = api.send(method, (method.equals("POST") ? CONFIG_MAPS : CONFIG_MAPS + "/one")
                + "?fieldValidation=Best", method.equals("PATCH") ? "application/merge-patch+json" : "application/json",
                "{}").expect(422);
        assertThat(refused.message()).startsWith(options + ".meta.k8s.io \"\" is invalid: fieldValidation: "
                + "Unsupported value: \"Best\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
    }

    @Test
    void ofYamlTheFirstDocumentIsReadAndNothingIsAnEmptyObject() {
        Api.Reply made = api.send("POST", CONFIG_MAPS + "?dryRun=All", YAML,
                "metadata: {name: first}\ndata: {k: !!binary YQ==}\n---\nmetadata: {name: second}\n").expect(201);
        assertThat(made.at("/metadata/name").asText()).isEqualTo("first");
        assertThat(made.at("/data/k").asText()).isEqualTo("a");
        assertThat(api.send("POST", CONFIG_MAPS, YAML, "").expect(422).message())
                .endsWith("metadata.name: Required value: name or generateName is required");
    }

    @Test
    void yamlIsJudgedLikeJson() {
        String twice = "metadata:\n  name: a\ndata:\n  k: \"1\"\n  k: \"2\"\nship: 1\n";
        assertThat(api.send("POST", CONFIG_MAPS + "?fieldValidation=Strict", YAML, twice).expect(400).message())
                .contains(
                        "strict decoding error: yaml: unmarshal errors:\n  line 5: key "
                                + "\"k\" already set in map, unknown field \"ship\"");
        Api.Reply made = api.send("POST", CONFIG_MAPS, YAML, twice).expect(201);
        assertThat(made.at("/data/k").asText()).isEqualTo("2");
        assertThat(made.response().headers().get("Warning")).isEqualTo("299 - \"line 5: key \\\"k\\\" already set in "
                + "map\", 299 - \"unknown field \\\"ship\\\"\"");
        assertThat(api.send("POST", CONFIG_MAPS, YAML, "a: [").expect(400).reason()).isEqualTo("BadRequest");
        assertThat(api.send("POST", CONFIG_MAPS, YAML, "- a").expect(400).reason()).isEqualTo("BadRequest");
    }

    private static Bytes protobuf(String kind, String json) {
        GroupVersionKind name = new GroupVersionKind("", "v1", kind);
        return Bytes.of(ProtobufEncoder.body(name, ProtobufEncoder.wrapped(
                KindRegistry.builtIn().body(name).orElseThrow(),
                Json.parseObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))));
    }

    @Test
    void protobufIsABodyWhereverJsonIs() {
        api.send("POST", CONFIG_MAPS + "?fieldValidation=Strict", PROTOBUF, "",
                protobuf("ConfigMap", "{'metadata':{'name':'p'},'data':{'a':'1'}}")).expect(201);
        api.send("PUT", CONFIG_MAPS + "/p?fieldValidation=Strict", PROTOBUF, "",
                protobuf("ConfigMap", "{'metadata':{'name':'p'},'data':{'a':'2'}}")).expect(200);
        assertThat(api.get(CONFIG_MAPS + "/p").at("/data/a").asText()).isEqualTo("2");
        assertThat(api.send("DELETE", CONFIG_MAPS + "/p", PROTOBUF, "",
                protobuf("DeleteOptions", "{'preconditions':{'uid':'other'}}")).expect(409).message())
                .contains("the UID in the precondition (other) does not match the UID in record (");
        assertThat(api.send("DELETE", CONFIG_MAPS + "/p", PROTOBUF, "", protobuf("DeleteOptions", "{'dryRun':['All']}"))
                .expect(200).at("/status").asText()).isEqualTo("Success");
        api.send("DELETE", CONFIG_MAPS + "/p", PROTOBUF, "",
                protobuf("DeleteOptions", "{'propagationPolicy':'Background'}")).expect(200);
        api.get(CONFIG_MAPS + "/p").expect(404);
        api.send("POST", CONFIG_MAPS, PROTOBUF, "", Bytes.utf8("{}")).expect(400);
        api.send("POST", CONFIG_MAPS, PROTOBUF, "", protobuf("Pod", "{}")).expect(400);
    }

    @Test
    void nullsSayNothingEvenUnderStrict() {
        api.post(PODS + "?fieldValidation=Strict", "{'metadata':{'name':'n','creationTimestamp':null,'labels':null,"
                + "'finalizers':null},'spec':{'containers':[{'name':'c','image':'i','resources':null,'ports':null}],"
                + "'nodeSelector':null},'status':null}").expect(201);
        assertThat(api.post(PODS, "{'metadata':{'name':'m'},'spec':null}").expect(422).reason()).isEqualTo("Invalid");
        assertThat(api.post(PODS, "{'metadata':null,'spec':{'containers':[{'name':'c','image':'i'}]}}").expect(422)
                .message()).contains("name or generateName is required");
    }

    @Test
    void wholeNumbersKeepAllTheirDigits() {
        String seconds = "9007199254740993";
        String pod = "{\"metadata\":{\"name\":\"big\"},\"spec\":{\"terminationGracePeriodSeconds\":" + seconds
                + ",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
        assertThat(api.send("POST", PODS, "application/json", pod).expect(201).at("/spec/terminationGracePeriodSeconds")
                .toString()).isEqualTo(seconds);
        api.merge(PODS + "/big", "{'metadata':{'labels':{'a':'b'}}}").expect(200);
        assertThat(api.get(PODS + "/big").at("/spec/terminationGracePeriodSeconds").toString()).isEqualTo(seconds);
        api.send("POST", PODS, "application/json", pod.replace(seconds, "9223372036854775808")).expect(400);
        api.send("POST", PODS, "application/json", pod.replace(seconds, "1.5")).expect(400);
    }
}
