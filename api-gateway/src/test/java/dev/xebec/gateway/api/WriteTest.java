package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.CONFIG_MAPS;
import static dev.xebec.gateway.testing.TestApi.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that write, each trap by its name. */
class WriteTest {
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void createsAnObjectWithIdentityAndRevision() {
        Api.Reply made = gateway.configMap("one");
        assertThat(made.uid()).hasSize(36);
        assertThat(made.revision()).isPositive();
        assertThat(made.at("/metadata/creationTimestamp").asText()).endsWith("Z").hasSize(20);
        assertThat(made.at("/metadata/namespace").asText()).isEqualTo("default");
        assertThat(api.get(CONFIG_MAPS + "/one").expect(200).tree()).isEqualTo(made.tree());
    }

    @Test
    void refusesASecondObjectOfTheSameName() {
        gateway.configMap("one");
        Api.Reply second = api.post(CONFIG_MAPS, "{'metadata':{'name':'one'}}").expect(409);
        assertThat(second.reason()).isEqualTo("AlreadyExists");
        assertThat(second.message()).isEqualTo("configmaps \"one\" already exists");
    }

    @Test
    void alreadyExistsSaysWhenTheObjectIsBeingDeleted() {
        api.post(CONFIG_MAPS, "{'metadata':{'name':'held','finalizers':['x.dev/f']}}").expect(201);
        api.delete(CONFIG_MAPS + "/held").expect(200);
        assertThat(api.post(CONFIG_MAPS, "{'metadata':{'name':'held'}}").expect(409).message())
                .startsWith("object is being deleted:");
    }

    @Test
    void generatedNamesDiffer() {
        Set<String> names = new HashSet<>();
        for (int at = 0; at < 20; at++) {
            names.add(api.post(CONFIG_MAPS, "{'metadata':{'generateName':'g-'}}").expect(201).at("/metadata/name")
                    .asText());
        }
        assertThat(names).hasSize(20).allMatch(name -> name.matches("g-[a-z0-9]{5}"));
    }

    @Test
    void revisionOnCreateIsRefused() {
        Api.Reply refused = api.post(CONFIG_MAPS, "{'metadata':{'name':'a','resourceVersion':'5'}}").expect(500);
        assertThat(refused.reason()).as("kube-apiserver gives none").isEmpty();
        assertThat(refused.message()).isEqualTo("resourceVersion should not be set on objects to be created");
    }

    @Test
    void creatingInAMissingNamespaceIsNotFound() {
        Api.Reply reply = api.post("/api/v1/namespaces/nowhere/configmaps", "{'metadata':{'name':'a'}}").expect(404);
        assertThat(reply.message()).isEqualTo("namespaces \"nowhere\" not found");
    }

    @Test
    void creatingInATerminatingNamespaceIsForbiddenWithItsCause() {
        api.post("/api/v1/namespaces", "{'metadata':{'name':'going'}}").expect(201);
        Api.Reply deleted = api.delete("/api/v1/namespaces/going").expect(200);
        assertThat(deleted.at("/status/phase").asText()).isEqualTo("Terminating");
        Api.Reply refused = api.post("/api/v1/namespaces/going/configmaps", "{'metadata':{'name':'a'}}").expect(403);
        assertThat(refused.at("/details/causes/0/reason").asText()).isEqualTo("NamespaceTerminating");
    }

    @Test
    void aNamespaceGoesByFinalizeOnly() {
        api.post("/api/v1/namespaces", "{'metadata':{'name':'going'}}").expect(201);
        api.delete("/api/v1/namespaces/going").expect(200);
        api.get("/api/v1/namespaces/going").expect(200);
        api.put("/api/v1/namespaces/going/finalize", "{'metadata':{'name':'going'},'spec':{'finalizers':[]}}")
                .expect(200);
        api.get("/api/v1/namespaces/going").expect(404);
    }

