package dev.xebec.gateway.custom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which forms a kind is spoken that has no protobuf. */
class CustomFormsTest {
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    @Test
    void whatIsOnlySpokenInJsonIsAnsweredInJsonWhereThatWillDo() {
        try (TestApi gateway = new TestApi()) {
            gateway.api().post(Ships.DEFINITIONS, Ships.one()).expect(201);
            assertThat(gateway.api().send("GET", Ships.V1, "", PROTOBUF + ",application/json", Bytes.EMPTY).expect(200)
                    .response().contentType()).isEqualTo("application/json");
            gateway.api().send("GET", Ships.V1, "", PROTOBUF, Bytes.EMPTY).expect(406);
            gateway.api().send("GET", Ships.V1, "", PROTOBUF + ";as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
                    Bytes.EMPTY).expect(200);
        }
    }

    /** A built-in kind's object may leave that out. */
    @Test
    void anObjectHasToSayItselfWhatItIs() {
        try (TestApi gateway = new TestApi()) {
            Api api = gateway.api();
            api.post(Ships.DEFINITIONS, Ships.one()).expect(201);
            assertThat(api.post(Ships.V1, "{'metadata':{'name':'a'}}").expect(400).message())
                    .isEqualTo(
                            "the object provided is unrecognized (must be of type Ship): Object 'Kind' is missing in "
                                    + "'{\"metadata\":{\"name\":\"a\"}}' ({\"metadata\":{\"name\":\"a\"}})");
            assertThat(api.post(Ships.V1, "{'kind':'Ship','metadata':{'name':'a'}}").expect(400).message())
                    .isEqualTo(
                            "the API version in the data () does not match the expected API version (example.com/v1)");
            assertThat(api.post(Ships.V1, "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'}}").expect(400)
                    .message())
                    .isEqualTo(
                            "the API version in the data (v1) does not match the expected API version (example.com/v1)");
            assertThat(api.post(Ships.V1, "{'apiVersion':'example.com/v1','kind':'Boat','metadata':{'name':'a'}}")
                    .expect(422).message())
                    .isEqualTo("Boat.example.com \"a\" is invalid: kind: Invalid value: \"Boat\": must be Ship");
        }
    }

    @Test
    void aSpecThatNobodySentIsNotThere() {
        try (TestApi gateway = new TestApi()) {
            gateway.api().post(Ships.DEFINITIONS, Ships.one()).expect(201);
            Api.Reply made = gateway.api()
                    .post(Ships.V1, "{'apiVersion':'example.com/v1','kind':'Ship','metadata':{'name':'a'}}")
                    .expect(201);
            assertThat(made.at("/spec").isMissingNode()).isTrue();
            assertThat(made.at("/metadata/managedFields").isMissingNode()).as("who set nothing owns nothing").isTrue();
        }
    }

    @Test
    void whatIsNoMediaTypeIsNotRead() {
        try (TestApi gateway = new TestApi()) {
            String maps = "/api/v1/namespaces/default/configmaps?dryRun=All";
            Bytes body = Bytes.utf8("{\"metadata\":{\"name\":\"a\"}}");
            for (String type : List.of("application/json;foo", "application/json;;", ";")) {
                assertThat(gateway.api().send("POST", maps, type, "", body).expect(415).reason())
                        .isEqualTo("UnsupportedMediaType");
            }
            gateway.api().send("POST", maps, "application/json; charset=utf-8", "", body).expect(201);
            assertThat(gateway.api().send("POST", maps, PROTOBUF, "", body).expect(400).message())
                    .startsWith(
                            "the object provided is unrecognized (must be of type ConfigMap): provided data does not "
                                    + "appear to be a protobuf message, expected prefix [107 56 115 0] (");
        }
    }
}
