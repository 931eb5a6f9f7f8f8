package dev.xebec.gateway.subresource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class ScaleTest {
    private static final String APPS = "/apis/apps/v1/namespaces/default/";
    private static final String POD = "{'metadata':{'labels':{'app':'web'}},"
            + "'spec':{'containers':[{'name':'c','image':'i'}]}}";

    private TestApi gateway;
    private Api api;

    @BeforeAll
    void start() {
        gateway = new TestApi();
        api = gateway.api();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private String deployment(String name) {
        api.post(APPS + "deployments", "{'metadata':{'name':'" + name + "'},'spec':{'replicas':3,'selector':"
                + "{'matchLabels':{'app':'web'},'matchExpressions':[{'key':'tier','operator':'Exists'}]},'template':"
                + POD.replace("'app':'web'", "'app':'web','tier':'x'") + "}}").expect(201);
        return APPS + "deployments/" + name;
    }

    @Test
    void showsAWorkloadAsAScale() {
        String path = deployment("shown");

        Api.Reply scale = api.get(path + "/scale").expect(200);

        assertThat(scale.at("/kind").asText()).isEqualTo("Scale");
        assertThat(scale.at("/apiVersion").asText()).isEqualTo("autoscaling/v1");
        assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(scale.at("/status/replicas").asInt()).isZero();
        assertThat(scale.at("/status/selector").asText()).isEqualTo("app=web,tier");
        assertThat(scale.uid()).isEqualTo(api.get(path).uid());
        assertThat(scale.revision()).isEqualTo(api.get(path).revision());
    }

    @Test
    void isPrintedWithColumnsOfItsOwnAndSpokenInProtobuf() {
        String path = deployment("printed") + "/scale";
        Api.Reply table = api.send("GET", path, "",
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json", Bytes.EMPTY).expect(200);
        assertThat(table.tree().path("columnDefinitions").valueStream().map(column -> column.path("name").asText()))
                .containsExactly("Name", "Desired", "Available", "Age");
        assertThat(table.at("/rows/0/cells/1").isInt()).isTrue();
        assertThat(api.send("GET", path, "", "application/vnd.kubernetes.protobuf", Bytes.EMPTY).expect(200)
                .response().contentType()).isEqualTo("application/vnd.kubernetes.protobuf");
    }

    @Test
    void scalesByMergePatchAsKubectlDoes() {
        String path = deployment("patched");

        Api.Reply scaled = api.merge(path + "/scale", "{'spec':{'replicas':5}}").expect(200);

        assertThat(scaled.at("/kind").asText()).isEqualTo("Scale");
        assertThat(scaled.at("/spec/replicas").asInt()).isEqualTo(5);
        Api.Reply workload = api.get(path).expect(200);
        assertThat(workload.at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(workload.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(workload.at("/spec/template/spec/containers/0/image").asText()).isEqualTo("i");
    }

    @Test
    void replacesOnlyTheStateItWasReadFrom() {
        String path = deployment("replaced");
        Api.Reply read = api.get(path + "/scale");
        var stale = read.tree();
        api.merge(path, "{'metadata':{'annotations':{'touched':'yes'}}}").expect(200);
        ((com.fasterxml.jackson.databind.node.ObjectNode) stale.path("spec")).put("replicas", 7);

        Api.Reply refused = api.put(path + "/scale", stale.toString()).expect(409);
        assertThat(refused.reason()).isEqualTo("Conflict");
        var fresh = api.get(path + "/scale").tree();
        ((com.fasterxml.jackson.databind.node.ObjectNode) fresh.path("spec")).put("replicas", 7);
        assertThat(api.put(path + "/scale", fresh.toString()).expect(200).at("/spec/replicas").asInt()).isEqualTo(7);
        assertThat(api.get(path).at("/spec/replicas").asInt()).isEqualTo(7);
    }

    @Test
    void refusesWhatIsNoNumberOfPods() {
        String path = deployment("refused") + "/scale";

        assertThat(api.merge(path, "{'spec':{'replicas':-1}}").expect(422).message())
                .isEqualTo("Scale.autoscaling \"refused\" is invalid: spec.replicas: Invalid value: -1: "
                        + "must be greater than or equal to 0");
        api.merge(path, "{'spec':{'replicas':'many'}}").expect(422);
        api.merge(path, "{'metadata':{'name':'other'}}").expect(400);
        api.merge(path, "not json").expect(400);
        api.send("PATCH", path, "application/apply-patch+cbor", "{}").expect(415);
        api.get(APPS + "deployments/absent/scale").expect(404);
        api.merge(APPS + "deployments/absent/scale", "{'spec':{'replicas':1}}").expect(404);
        api.delete(path).expect(405);
        assertThat(api.get(path).at("/spec/replicas").asInt()).isEqualTo(3);
    }

    @Test
    void storesNothingOnADryRun() {
        String path = deployment("dry");

        Api.Reply reply = api.merge(path + "/scale?dryRun=All", "{'spec':{'replicas':9}}").expect(200);

        assertThat(reply.at("/spec/replicas").asInt()).isEqualTo(9);
        assertThat(api.get(path).at("/spec/replicas").asInt()).isEqualTo(3);
    }

    @Test
    void obeysAJsonPatchsTest() {
        String path = deployment("tested") + "/scale";
        String patch = "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":%d},"
                + "{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":%d}]";

        api.send("PATCH", path, "application/json-patch+json", patch.formatted(3, 4)).expect(200);
        api.send("PATCH", path, "application/json-patch+json", patch.formatted(3, 6)).expect(422);
        assertThat(api.get(path).at("/spec/replicas").asInt()).isEqualTo(4);
    }

    @Test
    void losesNoPatchWhileOthersChangeTheWorkload() throws Exception {
        String path = deployment("busy");
        List<Callable<Integer>> changes = IntStream.range(0, 40)
                .<Callable<Integer>>mapToObj(index -> () -> index % 2 == 0
                        ? api.merge(path + "/scale", "{'spec':{'replicas':" + index + "}}").code()
                        : api.merge(path, "{'metadata':{'annotations':{'a" + index + "':'x'}}}").code())
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> done : threads.invokeAll(changes)) {
                assertThat(done.get()).isEqualTo(200);
            }
        }
        assertThat(api.get(path).at("/metadata/annotations").size()).isEqualTo(20);
        assertThat(api.get(path).at("/spec/replicas").asInt()).isEven();
    }

    @Test
    void scalesEveryKindThatHasAScale() {
        api.post(APPS + "replicasets", "{'metadata':{'name':'rs'},'spec':{'replicas':1,'selector':{'matchLabels':"
                + "{'app':'web'}},'template':" + POD + "}}").expect(201);
        api.post("/api/v1/namespaces/default/replicationcontrollers", "{'metadata':{'name':'rc'},'spec':{'replicas':1,"
                + "'selector':{'app':'web'},'template':" + POD + "}}").expect(201);
        String controller = "/api/v1/namespaces/default/replicationcontrollers/rc/scale";

        assertThat(api.merge(APPS + "replicasets/rs/scale", "{'spec':{'replicas':2}}").expect(200)
                .at("/status/selector").asText()).isEqualTo("app=web");
        assertThat(api.merge(controller, "{'spec':{'replicas':2}}").expect(200).at("/status/selector").asText())
                .isEqualTo("app=web");
        api.get(APPS + "statefulsets/absent/scale").expect(404);
        assertThat(api.get("/apis/batch/v1/namespaces/default/jobs/x/scale").expect(404).message())
                .isEqualTo("the server could not find the requested resource");
    }
}
