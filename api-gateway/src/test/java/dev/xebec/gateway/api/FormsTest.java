package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.CONFIG_MAPS;
import static dev.xebec.gateway.testing.TestApi.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import dev.xebec.model.protobuf.ProtobufDecoder;
import dev.xebec.model.yaml.YamlDecoder;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which form an answer comes: what the Accept header asks for, first come first served. */
class FormsTest {
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String META = ";v=v1;g=meta.k8s.io";
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @BeforeEach
    void fill() {
        gateway.pod("a");
        gateway.pod("b");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private Api.Reply get(String path, String accept) {
        return api.send("GET", path, "", accept, Bytes.EMPTY);
    }

    private static ObjectNode decoded(Api.Reply reply) {
        assertThat(reply.response().contentType()).isEqualTo(PROTOBUF);
        return sorted(ProtobufDecoder.decode(reply.response().body().array(), KindRegistry.builtIn()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"| application/json", "*/* | application/json",
            "application/yaml | application/yaml",
            "application/vnd.kubernetes.protobuf | application/vnd.kubernetes.protobuf",
            "application/vnd.kubernetes.protobuf,application/json | application/vnd.kubernetes.protobuf",
            "application/json,application/vnd.kubernetes.protobuf | application/json",
            "application/json;q=0.5,application/vnd.kubernetes.protobuf | application/vnd.kubernetes.protobuf",
            "application/json;q=0.5, application/yaml;q=0.7 , */*;q=0.1 | application/yaml",
            "*/*,application/yaml | application/yaml", "text/html,*/*;q=0.8 | application/json",
            "text/html, application/cbor, application/yaml;q=0.1 | application/yaml",
            "APPLICATION/JSON, application/json; charset=utf-8 | application/json",
            "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io,application/yaml | application/yaml",
            "application/json;as=Table;v=v9;g=meta.k8s.io,application/yaml | application/yaml",
            "application/json;as=Table,application/yaml | application/yaml",
            "application/json;stream=ship,application/yaml | application/yaml",
            "application/json;as=Ship;v=v1;g=meta.k8s.io,application/yaml | application/yaml"})
    void theFirstTypeThatCanBeServedIs(String accept, String served) {
        Api.Reply reply = get(PODS, accept == null ? "" : accept).expect(200);
        assertThat(reply.response().contentType()).isEqualTo(served);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io",
            "application/json;as=Table;v=v2;g=meta.k8s.io"})
    void whatCannotBeServedIsNotAcceptable(String accept) {
        Api.Reply reply = get(PODS, accept).expect(406);
        assertThat(reply.reason()).isEqualTo("NotAcceptable");
        assertThat(reply.message()).isEqualTo("only the following media types are accepted: application/json, "
                + "application/yaml, application/vnd.kubernetes.protobuf");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text/html", "application/cbor", "image/*,text/plain", "application/*",
            "APPLICATION/JSON"})
    void whatTheRouteDoesNotProduceIsRefusedBeforeAllElse(String accept) {
        assertThat(get(PODS, accept).expect(406).message())
                .isEqualTo("406: Not Acceptable\n\nAvailable representations: "
                        + "application/json, application/yaml, application/vnd.kubernetes.protobuf, "
                        + "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
    }

    @Test
    void anObjectInProtobufIsTheObject() {
        ObjectNode json = api.get(PODS + "/a").tree();
        assertThat(decoded(get(PODS + "/a", PROTOBUF).expect(200))).isEqualTo(sorted(json));
        assertThat(decoded(get(PODS + "/a", PROTOBUF).expect(200))).as("the kept bytes").isEqualTo(sorted(json));
    }

    /** With numbers as a parser makes them. */
    private static ObjectNode sorted(ObjectNode tree) {
        return Json.parseObject(Json.bytes(tree));
    }

    @Test
    void aListInProtobufIsTheList() {
        ObjectNode list = decoded(get(PODS + "?limit=1", PROTOBUF).expect(200));
        ObjectNode json = api.get(PODS + "?limit=1").tree();
        assertThat(list.path("kind").asText()).isEqualTo("PodList");
        assertThat(list.path("items").get(0).path("spec")).isEqualTo(json.path("items").get(0).path("spec"));
        assertThat(list.path("items")).hasSize(1);
        assertThat(list.path("metadata")).isEqualTo(json.path("metadata"));
        ObjectNode empty = decoded(get(CONFIG_MAPS, PROTOBUF).expect(200));
        assertThat(empty.path("items")).isEmpty();
        assertThat(empty.at("/metadata/resourceVersion").asLong()).isPositive();
    }

    @Test
    void writesAreAnsweredInProtobufToo() {
        Api.Reply made = api.send("POST", CONFIG_MAPS, "application/json", PROTOBUF,
                Bytes.utf8("{\"metadata\":{\"name\":\"m\"},\"data\":{\"a\":\"1\"}}")).expect(201);
        assertThat(decoded(made).at("/data/a").asText()).isEqualTo("1");
        ObjectNode gone = decoded(api.send("DELETE", CONFIG_MAPS + "/m", "", PROTOBUF, Bytes.EMPTY).expect(200));
        assertThat(gone.path("status").asText()).isEqualTo("Success");
        assertThat(gone.at("/details/uid").asText()).isEqualTo(decoded(made).at("/metadata/uid").asText());
    }

    @ParameterizedTest
    @CsvSource({"application/json", "application/yaml"})
    void metadataAloneComesAsText(String format) {
        ObjectNode one = tree(get(PODS + "/a", format + ";as=PartialObjectMetadata" + META).expect(200));
        assertThat(one.path("kind").asText()).isEqualTo("PartialObjectMetadata");
        assertThat(one.path("apiVersion").asText()).isEqualTo("meta.k8s.io/v1");
        assertThat(one.at("/metadata/labels/app").asText()).isEqualTo("a");
        assertThat(one.has("spec")).isFalse();
        ObjectNode list = tree(get(PODS, format + ";as=PartialObjectMetadataList" + META).expect(200));
        assertThat(list.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
        assertThat(list.path("items").findValuesAsText("name")).containsExactly("a", "b");
        assertThat(list.at("/metadata/resourceVersion").asLong()).isPositive();
    }

    private static ObjectNode tree(Api.Reply reply) {
        return reply.response().contentType().equals("application/yaml")
                ? YamlDecoder.decode(reply.response().body().array())
                : reply.tree();
    }

    /** The message in an envelope that says so. */
    private static ByteString message(Api.Reply reply, String kind) throws InvalidProtocolBufferException {
        assertThat(reply.response().contentType()).isEqualTo(PROTOBUF);
        Runtime.Unknown envelope = Runtime.Unknown
                .parseFrom(ByteString.copyFrom(reply.response().body().array()).substring(4));
        assertThat(envelope.getTypeMeta()).isEqualTo(
                Runtime.TypeMeta.newBuilder().setApiVersion("meta.k8s.io/v1").setKind(kind).build());
        return envelope.getRaw();
    }

    @Test
    void metadataAloneComesInProtobuf() throws InvalidProtocolBufferException {
        Meta.PartialObjectMetadata one = Meta.PartialObjectMetadata.parseFrom(message(
                get(PODS + "/a", PROTOBUF + ";as=PartialObjectMetadata" + META).expect(200), "PartialObjectMetadata"));
        assertThat(one.getMetadata().getLabelsMap()).containsEntry("app", "a");
        assertThat(one.getUnknownFields().asMap()).isEmpty();
        Meta.PartialObjectMetadataList list = Meta.PartialObjectMetadataList.parseFrom(
                message(get(PODS, PROTOBUF + ";as=PartialObjectMetadataList" + META).expect(200),
                        "PartialObjectMetadataList"));
        assertThat(list.getItemsList()).extracting(item -> item.getMetadata().getName()).containsExactly("a", "b");
        assertThat(list.getItems(0)).isEqualTo(one);
        assertThat(Long.parseLong(list.getMetadata().getResourceVersion())).isPositive();
    }

    @Test
    void theMetadataOfAListHasAnotherNameThanThatOfAnObject() {
        assertThat(get(PODS, "application/json;as=PartialObjectMetadata" + META).expect(406).message())
                .startsWith("you requested PartialObjectMetadata, but the requested object is a list");
        assertThat(get(PODS + "/a", "application/json;as=PartialObjectMetadataList" + META).expect(406).message())
                .startsWith("you requested PartialObjectMetadataList, but the requested object is not a list");
    }

    @Test
    void yamlIsYaml() {
        Api.Reply reply = get(PODS + "/a", "application/yaml").expect(200);
        assertThat(reply.response().body().utf8()).startsWith("apiVersion: v1\nkind: Pod\nmetadata:\n");
        assertThat(YamlDecoder.decode(reply.response().body().array())).isEqualTo(sorted(api.get(PODS + "/a").tree()));
    }

    @Test
    void aTableShowsOfItsObjectsWhatIsAskedFor() {
        String accept = "application/json;as=Table" + META;
        assertThat(get(PODS + "?includeObject=None", accept).at("/rows/0/object").isNull()).isTrue();
        assertThat(get(PODS, accept).at("/rows/0/object/kind").asText()).isEqualTo("PartialObjectMetadata");
        assertThat(get(PODS + "?includeObject=Metadata", accept).at("/rows/0/object/spec").isMissingNode()).isTrue();
        assertThat(get(PODS + "?includeObject=Object", accept).at("/rows/0/object/spec/containers")).hasSize(1);
        assertThat(get(PODS + "?includeObject=All", accept).expect(400).message())
                .startsWith("Unable to convert to Table as requested: includeObject: Unsupported value: \"All\"");
        Api.Reply page = get(PODS + "?limit=1", accept);
        assertThat(page.at("/metadata/remainingItemCount").asInt()).isEqualTo(1);
        assertThat(page.at("/metadata/continue").asText()).isNotEmpty();
        assertThat(get(CONFIG_MAPS, accept).at("/columnDefinitions")).isNotEmpty();
        assertThat(get(CONFIG_MAPS, accept).at("/rows")).isEmpty();
        Api.Reply old = get(PODS + "/a", "application/json;as=Table;v=v1beta1;g=meta.k8s.io");
        assertThat(old.at("/apiVersion").asText()).isEqualTo("meta.k8s.io/v1beta1");
        assertThat(old.at("/metadata/resourceVersion")).isEqualTo(api.get(PODS + "/a").at("/metadata/resourceVersion"));
    }

    @Test
    void whatIsNeverListedHasNoTable() {
        assertThat(api.send("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "application/json",
                "application/json;as=Table" + META, Bytes.utf8("""
                        {"spec": {"nonResourceAttributes": {"path": "/", "verb": "get"}}}""")).expect(406).reason())
                .isEqualTo("NotAcceptable");
    }

    @Test
    void aRefusalOfATableIsAStatus() {
        Api.Reply refused = get(PODS + "/none", "application/json;as=Table" + META).expect(404);
        assertThat(refused.at("/kind").asText()).isEqualTo("Status");
    }

    @Test
    void prettyIsForPeople() {
        String pretty = api.get(PODS + "/a?pretty=true").response().body().utf8();
        assertThat(pretty).startsWith("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Pod\",\n  \"metadata\": {\n");
        assertThat(Json.parseObject(pretty.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(api.get(PODS + "/a").tree());
        assertThat(api.get(CONFIG_MAPS + "?pretty=1").response().body().utf8()).contains("\"items\": []\n}");
        assertThat(api.get(PODS + "/a?pretty=0").response().body().utf8()).startsWith("{\"apiVersion\":\"v1\"");
        assertThat(get(PODS + "/a", "application/json;pretty=1").response().body().utf8()).startsWith("{\n");
    }
}
