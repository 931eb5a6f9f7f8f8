package dev.xebec.gateway.custom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import org.junit.jupiter.api.Test;

/** The life of definitions and of their objects through one gateway, and through two over one store. */
class CustomResourcesTest {

    @Test
    void aDefinitionIsEstablishedInTheWriteThatCreatesIt() {
        try (TestApi gateway = new TestApi()) {
            Api.Reply created = gateway.api().post(Ships.DEFINITIONS, Ships.one().replace("'spec':{'group'",
                    "'status':{'storedVersions':['v9']},'spec':{'group'")).expect(201);
            assertThat(condition(created, "NamesAccepted").path("reason").asText()).isEqualTo("NoConflicts");
            assertThat(condition(created, "Established").path("status").asText()).isEqualTo("True");
            assertThat(condition(created, "Established").path("reason").asText()).isEqualTo("InitialNamesAccepted");
            assertThat(created.at("/status/acceptedNames/plural").asText()).isEqualTo("ships");
            assertThat(created.at("/status/acceptedNames/singular").asText()).isEqualTo("ship");
            assertThat(created.at("/status/acceptedNames/listKind").asText()).isEqualTo("ShipList");
            assertThat(created.at("/status/storedVersions").toString()).isEqualTo("[\"v1\"]");
        }
    }

    @Test
    void whatOneGatewayAcknowledgedEveryGatewayServesAtOnce() {
        try (TestApi one = new TestApi(); TestApi other = new TestApi(one.store())) {
            for (int round = 0; round < 20; round++) {
                String plural = "ships" + round;
                String path = "/apis/example.com/v1/namespaces/default/" + plural;
                one.api().post(Ships.DEFINITIONS, Ships.definition(plural, "Ship" + round, "Namespaced", "",
                        Ships.version("v1", true, true))).expect(201);
                other.api().post(path, "{'apiVersion':'example.com/v1','kind':'Ship" + round
                        + "','metadata':{'name':'a'}}").expect(201);
                assertThat(one.api().get(path).expect(200).names()).containsExactly("a");
                assertThat(resources(other.api(), "/apis/example.com/v1")).contains(plural);
            }
        }
    }

    @Test
    void aDefinitionThatIsGoneIsServedByNobody() {
        try (TestApi one = new TestApi(); TestApi other = new TestApi(one.store())) {
            one.api().post(Ships.DEFINITIONS, Ships.one()).expect(201);
            other.api().get(Ships.V1).expect(200);
            remove(one.api());
            other.api().get(Ships.DEFINITION).expect(404);
            assertThat(other.api().get(Ships.V1).expect(404).message())
                    .isEqualTo("404 page not found");
            other.api().get("/apis/example.com/v1").expect(404);
            assertThat(other.api().get("/apis").tree().toString()).doesNotContain("example.com");
            assertThat(other.api().get("/openapi/v3").tree().toString()).doesNotContain("example.com");
            one.api().post(Ships.DEFINITIONS, Ships.one()).expect(201);
            other.api().get(Ships.V1).expect(200);
        }
    }

    /** A gateway that had not heard of it yet once answered with an empty list. */
    @Test
    void aListThroughAnotherGatewayIsNotOfADefinitionThatIsGone() {
        try (TestApi one = new TestApi(); TestApi other = new TestApi(one.store())) {
            for (int round = 0; round < 50; round++) {
                one.api().post(Ships.DEFINITIONS, Ships.one()).expect(201);
                other.api().get(Ships.V1).expect(200);
                remove(one.api());
                other.api().get(Ships.V1).expect(404);
            }
        }
    }

    @Test
    void namesThatAnotherDefinitionHasAreRefusedUntilTheyAreFree() {
        try (TestApi one = new TestApi(); TestApi other = new TestApi(one.store())) {
            one.api().post(Ships.DEFINITIONS, Ships.one()).expect(201);
            Api.Reply second = other.api().post(Ships.DEFINITIONS, Ships.definition("shippers", "Ship", "Namespaced",
                    "'shortNames':['sh']", Ships.version("v1", true, true))).expect(201);
            assertThat(condition(second, "NamesAccepted").path("reason").asText()).isEqualTo("ListKindConflict");
            assertThat(condition(second, "NamesAccepted").path("message").asText())
                    .isEqualTo("\"ShipList\" is already in use");
            assertThat(condition(second, "Established").path("reason").asText()).isEqualTo("NotAccepted");
            String path = "/apis/example.com/v1/namespaces/default/shippers";
            other.api().get(path).expect(404);
            remove(one.api());
            Api.Reply free = other.api().merge(Ships.DEFINITIONS + "/shippers.example.com/status", "{}").expect(200);
            assertThat(condition(free, "Established").path("status").asText()).isEqualTo("True");
            one.api().get(path).expect(200);
        }
    }