    @Test
    void staleRevisionIsAConflict() {
        Api.Reply made = gateway.configMap("one");
        api.merge(CONFIG_MAPS + "/one", "{'data':{'b':'2'}}").expect(200);
        Api.Reply refused = api.put(CONFIG_MAPS + "/one",
                "{'metadata':{'name':'one','resourceVersion':'" + made.revision() + "'}}").expect(409);
        assertThat(refused.reason()).isEqualTo("Conflict");
        assertThat(refused.message()).contains("the object has been modified");
    }

    @Test
    void updateWithoutRevisionIsAllowedForSomeKindsAndInvalidForOthers() {
        gateway.configMap("one");
        api.put(CONFIG_MAPS + "/one", "{'metadata':{'name':'one'},'data':{'c':'3'}}").expect(200);
        String leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
        api.post(leases, "{'metadata':{'name':'l'},'spec':{'holderIdentity':'a'}}").expect(201);
        Api.Reply refused = api.put(leases + "/l", "{'metadata':{'name':'l'},'spec':{'holderIdentity':'b'}}")
                .expect(422);
        assertThat(refused.message()).contains("must be specified for an update");
    }

    @Test
    void updateCreatesWhereTheKindAllowsIt() {
        String leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
        api.put(leases + "/fresh", "{'metadata':{'name':'fresh'},'spec':{'holderIdentity':'a'}}").expect(201);
        api.put(CONFIG_MAPS + "/fresh", "{'metadata':{'name':'fresh'}}").expect(404);
    }

    @Test
    void nameInTheBodyHasToBeThatOfThePath() {
        gateway.configMap("one");
        assertThat(api.put(CONFIG_MAPS + "/one", "{'metadata':{'name':'two'}}").expect(400).message())
                .isEqualTo("the name of the object (two) does not match the name on the URL (one)");
        api.post(CONFIG_MAPS, "{'metadata':{'name':'a','namespace':'other'}}").expect(400);
    }

    @Test
    void aWriteThatChangesNothingKeepsTheRevision() {
        Api.Reply made = gateway.configMap("one");
        assertThat(api.merge(CONFIG_MAPS + "/one", "{'data':{'a':'1'}}").expect(200).revision())
                .isEqualTo(made.revision());
        assertThat(api.put(CONFIG_MAPS + "/one", made.response().body().utf8()).expect(200).revision())
                .isEqualTo(made.revision());
    }

