package dev.xebec.gateway.custom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Definitions that are not usual, and what a kube-apiserver 1.37.0 answered to objects of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerDefinitionsTest {
    private static final String APPLY = "application/apply-patch+yaml";

    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();
    private int made;

    @AfterAll
    void close() {
        gateway.close();
    }

    /** The path of the objects of a new definition. @param versions as its JSON */
    private String define(String versions) {
        String name = "odds" + ++made;
        api.post(Ships.DEFINITIONS,
                "{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition','metadata':"
                        + "{'name':'" + name
                        + ".peer.example.com'},'spec':{'group':'peer.example.com','scope':'Namespaced','names':"
                        + "{'plural':'" + name + "','kind':'Odd" + made + "'},'versions':[" + versions + "]}}")
                .expect(201);
        return "/apis/peer.example.com/v1/namespaces/default/" + name;
    }

    private static String version(String name, boolean stored, String properties) {
        return "{'name':'" + name + "','served':true,'storage':" + stored
                + ",'schema':{'openAPIV3Schema':{'type':'object',"
                + "'properties':" + properties + "}}}";
    }

    private String object(String name, String rest) {
        return "{'apiVersion':'peer.example.com/v1','kind':'Odd" + made + "','metadata':{'name':'" + name + "'}" + rest
                + "}";
    }

    private Api.Reply apply(String path, String manager, String spec) {
        return api.send("PATCH", path + "/a?fieldManager=" + manager, APPLY,
                object("a", ",'spec':" + spec).replace('\'', '"'));
    }

    @Test
    void aDefaultOfFalseIsADefault() {
        String path = define(version("v1", true, "{'spec':{'type':'object','default':{},'properties':{'on':"
                + "{'type':'boolean','default':false},'size':{'type':'integer','default':0}}}}"));
        assertThat(api.post(path, object("a", "")).expect(201).at("/spec").toString())
                .isEqualTo("{\"on\":false,\"size\":0}");
        assertThat(api.get(Ships.DEFINITIONS + "/odds" + made + ".peer.example.com")
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/on/default").toString())
                .isEqualTo("false");
    }

    @Test
    void nobodyMakesASpecUpAndItsDefaultIsItsOwn() {
        String bare = define(version("v1", true, "{'spec':{'type':'object'}}"));
        Api.Reply empty = api.post(bare, object("a", "")).expect(201);
        assertThat(empty.tree().has("spec")).isFalse();
        assertThat(empty.at("/metadata").has("managedFields")).isFalse();
        String path = define(version("v1", true, "{'spec':{'type':'object','default':{'a':'outer'},'properties':{'a':"
                + "{'type':'string','default':'inner'}}}}"));
        assertThat(api.post(path, object("a", "")).expect(201).at("/spec/a").asText()).isEqualTo("outer");
    }

    @Test
    void keysOfListsHaveDefaultsOrAreLeftOut() {
        String path = define(version("v1", true, "{'spec':{'type':'object','properties':{'ports':{'type':'array',"
                + "'x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['port','proto'],'items':{'type':'object',"
                + "'required':['port'],'properties':{'port':{'type':'integer'},'name':{'type':'string'},"
                + "'proto':{'type':'string','default':'TCP'}}}}}}}"));
        Api.Reply first = apply(path, "one", "{'ports':[{'port':1,'name':'x'}]}").expect(201);
        assertThat(first.at("/spec/ports/0/proto").asText()).isEqualTo("TCP");
        assertThat(first.at("/metadata/managedFields/0/fieldsV1").toString()).isEqualTo("{\"f:spec\":{\"f:ports\":"
                + "{\"k:{\\\"port\\\":1,\\\"proto\\\":\\\"TCP\\\"}\":{\".\":{},\"f:name\":{},\"f:port\":{}}}}}");
        assertThat(apply(path, "two", "{'ports':[{'port':1,'proto':'TCP','name':'y'}]}").expect(409).message())
                .isEqualTo(
                        "Apply failed with 1 conflict: conflict with \"one\": .spec.ports[port=1,proto=\"TCP\"].name");
        assertThat(apply(path, "one", "{'ports':[{'port':1},{'port':1}]}").expect(500).message())
                .endsWith(".spec.ports: duplicate entries for key [port=1,proto=\"TCP\"]");
        assertThat(apply(path, "one", "{'ports':[{'name':'n'}]}").expect(422).message())
                .endsWith("is invalid: spec.ports[0].port: Required value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'apiVersion':'v1','kind':'P','metadata':'x'} | 400 | spec.p.metadata: Invalid value: \"x\": json: cannot unmarshal string into Go value of type v1.ObjectMeta",
            "{'apiVersion':5} | 400 | spec.p.apiVersion: Invalid value: 5: must be a string",
            "{'apiVersion':'v1','kind':'P','metadata':{'odd':1}} | 400 | strict decoding error: unknown field \"spec.p.metadata.odd\"",
            "{'metadata':{'name':'x'}} | 422 | [spec.p.apiVersion: Required value, spec.p.kind: Required value]"})
    void wholeObjectsWithinAreReadAsObjects(String within, int code, String why) {
        String path = define(version("v1", true, "{'spec':{'type':'object','properties':{'p':{'type':'object',"
                + "'x-kubernetes-embedded-resource':true,'x-kubernetes-preserve-unknown-fields':true}}}}"));
        assertThat(api.post(path + "?fieldValidation=Strict", object("a", ",'spec':{'p':" + within + "}"))
                .expect(code).message()).endsWith(why);
    }

    @Test
    void eachVersionShowsWhatItsSchemaHasAndTheStoreKeepsWhatItsOwnHas() {
        String path = define(version("v1", true, "{'x':{'type':'integer'}}") + ","
                + version("v2", false, "{'y':{'type':'integer','default':7}}"));
        String other = path.replace("/v1/", "/v2/");
        api.post(path, object("a", ",'x':1")).expect(201);
        Api.Reply seen = api.get(other + "/a").expect(200);
        assertThat(seen.tree().has("x")).isFalse();
        assertThat(seen.at("/y").asInt()).isEqualTo(7);
        assertThat(api.get(other).at("/items/0").has("x")).isFalse();
        Api.Reply patched = api.merge(other + "/a", "{'y':5}").expect(200);
        assertThat(patched.at("/y").asInt()).as("what the store does not keep is not shown").isEqualTo(7);
        assertThat(api.get(path + "/a").tree().has("y")).isFalse();
    }

    @Test
    void whoIsRefusedIsWarnedToo() {
        String path = define(version("v1", true, "{'spec':{'type':'object','properties':{'a':{'type':'integer'}}}}"));
        Api.Reply refused = api.post(path, object("a", ",'spec':{'a':'x','b':1}")).expect(422);
        assertThat(refused.response().headers().get("Warning")).isEqualTo("299 - \"unknown field \\\"spec.b\\\"\"");
    }

    @Test
    void kindsWithoutNamespacesAreNotSelectedByThem() {
        assertThat(api.get("/apis/rbac.authorization.k8s.io/v1/clusterroles?fieldSelector=metadata.namespace=x").code())
                .isEqualTo(200);
        api.post(Ships.DEFINITIONS, Ships.definition("rafts", "Raft", "Cluster", "", Ships.version("v1", true, true)))
                .expect(201);
        assertThat(api.get("/apis/example.com/v1/rafts?fieldSelector=metadata.namespace=x").expect(400).message())
                .isEqualTo("field label not supported: metadata.namespace");
    }
}