    @Test
    void twoGatewaysDoNotGiveOneNameTwice() throws InterruptedException {
        try (TestApi one = new TestApi(); TestApi other = new TestApi(one.store())) {
            for (int round = 0; round < 10; round++) {
                String kind = "Ship" + round;
                Thread rival = Thread.startVirtualThread(() -> other.api().post(Ships.DEFINITIONS,
                        Ships.definition("rivals" + kind.toLowerCase(java.util.Locale.ROOT), kind, "Cluster", "",
                                Ships.version("v1", true, true))));
                one.api().post(Ships.DEFINITIONS, Ships.definition("ships" + round, kind, "Cluster", "",
                        Ships.version("v1", true, true))).expect(201);
                rival.join();
                long given = one.api().get(Ships.DEFINITIONS).tree().path("items").valueStream()
                        .filter(definition -> definition.at("/status/acceptedNames/kind").asText().equals(kind))
                        .count();
                assertThat(given).isEqualTo(1);
            }
        }
    }

    @Test
    void objectsAreHeldWhileTheirDefinitionGoes() {
        try (TestApi gateway = new TestApi()) {
            Api api = gateway.api();
            api.post(Ships.DEFINITIONS, Ships.one()).expect(201);
            api.post(Ships.V1, Ships.ship("v1", "a", "")).expect(201);
            Api.Reply going = api.delete(Ships.DEFINITION).expect(200);
            assertThat(condition(going, "Terminating").path("reason").asText()).isEqualTo("InstanceDeletionPending");
            assertThat(going.at("/metadata/finalizers/0").asText())
                    .isEqualTo("customresourcecleanup.apiextensions.k8s.io");
            Api.Reply refused = api.post(Ships.V1, Ships.ship("v1", "b", "")).expect(403);
            assertThat(refused.message())
                    .endsWith(
                            " \"b\" is forbidden: create not allowed while custom resource definition is terminating");
            assertThat(refused.reason()).isEqualTo("Forbidden");
            api.get(Ships.V1 + "/a").expect(200);
            api.merge(Ships.V1 + "/a", "{'spec':{'color':'red'}}").expect(200);
            api.delete(Ships.V1 + "/a").expect(200);
        }
    }

    @Test
    void aChangedSchemaCountsFromTheNextRequestOn() {
        try (TestApi one = new TestApi(); TestApi other = new TestApi(one.store())) {
            one.api().post(Ships.DEFINITIONS, Ships.one()).expect(201);
            other.api().post(Ships.V1, Ships.ship("v1", "a", "'color':'red'")).expect(201);
            one.api().put(Ships.DEFINITION, withRevision(one.api(), Ships.one().replace("'color':{'type':'string'}",
                    "'color':{'type':'string','enum':['blue']}"))).expect(200);
            other.api().post(Ships.V1, Ships.ship("v1", "b", "'color':'red'")).expect(422);
            other.api().post(Ships.V1, Ships.ship("v1", "b", "'color':'blue'")).expect(201);
        }
    }

    @Test
    void versionsAreStoredInOneAndShownInEach() {
        try (TestApi gateway = new TestApi()) {
            Api api = gateway.api();
            api.post(Ships.DEFINITIONS, Ships.two()).expect(201);
            assertThat(
                    api.post(Ships.V2, Ships.ship("v2", "a", "'color':'red'")).expect(201).at("/apiVersion").asText())
                    .isEqualTo("example.com/v2");
            assertThat(stored(gateway, "a")).startsWith("{\"apiVersion\":\"example.com/v1\"");
            assertThat(api.get(Ships.V1 + "/a").at("/apiVersion").asText()).isEqualTo("example.com/v1");
            assertThat(api.get(Ships.V2 + "/a").at("/apiVersion").asText()).isEqualTo("example.com/v2");
            assertThat(api.get(Ships.V2).at("/items/0/apiVersion").asText()).isEqualTo("example.com/v2");
            assertThat(api.merge(Ships.V2 + "/a", "{'spec':{'color':'blue'}}").at("/apiVersion").asText())
                    .isEqualTo("example.com/v2");
            assertThat(stored(gateway, "a")).startsWith("{\"apiVersion\":\"example.com/v1\"").contains("blue");
            long before = api.get(Ships.V2 + "/a").revision();
            assertThat(api.merge(Ships.V2 + "/a", "{'spec':{'color':'blue'}}").revision()).isEqualTo(before);
        }
    }

    @Test
    void aWriteThatChangesNothingBringsAnObjectIntoANewStorageVersion() {
        try (TestApi gateway = new TestApi()) {
            Api api = gateway.api();
            api.post(Ships.DEFINITIONS, Ships.two()).expect(201);
            api.post(Ships.V1, Ships.ship("v1", "a", "'color':'red'")).expect(201);
            Api.Reply changed = api.put(Ships.DEFINITION, withRevision(api, Ships.twoStoredInV2())).expect(200);
            assertThat(changed.at("/status/storedVersions").toString()).isEqualTo("[\"v1\",\"v2\"]");
            assertThat(stored(gateway, "a")).startsWith("{\"apiVersion\":\"example.com/v1\"");
            assertThat(api.get(Ships.V2 + "/a").at("/apiVersion").asText()).isEqualTo("example.com/v2");
            api.merge(Ships.V2 + "/a", "{}").expect(200);
            assertThat(stored(gateway, "a")).startsWith("{\"apiVersion\":\"example.com/v2\"");
            long settled = api.get(Ships.V2 + "/a").revision();
            assertThat(api.merge(Ships.V1 + "/a", "{}").revision()).isEqualTo(settled);
        }
    }