    @Test
    void generationCountsTheSpecOnly() {
        String deployments = "/apis/apps/v1/namespaces/default/deployments";
        api.post(deployments, "{'metadata':{'name':'d','generation':7},'spec':{'selector':{'matchLabels':{'a':'b'}},"
                + "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}")
                .expect(201);
        assertThat(api.get(deployments + "/d").at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(api.merge(deployments + "/d", "{'spec':{'replicas':3}}").at("/metadata/generation").asInt())
                .isEqualTo(2);
        assertThat(
                api.merge(deployments + "/d", "{'metadata':{'labels':{'x':'y'}}}").at("/metadata/generation").asInt())
                .isEqualTo(2);
        assertThat(api.merge(deployments + "/d/status", "{'status':{'replicas':3}}").expect(200)
                .at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(api.delete(deployments + "/d", "{'propagationPolicy':'Foreground'}").expect(200)
                .at("/metadata/generation").asInt()).isEqualTo(3);
    }

    @Test
    void statusAndSpecCannotReachEachOther() {
        gateway.pod("p");
        Api.Reply main = api.merge(PODS + "/p", "{'status':{'phase':'Running'},'metadata':{'labels':{'n':'1'}}}");
        assertThat(main.expect(200).at("/status/phase").asText()).isEqualTo("Pending");
        Api.Reply status = api.merge(PODS + "/p/status",
                "{'status':{'phase':'Running'},'spec':{'priority':5}}").expect(200);
        assertThat(status.at("/status/phase").asText()).isEqualTo("Running");
        assertThat(status.at("/spec/priority").asInt()).isZero();
        api.get(CONFIG_MAPS + "/x/status").expect(404);
    }

    @Test
    void finalizersHoldADeletedObjectUntilTheLastIsTakenOff() {
        api.post(CONFIG_MAPS, "{'metadata':{'name':'held','finalizers':['x.dev/f']}}").expect(201);
        Api.Reply pending = api.delete(CONFIG_MAPS + "/held").expect(200);
        assertThat(pending.at("/kind").asText()).isEqualTo("ConfigMap");
        assertThat(pending.at("/metadata/deletionTimestamp").isTextual()).isTrue();
        assertThat(pending.at("/metadata/deletionGracePeriodSeconds").asInt(-1)).isZero();
        api.merge(CONFIG_MAPS + "/held", "{'metadata':{'finalizers':['x.dev/f','x.dev/g']}}").expect(422);
        api.merge(CONFIG_MAPS + "/held", "{'metadata':{'finalizers':null}}").expect(200);
        api.get(CONFIG_MAPS + "/held").expect(404);
    }

    @Test
    void aDeleteAnswersTheUidOfWhatHasGone() {
        Api.Reply made = gateway.configMap("one");
        Api.Reply gone = api.delete(CONFIG_MAPS + "/one", "{'propagationPolicy':'Background'}").expect(200);
        assertThat(gone.at("/status").asText()).isEqualTo("Success");
        assertThat(gone.at("/details/uid").asText()).isEqualTo(made.uid());
        api.delete(CONFIG_MAPS + "/one").expect(404);
    }

    @Test
    void deletePreconditionsAreKept() {
        gateway.configMap("one");
        api.delete(CONFIG_MAPS + "/one", "{'preconditions':{'uid':'other'}}").expect(409);
        api.delete(CONFIG_MAPS + "/one", "{'preconditions':{'resourceVersion':'1'}}").expect(409);
        api.get(CONFIG_MAPS + "/one").expect(200);
    }

    @Test
    void anUnscheduledPodGoesAtOnceAndAScheduledOneGetsItsGrace() {
        gateway.pod("loose");
        Api.Reply gone = api.delete(PODS + "/loose").expect(200);
        assertThat(gone.at("/kind").asText()).as("pods are shown as they went").isEqualTo("Pod");
        assertThat(gone.at("/metadata/deletionGracePeriodSeconds").asInt(-1)).isZero();
        gateway.node("n");
        String uid = gateway.pod("bound").uid();
        api.post(PODS + "/bound/binding", "{'metadata':{'name':'bound'},'target':{'kind':'Node','name':'n'}}")
                .expect(201);
        Api.Reply pending = api.delete(PODS + "/bound").expect(200);
        assertThat(pending.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
        assertThat(java.time.Instant.parse(pending.at("/metadata/deletionTimestamp").asText()))
                .isAfter(java.time.Instant.now().plusSeconds(20));
        assertThat(api.delete(PODS + "/bound", "{'gracePeriodSeconds':60}").at("/metadata/deletionGracePeriodSeconds")
                .asInt()).isEqualTo(30);
        assertThat(api.delete(PODS + "/bound", "{'gracePeriodSeconds':5}").at("/metadata/deletionGracePeriodSeconds")
                .asInt()).isEqualTo(5);
        api.delete(PODS + "/bound", "{'gracePeriodSeconds':0,'preconditions':{'uid':'other'}}").expect(409);
        api.delete(PODS + "/bound", "{'gracePeriodSeconds':0,'preconditions':{'uid':'" + uid + "'}}").expect(200);
        api.get(PODS + "/bound").expect(404);
    }

    @Test
    void aJobIsOrphanedWithoutAPolicyAndNotInTheBackground() {
        String jobs = "/apis/batch/v1/namespaces/default/jobs";
        String job = "{'metadata':{'name':'j'},'spec':{'template':{'spec':{'restartPolicy':'Never',"
                + "'containers':[{'name':'c','image':'i'}]}}}}";
        api.post(jobs, job).expect(201);
        assertThat(api.delete(jobs + "/j").expect(200).at("/metadata/finalizers/0").asText()).isEqualTo("orphan");
        api.post(jobs, job.replace("'j'", "'k'")).expect(201);
        assertThat(api.delete(jobs + "/k?propagationPolicy=Background").expect(200).at("/status").asText())
                .isEqualTo("Success");
    }

    @Test
    void deleteCollectionDeletesWhatIsSelected() {
        gateway.pod("a");
        gateway.pod("b");
        assertThat(api.delete(PODS + "?labelSelector=app%3Da".replace("%3D", "=")).expect(200).names())
                .containsExactly("a");
        assertThat(api.get(PODS).names()).containsExactly("b");
    }

    @Test
    void dryRunStoresNothing() {
        api.post(CONFIG_MAPS + "?dryRun=All", "{'metadata':{'name':'one'}}").expect(201);
        api.get(CONFIG_MAPS + "/one").expect(404);
        gateway.configMap("two");
        assertThat(api.merge(CONFIG_MAPS + "/two?dryRun=All", "{'data':{'z':'9'}}").expect(200).at("/data/z").asText())
                .isEqualTo("9");
        api.delete(CONFIG_MAPS + "/two?dryRun=All").expect(200);
        assertThat(api.get(CONFIG_MAPS + "/two").expect(200).at("/data/z").isMissingNode()).isTrue();
    }

    @Test
    void unknownFieldsWarnAreDroppedOrRefused() {
        String body = "{'metadata':{'name':'one'},'dota':{'a':'1'}}";
        Api.Reply strict = api.post(CONFIG_MAPS + "?fieldValidation=Strict", body).expect(400);
        assertThat(strict.message()).contains("strict decoding error: unknown field \"dota\"");
        Api.Reply warned = api.post(CONFIG_MAPS, body).expect(201);
        assertThat(warned.response().headers().get("Warning")).isEqualTo("299 - \"unknown field \\\"dota\\\"\"");
        assertThat(warned.at("/dota").isMissingNode()).isTrue();
        assertThat(api.put(CONFIG_MAPS + "/one?fieldValidation=Ignore", body).expect(200).response().headers())
                .doesNotContainKey("Warning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{'metadata':[]}", "{'metadata':{'name':5}}", "{'kind':'Pod'}",
            "{'apiVersion':'v2'}", "'text'", "{'metadata':{'name':'a'},'data':[]}", "{'data':{}} trailing",
            "{'kind':3}"})
    void malformedBodiesAreBadRequests(String body) {
        Api.Reply reply = api.post(CONFIG_MAPS, body).expect(400);
        assertThat(reply.at("/kind").asText()).isEqualTo("Status");
    }

    @Test
    void nullSpecAndMissingFieldsAreInvalid() {
        assertThat(api.post(PODS, "{'metadata':{'name':'p'},'spec':null}").expect(422).reason()).isEqualTo("Invalid");
        assertThat(api.post(CONFIG_MAPS, "{'metadata':{'name':'Not_A_Name'}}").expect(422).at("/details/kind").asText())
                .isEqualTo("ConfigMap");
    }

    @Test
    void unknownMediaTypesAreRefusedWithTheListOfKnownOnes() {
        assertThat(api.send("POST", CONFIG_MAPS, "application/cbor", "x").expect(415).message())
                .contains("application/json");
        gateway.configMap("one");
        assertThat(api.send("PATCH", CONFIG_MAPS + "/one", "application/apply-patch+cbor", "{}").expect(415).message())
                .isEqualTo("415: Unsupported Media Type");
        api.send("GET", CONFIG_MAPS, "", "application/xml", Bytes.EMPTY).expect(406);
    }

    @Test
    void yamlIsAccepted() {
        api.send("POST", CONFIG_MAPS, "application/yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: \"1\"\n").expect(201);
        assertThat(api.get(CONFIG_MAPS + "/one").at("/data/a").asText()).isEqualTo("1");
    }

    @Test
    void nullCreationTimestampIsAccepted() {
        api.post(CONFIG_MAPS + "?fieldValidation=Strict", "{'metadata':{'name':'one','creationTimestamp':null}}")
                .expect(201);
    }

    @Test
    void largeIntegersSurvivePatches() {
        api.post(PODS, "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}],"
                + "'terminationGracePeriodSeconds':9007199254740993}}").expect(201);
        assertThat(api.merge(PODS + "/p", "{'metadata':{'labels':{'a':'b'}}}").response().body().utf8())
                .contains("9007199254740993");
    }

    @Test
    void aPatchThatNamesAnOldRevisionIsAConflict() {
        Api.Reply made = gateway.configMap("one");
        api.merge(CONFIG_MAPS + "/one", "{'data':{'b':'2'}}").expect(200);
        api.merge(CONFIG_MAPS + "/one",
                "{'metadata':{'resourceVersion':'" + made.revision() + "'},'data':{'b':'3'}}").expect(409);
    }

    @Test
    void podsRunAsTheDefaultServiceAccount() {
        assertThat(gateway.pod("p").at("/spec/serviceAccountName").asText()).isEqualTo("default");
    }

    @Test
    void podsTolerateALostNodeForFiveMinutesUnlessTheySayOtherwise() {
        assertThat(gateway.pod("p").at("/spec/tolerations").toString()).isEqualTo(
                "[{\"key\":\"node.kubernetes.io/not-ready\",\"operator\":\"Exists\",\"effect\":\"NoExecute\","
                        + "\"tolerationSeconds\":300},{\"key\":\"node.kubernetes.io/unreachable\",\"operator\":\"Exists\","
                        + "\"effect\":\"NoExecute\",\"tolerationSeconds\":300}]");
        assertThat(api.post(PODS, "{'metadata':{'name':'q'},'spec':{'containers':[{'name':'c','image':'i'}],"
                + "'tolerations':[{'operator':'Exists'}]}}").expect(201).at("/spec/tolerations")).hasSize(1);
        assertThat(api.post(PODS, "{'metadata':{'name':'r'},'spec':{'containers':[{'name':'c','image':'i'}],"
                + "'tolerations':[{'key':'node.kubernetes.io/not-ready','operator':'Exists','effect':'NoExecute'}]}}")
                .expect(201).at("/spec/tolerations")).hasSize(2);
    }

    @Test
    void aPatchThatGivesAFieldAnotherTypeIsInvalid() {
        gateway.configMap("one");
        assertThat(api.merge(CONFIG_MAPS + "/one", "{'data':{'a':1}}").expect(422).message())
                .contains("patch: Invalid value: ", "json: cannot unmarshal number into Go struct field");
    }

    @Test
    void patchesWithoutARevisionAllSucceedHoweverManyComeAtOnce() throws Exception {
        gateway.configMap("one");
        List<Thread> threads = new ArrayList<>();
        List<Integer> codes = new CopyOnWriteArrayList<>();
        for (int at = 0; at < 16; at++) {
            String patch = "{'data':{'k" + at + "':'v'}}";
            threads.add(Thread.ofVirtual().start(() -> codes.add(api.merge(CONFIG_MAPS + "/one", patch).code())));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(codes).hasSize(16).containsOnly(200);
        assertThat(api.get(CONFIG_MAPS + "/one").at("/data")).hasSize(17);
    }

    @Test
    void unknownKindsAndVerbsAreNamed() {
        api.get("/apis/nothing.dev/v1/things").expect(404);
        api.get("/api/v1/namespaces/default/nothings").expect(404);
        api.post(CONFIG_MAPS + "/one", "{}").expect(405);
    }
}
