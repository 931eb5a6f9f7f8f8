package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.CONFIG_MAPS;
import static dev.xebec.gateway.testing.TestApi.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others who built this API again fell into, one test each; how it is seen from outside. */
class TrapsTest {
    private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String POD_SPEC = "{'containers':[{'name':'c','image':'i'}]}";
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @AfterEach
    void close() {
        gateway.close();
    }

    private Api.Reply deployment(String name) {
        return api.post(DEPLOYMENTS, "{'metadata':{'name':'" + name + "'},'spec':{'selector':{'matchLabels':{'a':'b'}},"
                + "'template':{'metadata':{'labels':{'a':'b'}},'spec':" + POD_SPEC + "}}}").expect(201);
    }

    @Test
    void trap2RevisionsAreDecimalsInOneOrder() {
        List<Long> revisions = new ArrayList<>();
        for (int at = 0; at < 5; at++) {
            for (Api.Reply made : List.of(gateway.configMap("c" + at), gateway.pod("p" + at), deployment("d" + at))) {
                assertThat(made.at("/metadata/resourceVersion").asText()).matches("[1-9][0-9]*");
                revisions.add(made.revision());
            }
        }
        assertThat(revisions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void trap4AnEmptyListHasTheSnapshotsRevision() {
        long revision = gateway.configMap("one").revision();
        assertThat(api.get(JOBS).expect(200).revision()).isGreaterThanOrEqualTo(revision);
    }

    @Test
    void trap10AWriteThatChangesNothingIsNone() {
        Api.Reply made = deployment("d");
        String same = made.response().body().utf8();
        String path = DEPLOYMENTS + "/d";
        assertThat(api.put(path, same).expect(200).revision()).isEqualTo(made.revision());
        assertThat(api.merge(path, "{}").expect(200).revision()).isEqualTo(made.revision());
        assertThat(api.send("PATCH", path, "application/json-patch+json", "[]").expect(200).revision())
                .isEqualTo(made.revision());
        assertThat(api.send("PATCH", path, "application/strategic-merge-patch+json", "{}").expect(200).revision())
                .isEqualTo(made.revision());
        assertThat(api.put(path + "/status", same).expect(200).revision()).isEqualTo(made.revision());
    }

    @Test
    void trap11FinalizersHoldAndNoneIsAddedAfterwards() {
        api.post(CONFIG_MAPS, "{'metadata':{'name':'held','finalizers':['a.dev/b']}}").expect(201);
        Api.Reply going = api.delete(CONFIG_MAPS + "/held").expect(200);
        assertThat(going.at("/metadata/deletionGracePeriodSeconds").asInt(-1)).isZero();
        assertThat(going.at("/metadata/deletionTimestamp").asText()).isNotEmpty();
        assertThat(api.merge(CONFIG_MAPS + "/held", "{'metadata':{'finalizers':['a.dev/b','a.dev/c']}}").expect(422)
                .message()).contains("no new finalizers can be added if the object is being deleted");
        assertThat(api.post(CONFIG_MAPS, "{'metadata':{'name':'held'}}").expect(409).message()).as("trap 17")
                .startsWith("object is being deleted: configmaps \"held\" already exists");
        api.merge(CONFIG_MAPS + "/held", "{'metadata':{'finalizers':null}}").expect(200);
        api.get(CONFIG_MAPS + "/held").expect(404);
    }

    @Test
    void trap12GraceOnlyShortensAndNegativeGraceIsOne() {
        api.post(PODS, "{'metadata':{'name':'p'},'spec':{'nodeName':'n','containers':[{'name':'c','image':'i'}]}}")
                .expect(201);
        assertThat(api.delete(PODS + "/p", "{'gracePeriodSeconds':20}").expect(200)
                .at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(20);
        assertThat(api.delete(PODS + "/p", "{'gracePeriodSeconds':25}").expect(200)
                .at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(20);
        assertThat(api.delete(PODS + "/p", "{'gracePeriodSeconds':-5}").expect(200)
                .at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(1);
        api.delete(PODS + "/p", "{'gracePeriodSeconds':0,'preconditions':{'uid':'another'}}").expect(409);
        api.delete(PODS + "/p", "{'gracePeriodSeconds':0}").expect(200);
        api.get(PODS + "/p").expect(404);
    }

    @Test
    void trap13GenerationCountsTheSpecAndTheBeginningOfTheEnd() {
        assertThat(deployment("d").at("/metadata/generation").asInt()).isEqualTo(1);
        String path = DEPLOYMENTS + "/d";
        assertThat(
                api.merge(path, "{'metadata':{'labels':{'x':'y'},'generation':7}}").at("/metadata/generation").asInt())
                .isEqualTo(1);
        assertThat(api.merge(path + "/status", "{'status':{'replicas':1}}").at("/metadata/generation").asInt())
                .isEqualTo(1);
        assertThat(api.merge(path, "{'spec':{'replicas':3}}").at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(api.merge(path, "{'metadata':{'annotations':{'x':'y'}}}").at("/metadata/generation").asInt())
                .as("a Deployment's annotations count").isEqualTo(3);
        assertThat(
                api.delete(path, "{'propagationPolicy':'Foreground'}").expect(200).at("/metadata/generation").asInt())
                .isEqualTo(4);
        assertThat(gateway.configMap("c").at("/metadata/generation").isMissingNode()).isTrue();
    }

    @Test
    void trap14StatusAndSpecCannotReachEachOther() {
        deployment("d");
        String path = DEPLOYMENTS + "/d";
        assertThat(api.merge(path, "{'status':{'replicas':9}}").expect(200).at("/status/replicas").isMissingNode())
                .isTrue();
        assertThat(api.merge(path + "/status", "{'spec':{'replicas':9}}").expect(200).at("/spec/replicas").asInt())
                .isEqualTo(1);
        api.get(CONFIG_MAPS + "/c/status").expect(404);
        api.merge(path + "/status", "{'metadata':{'resourceVersion':'1'},'status':{'replicas':1}}").expect(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "coordination.k8s.io/v1 | leases | {'leaseDurationSeconds':1}",
            "policy/v1 | poddisruptionbudgets | {'maxUnavailable':1}"})
    void trap16SomeKindsAreNotUpdatedWithoutARevision(String version, String resource, String spec) {
        String path = "/apis/" + version + "/namespaces/default/" + resource;
        String object = "{'metadata':{'name':'x'},'spec':" + spec + "}";
        api.post(path, object).expect(201);
        Api.Reply refused = api.put(path + "/x", object).expect(422);
        assertThat(refused.message()).endsWith(
                "metadata.resourceVersion: Invalid value: 0: must be specified for an update");
        gateway.configMap("c");
        api.put(CONFIG_MAPS + "/c", "{'metadata':{'name':'c'}}").expect(200);
    }

    @Test
    void trap23JobsAreOrphanedByWhoSaysNothing() {
        api.post(JOBS, "{'metadata':{'name':'j'},'spec':{'template':{'spec':{'restartPolicy':'Never','containers':"
                + "[{'name':'c','image':'i'}]}}}}").expect(201);
        assertThat(api.delete(JOBS + "/j").expect(200).at("/metadata/finalizers").toString()).contains("\"orphan\"");
    }

    @Test
    void trap24WhatIsGoneIsToldByItsUid() {
        String uid = gateway.configMap("c").uid();
        Api.Reply gone = api.delete(CONFIG_MAPS + "/c").expect(200);
        assertThat(gone.at("/details/uid").asText()).isEqualTo(uid);
        assertThat(gone.at("/details/kind").asText()).isEqualTo("configmaps");
        assertThat(gateway.configMap("c").uid()).isNotEqualTo(uid);
    }

    @Test
    void trap25AFieldThatIsNotSelectableIsABadRequest() {
        for (String method : new String[]{"GET", "DELETE"}) {
            Api.Reply refused = api.send(method, CONFIG_MAPS + "?fieldSelector=data.a=1", "", "").expect(400);
            assertThat(refused.message()).isEqualTo(
                    "\"data.a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        }
        api.get(CONFIG_MAPS + "?watch=true&fieldSelector=data.a=1").expect(400);
    }

    @Test
    void trap29TimesHaveWholeSecondsAndMicroTimesSixDigits() {
        String path = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
        assertThat(api.post(path, "{'metadata':{'name':'l','creationTimestamp':null},'spec':{'leaseDurationSeconds':1,"
                + "'renewTime':'2023-11-14T22:13:20.5Z'}}").expect(201).at("/spec/renewTime").asText())
                .isEqualTo("2023-11-14T22:13:20.500000Z");
        assertThat(gateway.configMap("c").at("/metadata/creationTimestamp").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    @Test
    void trap30QuantitiesAreWrittenInOneFormAndAnotherFormChangesNothing() {
        String pod = "{'metadata':{'name':'q'},'spec':{'containers':[{'name':'c','image':'i','resources':{'requests':"
                + "{'cpu':'1000m','memory':'1024Ki'}}}]}}";
        Api.Reply made = api.post(PODS, pod).expect(201);
        assertThat(made.at("/spec/containers/0/resources/requests/cpu").asText()).isEqualTo("1");
        assertThat(made.at("/spec/containers/0/resources/requests/memory").asText()).isEqualTo("1Mi");
        assertThat(api.send("PATCH", PODS + "/q", "application/strategic-merge-patch+json", ("{'spec':{'containers':["
                + "{'name':'c','resources':{'requests':{'cpu':'1000m'}}}]}}").replace('\'', '"')).expect(200)
                .revision())
                .isEqualTo(made.revision());
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "PATCH", "DELETE", "DELETE_COLLECTION"})
    void aDryRunOfAnyVerbDoesNothing(String verb) {
        long before = gateway.configMap("c").revision();
        String one = CONFIG_MAPS + "/c?dryRun=All";
        Api.Reply dry = switch (verb) {
            case "POST" -> api.post(CONFIG_MAPS + "?dryRun=All", "{'metadata':{'generateName':'g-'}}").expect(201);
            case "PUT" -> api.put(one, "{'metadata':{'name':'c'},'data':{'a':'9'}}").expect(200);
            case "PATCH" -> api.merge(one, "{'data':{'a':'9'}}").expect(200);
            case "DELETE" -> api.delete(one).expect(200);
            default -> api.delete(CONFIG_MAPS + "?dryRun=All").expect(200);
        };
        assertThat(dry.response().body().isEmpty()).isFalse();
        assertThat(api.get(CONFIG_MAPS).names()).containsExactly("c");
        assertThat(api.get(CONFIG_MAPS + "/c").revision()).isEqualTo(before);
        for (String wrong : new String[]{"Some", "all", "true"}) {
            assertThat(api.delete(CONFIG_MAPS + "/c?dryRun=" + wrong).expect(422).message())
                    .contains("dryRun: Unsupported value: [\"" + wrong + "\"]: supported values: \"All\"");
        }
    }

    @Test
    void aCollectionIsDeletedAsFarAsItIsSelected() {
        for (String name : List.of("a", "b", "c")) {
            api.post(CONFIG_MAPS, "{'metadata':{'name':'" + name + "','labels':{'l':'" + name + "'}}}").expect(201);
        }
        assertThat(api.delete(CONFIG_MAPS + "?labelSelector=l in (a)").expect(200).names()).containsExactly("a");
        assertThat(api.delete(CONFIG_MAPS + "?fieldSelector=metadata.name=b&limit=1").expect(200).names())
                .containsExactly("b");
        api.delete(CONFIG_MAPS + "?labelSelector=l in (", "").expect(400);
        assertThat(api.delete(CONFIG_MAPS, "{'propagationPolicy':'Orphan'}").expect(200).at("/kind").asText())
                .isEqualTo("ConfigMapList");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'propagationPolicy':'Maybe'} | 422", "{'propagationPolicy':'Orphan','orphanDependents':true} | 422",
            "{'gracePeriodSeconds':'soon'} | 400", "{'kind':'Pod'} | 400", "[] | 400", "{ | 400",
            "{'preconditions':{'resourceVersion':'1'}} | 409", "{'preconditions':{'uid':'x'}} | 409",
            "{'preconditions':{'uid':''}} | 409", "{'preconditions':{'resourceVersion':''}} | 409"})
    void optionsOfADeleteThatCannotBe(String options, int code) {
        gateway.configMap("c");
        api.delete(CONFIG_MAPS + "/c", options).expect(code);
        api.get(CONFIG_MAPS + "/c").expect(200);
    }
}