    /** CVE-2019-11247 and CVE-2022-3162: what is asked for is what is authorized, and nothing else. */
    @Test
    void pathsOfAnotherScopeOrThatLeaveTheirResourceAreNotServed() {
        try (TestApi gateway = new TestApi()) {
            Api api = gateway.api();
            api.post(Ships.DEFINITIONS, Ships.definition("fleets", "Fleet", "Cluster", "",
                    Ships.version("v1", true, true))).expect(201);
            api.post(Ships.DEFINITIONS, Ships.one()).expect(201);
            api.post("/apis/example.com/v1/fleets", "{'apiVersion':'example.com/v1','kind':'Fleet','metadata':"
                    + "{'name':'a'}}").expect(201);
            api.get("/apis/example.com/v1/namespaces/default/fleets/a").expect(404);
            api.get("/apis/example.com/v1/namespaces/default/fleets").expect(404);
            api.delete("/apis/example.com/v1/namespaces/default/fleets/a").expect(404);
            assertThat(api.get(Ships.V1 + "/..").code()).isIn(400, 404);
            assertThat(api.get(Ships.V1 + "/../fleets").code()).isIn(400, 404);
            assertThat(api.get("/apis/example.com/v1/fleets/../ships").code()).isIn(400, 404);
            api.get("/apis/example.com/v1/fleets/a").expect(200);
        }
    }

    @Test
    void scaleStatusSelectorsAndColumnsFollowTheDefinition() {
        try (TestApi gateway = new TestApi()) {
            Api api = gateway.api();
            api.post(Ships.DEFINITIONS, Ships.one()).expect(201);
            api.post(Ships.V1, Ships.ship("v1", "a", "'replicas':2,'color':'red'")).expect(201);
            api.post(Ships.V1, Ships.ship("v1", "b", "'color':'blue'")).expect(201);
            api.merge(Ships.V1 + "/a/status", "{'status':{'replicas':1,'selector':'app=a'},'spec':{'color':'no'}}")
                    .expect(200);
            Api.Reply scale = api.get(Ships.V1 + "/a/scale").expect(200);
            assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(2);
            assertThat(scale.at("/status/replicas").asInt()).isEqualTo(1);
            assertThat(scale.at("/status/selector").asText()).isEqualTo("app=a");
            assertThat(api.merge(Ships.V1 + "/a/scale", "{'spec':{'replicas':5}}").expect(200).at("/spec/replicas")
                    .asInt()).isEqualTo(5);
            assertThat(api.get(Ships.V1 + "/a").at("/spec/replicas").asInt()).isEqualTo(5);
            assertThat(api.get(Ships.V1 + "?fieldSelector=spec.color=red").expect(200).names()).containsExactly("a");
            api.get(Ships.V1 + "?fieldSelector=spec.masts=3").expect(400);
            Api.Reply table = new Api.Reply(api.send("GET", Ships.V1, "",
                    "application/json;as=Table;v=v1;g=meta.k8s.io", dev.xebec.contracts.Bytes.EMPTY).response());
            assertThat(table.at("/columnDefinitions").valueStream().map(column -> column.path("name").asText()))
                    .containsExactly("Name", "Color");
            assertThat(table.at("/rows/0/cells/1").asText()).isEqualTo("red");
        }
    }

    @Test
    void whoAsksForADeprecatedVersionIsTold() {
        try (TestApi gateway = new TestApi()) {
            gateway.api().post(Ships.DEFINITIONS, Ships.one().replace("'served':true",
                    "'deprecated':true,'deprecationWarning':'v1 sinks','served':true")).expect(201);
            assertThat(gateway.api().get(Ships.V1).expect(200).response().headers()).containsEntry("Warning",
                    "299 - \"v1 sinks\"");
        }
    }

    static JsonNode condition(Api.Reply definition, String type) {
        return definition.at("/status/conditions").valueStream().filter(one -> one.path("type").asText().equals(type))
                .findFirst().orElseThrow();
    }

    static String withRevision(Api api, String definition) {
        return definition.replace("'metadata':{'name':'ships.example.com'}", "'metadata':{'name':'ships.example.com',"
                + "'resourceVersion':'" + api.get(Ships.DEFINITION).revision() + "'}");
    }

    /** As the controllers do when no object is left. */
    private static void remove(Api api) {
        api.delete(Ships.DEFINITION).expect(200);
        api.merge(Ships.DEFINITION, "{'metadata':{'finalizers':null}}").expect(200);
    }

    private static String stored(TestApi gateway, String name) {
        return gateway.gateway().registry().newest().get("example.com/ships", "default", name).json().utf8();
    }

    private static java.util.List<String> resources(Api api, String path) {
        return api.get(path).expect(200).tree().path("resources").valueStream().map(one -> one.path("name").asText())
                .toList();
    }
}
