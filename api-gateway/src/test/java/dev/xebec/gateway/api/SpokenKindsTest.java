package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scales, bindings and evictions are read and refused as a kube-apiserver 1.37.0 did with the same requests. */
class SpokenKindsTest {
    private static final String CONTROLLERS = "/api/v1/namespaces/default/replicationcontrollers";
    private static final String SCALE = CONTROLLERS + "/w/scale";

    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @BeforeEach
    void something() {
        gateway.pod("p").expect(201);
        api.post(CONTROLLERS,
                "{'metadata':{'name':'w'},'spec':{'replicas':2,'selector':{'a':'b'},'template':{'metadata':"
                        + "{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}")
                .expect(201);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'metadata':{'namespace':'default'}} | 400 | the name of the object (w based on URL) was undeterminable: name must be provided",
            "{'metadata':{'name':'x'}} | 400 | the name of the object (x) does not match the name on the URL (w)",
            "{'metadata':{'name':'w'},'spec':{'replicas':'3'}} | 400 | Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32",
            "{'metadata':{'name':'w'},'spec':{'replicas':-1}} | 422 | Scale.autoscaling \"w\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0"})
    void aScaleIsHeldToItsKind(String body, int code, String message) {
        assertThat(api.put(SCALE, body).expect(code).message()).isEqualTo(message);
        assertThat(api.get(SCALE).at("/spec/replicas").asInt()).isEqualTo(2);
    }

    @Test
    void whatAScaleDoesNotHaveIsWarnedOfOrRefused() {
        String unknown = "{'metadata':{'name':'w'},'spec':{'replicas':3,'foo':1}}";
        assertThat(api.put(SCALE + "?dryRun=All", unknown).expect(200).response().headers().get("Warning"))
                .isEqualTo("299 - \"unknown field \\\"spec.foo\\\"\"");
        assertThat(api.put(SCALE + "?fieldValidation=Strict", unknown).expect(400).message()).isEqualTo(
                "Scale in version \"v1\" cannot be handled as a Scale: strict decoding error: unknown field \"spec.foo\"");
        assertThat(api.merge(SCALE + "?fieldValidation=Strict", "{'spec':{'foo':1}}").expect(422).message())
                .contains("strict decoding error: unknown field \"spec.foo\"");
        assertThat(api.put(SCALE + "?dryRun=Foo", unknown).expect(422).message())
                .startsWith("UpdateOptions.meta.k8s.io");
    }

    @Test
    void whoAppliesAScaleOwnsTheReplicasAndSaysNoTime() {
        api.send("PATCH", SCALE + "?fieldManager=hand&force=true", "application/apply-patch+yaml",
                "{'apiVersion':'autoscaling/v1','kind':'Scale','spec':{'replicas':4}}").expect(200);
        assertThat(api.get(CONTROLLERS + "/w").at("/metadata/managedFields").valueStream()
                .filter(entry -> entry.path("manager").asText().equals("hand")).map(Object::toString))
                .containsExactly("{\"manager\":\"hand\",\"operation\":\"Apply\",\"apiVersion\":\"v1\","
                        + "\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{\"f:spec\":{\"f:replicas\":{}}},"
                        + "\"subresource\":\"scale\"}");
    }

    @Test
    void noneWantedIsNotSaid() {
        api.put(SCALE, "{'metadata':{'name':'w'},'spec':{}}").expect(200);
        assertThat(api.get(SCALE).at("/spec").toString()).isEqualTo("{}");
        assertThat(api.get(CONTROLLERS + "/w").at("/spec/replicas").asInt(7)).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'metadata':{'name':'x'},'target':{'name':'n'}} | 400 | name in URL does not match name in Binding object",
            "{'metadata':{'name':'p','namespace':'x'},'target':{'name':'n'}} | 400 | the namespace of the provided object does not match the namespace sent on the request",
            "{'metadata':{'name':'p'}} | 500 | target.name: Required value",
            "{'metadata':{'name':'p'},'target':{'kind':'Pod','name':'n'}} | 500 | target.kind: Unsupported value: \"Pod\": supported values: \"Node\", \"<empty>\""})
    void aBindingIsHeldToItsPod(String body, int code, String message) {
        gateway.node("n").expect(201);
        assertThat(api.post(PODS + "/p/binding", body).expect(code).message()).isEqualTo(message);
        assertThat(api.get(PODS + "/p").at("/spec/nodeName").isMissingNode()).isTrue();
    }

    @Test
    void aBindingCanBeTried() {
        gateway.node("n").expect(201);
        String binding = "{'metadata':{'name':'p'},'target':{'kind':'Node','name':'n'}}";
        assertThat(api.post(PODS + "/p/binding?dryRun=All", binding).expect(201).tree().toString()).isEqualTo(
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\",\"code\":201}");
        assertThat(api.get(PODS + "/p").at("/spec/nodeName").isMissingNode()).isTrue();
        api.post(PODS + "/p/binding", binding).expect(201);
        assertThat(api.post(PODS + "/p/binding?dryRun=All", binding).expect(409).message())
                .endsWith("pod p is already assigned to node \"n\"");
        String other = "{'metadata':{'name':'p','uid':'x'},'target':{'name':'n'}}";
        assertThat(api.post(PODS + "/p/binding", other).expect(409).message())
                .contains("Precondition failed: UID in precondition: x, UID in object meta: ");
    }

    @Test
    void anEvictionIsOfThePodInItsPath() {
        assertThat(api.post(PODS + "/p/eviction", "{}").expect(400).message())
                .isEqualTo("name in URL does not match name in Eviction object");
        assertThat(
                api.post(PODS + "/p/eviction?fieldValidation=Strict", "{'metadata':{'name':'p'},'foo':1}").expect(400)
                        .message())
                .endsWith("strict decoding error: unknown field \"foo\"");
    }
}
