package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.CONFIG_MAPS;
import static dev.xebec.gateway.testing.TestApi.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals word for word as a kube-apiserver 1.37.0 gave them to the same requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerAnswersTest {
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @BeforeAll
    void something() {
        api.post(CONFIG_MAPS, "{'metadata':{'name':'a'},'data':{'k':'v'}}").expect(201);
        api.post(DEPLOYMENTS, "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{"
                + "'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}").expect(201);
    }

    @AfterAll
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "x                          | invalid character 'x' looking for beginning of value (78)",
            "{a:1}                      | invalid character 'a' looking for beginning of object key string ({a:1})",
            "{\"a\" 1}                  | invalid character '1' after object key ({\"a\" 1})",
            "{\"a\":tru}                | invalid character '}' in literal true (expecting 'e') ({\"a\":tru})",
            "{\"a\":1,}                 | invalid character '}' looking for beginning of object key string ({\"a\":1,})",
            "{\"a\":                    | unexpected end of JSON input ({\"a\":)",
            "01                         | invalid character '1' after top-level value (3031)",
            "- a                        | invalid character ' ' in numeric literal (2d2061)"})
    void whatIsNoJsonIsToldInGosWords(String body, String why) {
        assertThat(api.send("POST", CONFIG_MAPS, "application/json", body).expect(400).message())
                .isEqualTo(
                        "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; "
                                + "json parse error: " + why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "x | 400 | couldn't get version/kind; json parse error: invalid character 'x' looking for beginning of value",
            "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"} | 400 | no kind \"Pod\" is registered for version \"v1\" in scheme \"pkg/runtime/scheme.go:111\"",
            "{\"gracePeriodSeconds\":\"x\"} | 400 | json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64",
            "{\"gracePeriodSeconds\":1.5} | 400 | json: cannot unmarshal number 1.5 into Go struct field DeleteOptions.gracePeriodSeconds of type int64",
            "{\"propagationPolicy\":\"Nope\"} | 422 | DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"Nope\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"",
            "{\"preconditions\":{\"resourceVersion\":\"1\"}} | 409 | Operation cannot be fulfilled on ConfigMap \"a\": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (R). The object might have been modified"})
    void howToDeleteIsReadAsKubernetesReadsIt(String options, int code, String why) {
        Api.Reply refused = api.send("DELETE", CONFIG_MAPS + "/a", "application/json", options).expect(code);
        assertThat(refused.message().replaceFirst("record \\([0-9]+\\)", "record (R)")).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "POST   | dryRun=all           | CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"all\"]: supported values: \"All\"",
            "POST   | dryRun=              | CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"\"]: supported values: \"All\"",
            "DELETE | propagationPolicy=   | DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"",
            "DELETE | gracePeriodSeconds=x | strconv.ParseInt: parsing \"x\": invalid syntax",
            "DELETE | gracePeriodSeconds=99999999999999999999 | strconv.ParseInt: parsing \"99999999999999999999\": value out of range",
            "GET    | timeoutSeconds=x     | strconv.ParseInt: parsing \"x\": invalid syntax",
            "GET    | continue=x           | invalid continue token: continue key is not valid: illegal base64 data at input byte 0",
            "GET    | labelSelector=a in b | unable to parse requirement: found 'b' expected: '('",
            "GET    | fieldSelector=metadata.name=a=b | invalid field selector: unescaped character in value: 61"})
    void queriesAreReadAsKubernetesReadsThem(String method, String query, String why) {
        String body = method.equals("POST") ? "{}" : "";
        Api.Reply refused = api.send(method, CONFIG_MAPS + "?" + query, "application/json", body);
        assertThat(refused.message()).isEqualTo(why);
        assertThat(refused.code()).isEqualTo(why.contains("Options") ? 422 : 400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[                                          | 400 | invalid JSON patch",
            "[{\"op\":1,\"path\":\"/data/k\"}]          | 400 | error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string",
            "[{\"op\":\"remove\",\"path\":\"/data/z\"}] | 422 | the server rejected our request due to an error in our request",
            "[{\"op\":\"remove\",\"path\":\"/metadata/name\"}] | 400 | the name of the object (a based on URL) was undeterminable: name must be provided"})
    void whatIsWrongWithAJsonPatchIsToldAsThere(String patch, int code, String why) {
        Api.Reply refused = api.send("PATCH", CONFIG_MAPS + "/a", JSON_PATCH, patch).expect(code);
        assertThat(refused.message()).isEqualTo(why);
        assertThat(refused.at("/details").isObject()).as("only what is generic has empty details")
                .isEqualTo(code == 422);
    }

    @Test
    void aJsonPatchMayReplaceAndCopyWhatIsAbsentAndCountFromTheEnd() {
        String path = CONFIG_MAPS + "/loose";
        api.post(CONFIG_MAPS, "{'metadata':{'name':'loose','finalizers':['a/b','c/d']},'data':{'k':'v'}}").expect(201);
        Api.Reply patched = api.send("PATCH", path, JSON_PATCH, """
                [{"op":"replace","path":"/data/new","value":"w"},{"op":"copy","from":"/data/none","path":"/data/c"},
                 {"op":"remove","path":"/metadata/finalizers/-1"}]""").expect(200);
        assertThat(patched.at("/data").toString()).isEqualTo("{\"k\":\"v\",\"new\":\"w\",\"c\":\"\"}");
        assertThat(patched.at("/metadata/finalizers").toString()).isEqualTo("[\"a/b\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"spec\":{\"replicas\":\"x\"}} | 422 | ` \"\" is invalid: patch: Invalid value: \"map[spec:map[replicas:x]]\": unrecognized type: int32`",
            "{\"spec\":{\"replicas\":1.5}}   | 422 | ` \"\" is invalid: patch: Invalid value: \"map[spec:map[replicas:1.5]]\": cannot convert float64 to int32`",
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":{}}}}} | 422 | ` \"\" is invalid: patch: Invalid value: \"map[spec:map[template:map[spec:map[containers:map[]]]]]\": cannot restore slice from map`",
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"image\":\"x\"}]}}}} | 500 | map: map[image:x] does not contain declared merge key: name",
            "{\"spec\":{\"template\":{\"spec\":{\"$setElementOrder/containers\":[\"x\"]}}}} | 500 | value for key 0 is not a map",
            "[] | 400 | json: cannot unmarshal array into Go value of type map[string]interface {}"})
    void whatIsWrongWithAStrategicPatchIsToldAsThere(String patch, int code, String why) {
        assertThat(api.send("PATCH", DEPLOYMENTS + "/d", STRATEGIC, patch).expect(code).message()).isEqualTo(why);
    }

    @Test
    void aStrategicPatchSaysNothingAboutTheKind() {
        api.send("PATCH", CONFIG_MAPS + "/a", STRATEGIC, "{\"kind\":\"Pod\",\"apiVersion\":\"v2\"}").expect(200);
        assertThat(api.merge(CONFIG_MAPS + "/a", "{'kind':'Pod'}").expect(422).message())
                .endsWith(": converting (v1.Pod) to (core.ConfigMap): unknown conversion");
        assertThat(api.merge(CONFIG_MAPS + "/a", "{'apiVersion':'v2'}").expect(422).message()).endsWith(
                ": no kind \"ConfigMap\" is registered for version \"v2\" in scheme \"pkg/runtime/scheme.go:111\"");
    }

    @Test
    void strictFieldsOfAPatchAreThePatchsFault() {
        assertThat(api.send("PATCH", CONFIG_MAPS + "/a?fieldValidation=Strict", STRATEGIC,
                "{\"nope\":1,\"data\":{\"x\":\"1\",\"x\":\"2\"}}").expect(422).message())
                .isEqualTo(
                        " \"\" is invalid: patch: Invalid value: \"map[data:map[x:2] nope:1]\": strict decoding error: "
                                + "duplicate field \"data.x\", unknown field \"nope\"");
        assertThat(api.send("PATCH", CONFIG_MAPS + "/a", JSON_PATCH,
                "[{\"op\":\"add\",\"path\":\"/data/k\",\"value\":\"1\",\"value\":\"2\",\"more\":1}]").expect(200)
                .response()
                .headers().get("Warning")).contains("json patch duplicate field \\\"[0].value\\\"")
                .contains("json patch unknown field \\\"[0].more\\\"");
    }

    @Test
    void otherPatchesAreConsumedByNobody() {
        Api.Reply refused = api.send("PATCH", CONFIG_MAPS + "/a", "application/json", "{}").expect(415);
        assertThat(refused.message()).isEqualTo("415: Unsupported Media Type");
        assertThat(refused.at("/details").isObject()).isTrue();
    }

    @Test
    void metadataOfAnUpdateIsHeldAgainstTheStoredOne() {
        String put = "{'metadata':{'name':'a',%s},'data':{'k':'v'}}";
        String uid = api.get(CONFIG_MAPS + "/a").uid();
        assertThat(api.put(CONFIG_MAPS + "/a", put.formatted("'uid':'bad'")).expect(409).message())
                .isEqualTo(
                        "Operation cannot be fulfilled on configmaps \"a\": StorageError: invalid object, Code: 4, Key: "
                                + "/configmaps/default/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID "
                                + "in precondition: bad, UID in object meta: " + uid);
        assertThat(api.merge(CONFIG_MAPS + "/a", "{'metadata':{'uid':'bad'}}").expect(422).message())
                .isEqualTo("ConfigMap \"a\" is invalid: metadata.uid: Invalid value: \"bad\": field is immutable");
        assertThat(api.put(CONFIG_MAPS + "/a", put.formatted("'deletionGracePeriodSeconds':5")).expect(422).message())
                .isEqualTo(
                        "ConfigMap \"a\" is invalid: metadata.deletionGracePeriodSeconds: Invalid value: 5: field is "
                                + "immutable");
        Api.Reply stale = api.put(CONFIG_MAPS + "/a", put.formatted("'resourceVersion':'x'")).expect(500);
        assertThat(stale.message()).isEqualTo("strconv.ParseUint: parsing \"x\": invalid syntax");
        assertThat(stale.reason()).isEmpty();
        assertThat(api.put(CONFIG_MAPS + "/a", put.formatted("'generateName':'g-'")).expect(200)
                .at("/metadata/generateName").asText()).as("it may be said and unsaid").isEqualTo("g-");
        assertThat(api.put(CONFIG_MAPS + "/a", "{'metadata':{'name':'a'},'data':{'k':'v'}}").expect(200)
                .at("/metadata/generateName").isMissingNode()).isTrue();
        assertThat(api.put(CONFIG_MAPS + "/a", "{'data':{'k':'v'}}").expect(400).message())
                .isEqualTo("the name of the object (a based on URL) was undeterminable: name must be provided");
    }

    @Test
    void aKindThatNeedsARevisionNamesItsResource() {
        api.post(LEASES, "{'metadata':{'name':'l'}}").expect(201);
        Api.Reply refused = api.put(LEASES + "/l", "{'metadata':{'name':'l'}}").expect(422);
        assertThat(refused.message())
                .isEqualTo("leases.coordination.k8s.io \"l\" is invalid: metadata.resourceVersion: "
                        + "Invalid value: 0: must be specified for an update");
        assertThat(refused.at("/details/kind").asText()).isEqualTo("leases");
    }

    @Test
    void whatADeletionAnswersIsTheKindsOwn() {
        gateway.configMap("gone");
        Api.Reply status = api.delete(CONFIG_MAPS + "/gone").expect(200);
        assertThat(status.at("/status").asText()).isEqualTo("Success");
        assertThat(status.tree().has("code")).isFalse();
        gateway.pod("gone");
        Api.Reply pod = api.delete(PODS + "/gone").expect(200);
        assertThat(pod.at("/kind").asText()).isEqualTo("Pod");
        assertThat(pod.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(pod.revision()).isPositive();
        api.post(CONFIG_MAPS, "{'metadata':{'name':'held','finalizers':['a/b']}}").expect(201);
        api.delete(CONFIG_MAPS + "/held").expect(200);
        Api.Reply last = api.merge(CONFIG_MAPS + "/held", "{'metadata':{'finalizers':null}}").expect(200);
        assertThat(last.at("/metadata/finalizers").isMissingNode()).as("the object as it was to be stored").isTrue();
    }

    @Test
    void ownersAndFinalizersAreNamedWhereTheyStand() {
        assertThat(api.post(CONFIG_MAPS,
                "{'metadata':{'name':'o','ownerReferences':[{'apiVersion':'v1/x/y','kind':'Pod',"
                        + "'name':'p','uid':''}],'finalizers':['x']}}")
                .expect(422).message())
                .contains(
                        "metadata.ownerReferences[0].apiVersion: Invalid value: \"v1/x/y\": must be <group>/<version> or "
                                + "<version>")
                .contains("metadata.ownerReferences[0].uid: Required value: must not be empty")
                .contains(
                        "metadata.finalizers[0]: Invalid value: \"x\": name is neither a standard finalizer name nor is "
                                + "it fully qualified");
        assertThat(api.post(CONFIG_MAPS, "{'metadata':{'name':'o','ownerReferences':[{'apiVersion':'v1','kind':'Event',"
                + "'name':'p','uid':'u'}]}}").expect(422).message()).endsWith(
                        "/v1, Kind=Event is disallowed from being an owner");
        assertThat(api.post(CONFIG_MAPS, "{'metadata':{'name':'o','finalizers':['orphan','foregroundDeletion']}}")
                .expect(422).message())
                .contains("Invalid value: [\"orphan\",\"foregroundDeletion\"]: finalizer orphan and "
                        + "foregroundDeletion cannot be both set");
    }

    @Test
    void whatIsWrittenToTheWrongPlaceHasNoMethod() {
        for (String path : new String[]{"/api/v1/configmaps", DEPLOYMENTS + "/d/scale"}) {
            Api.Reply refused = api.post(path, "{}").expect(405);
            assertThat(refused.message())
                    .isEqualTo("the server does not allow this method on the requested resource");
            assertThat(refused.at("/details").isObject()).isTrue();
        }
    }

    @Test
    void aNamespaceOfAClusterWideObjectIsDropped() {
        assertThat(api.post("/api/v1/nodes", "{'metadata':{'name':'n','namespace':'kube-system'}}").expect(201)
                .at("/metadata/namespace").isMissingNode()).isTrue();
    }

    @Test
    void aLimitDoesNotCountWhereAnyStateWillDo() {
        gateway.configMap("one");
        gateway.configMap("two");
        api.get(CONFIG_MAPS).expect(200);
        Api.Reply all = api.get(CONFIG_MAPS + "?limit=1&resourceVersion=0").expect(200);
        assertThat(all.names()).hasSizeGreaterThan(1);
        assertThat(all.at("/metadata/continue").isMissingNode()).isTrue();
    }

    @Test
    void anOwnerThatIsNamedTwiceIsKeptOnce() {
        String owner = "{'apiVersion':'v1','kind':'Pod','name':'p','uid':'u'}";
        Api.Reply made = api.post(CONFIG_MAPS + "?dryRun=All",
                "{'metadata':{'name':'owned','ownerReferences':[" + owner + "," + owner + "]}}").expect(201);
        assertThat(made.at("/metadata/ownerReferences")).hasSize(1);
        assertThat(made.response().headers().get("Warning"))
                .contains("contains duplicate entries; API server").contains("duplicate UID(s) observed: u");
    }

    @Test
    void itemsOfABuiltInListDoNotSayTheirKind() {
        Api.Reply list = api.get(CONFIG_MAPS).expect(200);
        assertThat(list.at("/kind").asText()).isEqualTo("ConfigMapList");
        assertThat(list.at("/items/0/metadata/name").asText()).isNotEmpty();
        assertThat(list.at("/items/0/kind").isMissingNode()).isTrue();
        assertThat(list.at("/items/0/apiVersion").isMissingNode()).isTrue();
    }

    @Test
    void whoeverAsksForADeprecatedKindIsToldSo() {
        assertThat(api.get("/api/v1/namespaces/default/endpoints").expect(200).response().headers().get("Warning"))
                .contains("v1 Endpoints is deprecated in v1.33+");
    }

    @Test
    void volumesAreHeldAndNewNodesTainted() {
        Api.Reply claim = api
                .post("/api/v1/namespaces/default/persistentvolumeclaims?dryRun=All", "{'metadata':{'name':'c'},"
                        + "'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}")
                .expect(201);
        assertThat(claim.at("/metadata/finalizers/0").asText()).isEqualTo("kubernetes.io/pvc-protection");
        Api.Reply node = api.post("/api/v1/nodes?dryRun=All", "{'metadata':{'name':'fresh'}}").expect(201);
        assertThat(node.at("/spec/taints/0/key").asText()).isEqualTo("node.kubernetes.io/not-ready");
    }

    @Test
    void aStatusRequestMayChangeMostMetadataAndOfADeploymentNoLabels() {
        Api.Reply changed = api.merge(DEPLOYMENTS + "/d/status?dryRun=All",
                "{'metadata':{'labels':{'x':'y'},'annotations':{'x':'y'},'finalizers':['a.b/c']}}").expect(200);
        assertThat(changed.at("/metadata/labels").isMissingNode()).isTrue();
        assertThat(changed.at("/metadata/annotations/x").asText()).isEqualTo("y");
        assertThat(changed.at("/metadata/finalizers/0").asText()).isEqualTo("a.b/c");
    }
}
