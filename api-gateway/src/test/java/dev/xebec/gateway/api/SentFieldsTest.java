package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.CONFIG_MAPS;
import static dev.xebec.gateway.testing.TestApi.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of fields that a client sends and the server does not keep, as a kube-apiserver 1.37 answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SentFieldsTest {
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
    private static final String ENDPOINTS = "/api/v1/namespaces/default/endpoints";

    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @AfterAll
    void close() {
        gateway.close();
    }

    @Test
    void whoSendsWhatAClosedGateDropsOwnsIt() {
        Api.Reply pod = api.post(PODS + "?dryRun=All", "{'metadata':{'name':'p'},'spec':{'os':{'name':'linux'},"
                + "'containers':[{'name':'c','image':'i','lifecycle':{'stopSignal':'SIGINT'}}]}}").expect(201);
        assertThat(pod.at("/spec/containers/0/lifecycle").isMissingNode()).isTrue();
        assertThat(pod.at("/metadata/managedFields").toString())
                .contains("\"f:lifecycle\":{\".\":{},\"f:stopSignal\":{}}");
    }

    @Test
    void whoSendsNoEndpointsOwnsThatThereAreNone() {
        Api.Reply slice = api
                .post(SLICES + "?dryRun=All", "{'metadata':{'name':'s'},'addressType':'IPv4','endpoints':[]}")
                .expect(201);
        assertThat(slice.at("/metadata/managedFields/0/fieldsV1/f:endpoints").isObject()).isTrue();
        Api.Reply silent = api.post(SLICES + "?dryRun=All", "{'metadata':{'name':'s'},'addressType':'IPv4'}")
                .expect(201);
        assertThat(silent.at("/metadata/managedFields/0/fieldsV1/f:endpoints").isMissingNode()).isTrue();
    }

    @Test
    void aDryRunKeepsTheRevisionThatWasSent() {
        String sent = "{'metadata':{'name':'r','resourceVersion':'abc'}}";
        Api.Reply dry = api.post(CONFIG_MAPS + "?dryRun=All", sent).expect(201);
        assertThat(dry.at("/metadata/resourceVersion").asText()).isEqualTo("abc");
        assertThat(api.post(CONFIG_MAPS + "?dryRun=All", "{'metadata':{'name':'r'}}").expect(201)
                .at("/metadata/resourceVersion").isMissingNode()).isTrue();
    }

    @Test
    void aGenerationBelowZeroIsRefusedWhereNobodyCounts() {
        assertThat(api.post(CONFIG_MAPS, "{'metadata':{'name':'g','generation':-1}}").expect(422).message()).isEqualTo(
                "ConfigMap \"g\" is invalid: metadata.generation: Invalid value: -1: must be greater than or equal to 0");
    }

    @Test
    void whoIsRefusedIsToldOfADeprecatedKindToo() {
        assertThat(api.post(ENDPOINTS, "{'metadata':{'name':'UP'}}").expect(422).response().headers().get("Warning"))
                .contains("v1 Endpoints is deprecated in v1.33+");
        assertThat(api.get(ENDPOINTS + "/none").expect(404).response().headers().get("Warning"))
                .contains("v1 Endpoints is deprecated in v1.33+");
        assertThat(api.get(CONFIG_MAPS + "/none").expect(404).response().headers()).doesNotContainKey("Warning");
    }
}
