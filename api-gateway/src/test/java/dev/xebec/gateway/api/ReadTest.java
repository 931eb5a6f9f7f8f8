package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.CONFIG_MAPS;
import static dev.xebec.gateway.testing.TestApi.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Get and list: revisions, pages, selectors, forms. */
class ReadTest {
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aListHasTheSnapshotsRevisionAlsoWhenItIsEmpty() {
        long revision = gateway.configMap("one").revision();
        Api.Reply pods = api.get(PODS).expect(200);
        assertThat(pods.names()).isEmpty();
        assertThat(pods.revision()).isGreaterThanOrEqualTo(revision);
        assertThat(pods.at("/kind").asText()).isEqualTo("PodList");
    }

    @Test
    void readsSeeEveryAcknowledgedWriteOfAnotherGateway() {
        try (TestApi other = new TestApi(gateway.store())) {
            for (int at = 0; at < 50; at++) {
                api.post(CONFIG_MAPS, "{'metadata':{'name':'c" + at + "'}}").expect(201);
                other.api().get(CONFIG_MAPS + "/c" + at).expect(200);
            }
        }
    }

    @Test
    void aRevisionOfTheFutureIsATimeoutAndNeverAnOldAnswer() {
        Api.Reply reply = api.get(PODS + "?resourceVersion=999999").expect(504);
        assertThat(reply.at("/details/causes/0/reason").asText()).isEqualTo("ResourceVersionTooLarge");
        assertThat(reply.response().headers()).containsKey("Retry-After");
    }

    @Test
    void pagesShowOneSnapshot() {
        for (int at = 0; at < 7; at++) {
            gateway.configMap("c" + at);
        }
        Api.Reply first = api.get(CONFIG_MAPS + "?limit=3").expect(200);
        assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(4);
        api.delete(CONFIG_MAPS + "/c5").expect(200);
        gateway.configMap("c55");
        List<String> names = new ArrayList<>(first.names());
        Api.Reply page = first;
        while (page.at("/metadata/continue").isTextual()) {
            page = api.get(CONFIG_MAPS + "?limit=3&continue=" + page.at("/metadata/continue").asText()).expect(200);
            assertThat(page.revision()).isEqualTo(first.revision());
            names.addAll(page.names());
        }
        assertThat(names).containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6");
    }

    @Test
    void pagesGoOnAtAnotherGatewayAndFromTheStoresHistory() {
        for (int at = 0; at < 5; at++) {
            gateway.configMap("c" + at);
        }
        Api.Reply first = api.get(CONFIG_MAPS + "?limit=2").expect(200);
        api.delete(CONFIG_MAPS + "/c3").expect(200);
        try (TestApi other = new TestApi(gateway.store())) {
            Api.Reply rest = other.api().get(CONFIG_MAPS + "?continue=" + first.at("/metadata/continue").asText());
            assertThat(rest.expect(200).names()).containsExactly("c2", "c3", "c4");
            assertThat(rest.revision()).isEqualTo(first.revision());
        }
    }

    @Test
    void aPageOfOneKindsPastDoesNotEmptyAnotherKindsListAtThatRevision() {
        gateway.pod("a");
        gateway.configMap("one");
        long revision = gateway.configMap("two").revision();
        gateway.configMap("three");
        String exact = "?resourceVersionMatch=Exact&limit=1&resourceVersion=" + revision;
        Api.Reply page = api.get(CONFIG_MAPS + exact).expect(200);
        assertThat(page.names()).containsExactly("one");
        assertThat(api.get(PODS + exact).expect(200).names()).containsExactly("a");
        assertThat(api.get(CONFIG_MAPS + "?continue=" + page.at("/metadata/continue").asText()).names())
                .containsExactly("two");
    }

    @Test
    void anExpiredContinueTokenBringsAnotherForTheInconsistentRest() {
        for (int at = 0; at < 4; at++) {
            gateway.configMap("c" + at);
        }
        Api.Reply first = api.get(CONFIG_MAPS + "?limit=2").expect(200);
        gateway.configMap("c9");
        gateway.store().compact(LogGroup.MAIN, gateway.store().currentRevision(LogGroup.MAIN));
        try (TestApi other = new TestApi(gateway.store())) {
            String token = first.at("/metadata/continue").asText();
            Api.Reply expired = other.api().get(CONFIG_MAPS + "?limit=2&continue=" + token).expect(410);
            assertThat(expired.reason()).isEqualTo("Expired");
            assertThat(
                    other.api().get(CONFIG_MAPS + "?continue=" + expired.at("/metadata/continue").asText()).expect(200)
                            .names())
                    .containsExactly("c2", "c3", "c9");
        }
    }

    @Test
    void exactRevisionsShowThePast() {
        gateway.configMap("one");
        long revision = api.get(CONFIG_MAPS).revision();
        gateway.configMap("two");
        Api.Reply past = api.get(CONFIG_MAPS + "?resourceVersion=" + revision + "&resourceVersionMatch=Exact")
                .expect(200);
        assertThat(past.names()).containsExactly("one");
        assertThat(past.revision()).isEqualTo(revision);
        assertThat(api.get(CONFIG_MAPS + "?resourceVersion=" + revision + "&resourceVersionMatch=NotOlderThan").names())
                .contains("one");
    }

    @ParameterizedTest
    @CsvSource({"resourceVersionMatch=Exact", "resourceVersionMatch=Exact&resourceVersion=0",
            "resourceVersionMatch=Best&resourceVersion=1", "sendInitialEvents=true"})
    void optionsThatCannotStandTogetherAreInvalid(String query) {
        assertThat(api.get(PODS + "?" + query).expect(422).reason()).isEqualTo("Invalid");
    }

    @Test
    void labelSelectorsMatchObjectsWithoutTheKeyByInequality() {
        gateway.pod("a");
        gateway.pod("b");
        api.post(PODS, "{'metadata':{'name':'plain'},'spec':{'containers':[{'name':'c','image':'i'}]}}").expect(201);
        assertThat(api.get(PODS + "?labelSelector=app!=a").names()).containsExactly("b", "plain");
        assertThat(api.get(PODS + "?labelSelector=app in (a,b)").names()).containsExactly("a", "b");
        api.get(PODS + "?labelSelector=app in (").expect(400);
    }

    @Test
    void unknownFieldSelectorsAreBadRequests() {
        gateway.pod("a");
        gateway.pod("b");
        assertThat(api.get(PODS + "?fieldSelector=metadata.name=a").names()).containsExactly("a");
        assertThat(api.get(PODS + "?fieldSelector=spec.nodeName=").names()).containsExactly("a", "b");
        assertThat(api.get(PODS + "?fieldSelector=status.phase!=Pending").names()).isEmpty();
        assertThat(api.get(PODS + "?fieldSelector=spec.foo=x").expect(400).message())
                .contains("field label not supported: spec.foo");
    }

    @Test
    void listsAcrossNamespaces() {
        api.post("/api/v1/namespaces", "{'metadata':{'name':'a-b'}}").expect(201);
        api.post("/api/v1/namespaces", "{'metadata':{'name':'a'}}").expect(201);
        api.post("/api/v1/namespaces/a-b/configmaps", "{'metadata':{'name':'x'}}").expect(201);
        api.post("/api/v1/namespaces/a/configmaps", "{'metadata':{'name':'y'}}").expect(201);
        assertThat(api.get("/api/v1/configmaps").names()).containsExactlyInAnyOrder("x", "y");
        assertThat(api.get("/api/v1/namespaces/a/configmaps").names()).containsExactly("y");
    }

    @Test
    void tablesAndPartialObjectsAreForms() {
        gateway.pod("a");
        Api.Reply table = api.send("GET", PODS, "", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
                Bytes.EMPTY).expect(200);
        assertThat(table.at("/kind").asText()).isEqualTo("Table");
        assertThat(table.at("/rows/0/cells/0").asText()).isEqualTo("a");
        assertThat(table.at("/rows/0/cells")).hasSameSizeAs(table.at("/columnDefinitions"));
        assertThat(table.at("/rows/0/object/kind").asText()).isEqualTo("PartialObjectMetadata");
        Api.Reply partial = api
                .send("GET", PODS + "/a", "", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
                        Bytes.EMPTY)
                .expect(200);
        assertThat(partial.at("/spec").isMissingNode()).isTrue();
        assertThat(partial.at("/metadata/name").asText()).isEqualTo("a");
    }
}
