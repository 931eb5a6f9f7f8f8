package dev.xebec.gateway.subresource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.RequestInfo;
import dev.xebec.gateway.request.Verb;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.gateway.write.BodyReader;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.status.Status;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvictionTest {
    private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
    private static final String READY = "{'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}}";

    private TestApi gateway;
    private Api api;

    @BeforeEach
    void start() {
        gateway = new TestApi();
        api = gateway.api();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void running(String name, String status) {
        api.post(TestApi.PODS, "{'metadata':{'name':'" + name + "','labels':{'app':'web'}},'spec':{'nodeName':'n',"
                + "'containers':[{'name':'c','image':'i'}]}}").expect(201);
        api.merge(TestApi.PODS + "/" + name + "/status", status).expect(200);
    }

    private void budget(String name, int allowed) {
        api.post(BUDGETS, "{'metadata':{'name':'" + name + "'},'spec':{'minAvailable':1,'selector':{'matchLabels':"
                + "{'app':'web'}}}}").expect(201);
        api.merge(BUDGETS + "/" + name + "/status", "{'status':{'observedGeneration':1,'disruptionsAllowed':" + allowed
                + ",'currentHealthy':" + (allowed + 1) + ",'desiredHealthy':1,'expectedPods':" + (allowed + 1) + "}}")
                .expect(200);
    }

    private Api.Reply evict(String pod) {
        return api.post(TestApi.PODS + "/" + pod + "/eviction",
                "{'apiVersion':'policy/v1','kind':'Eviction','metadata':"
                        + "{'name':'" + pod + "','namespace':'default'}}");
    }

    @Test
    void deletesAPodThatNoBudgetProtects() {
        running("free", READY);

        Api.Reply reply = evict("free").expect(201);

        assertThat(reply.at("/status").asText()).isEqualTo("Success");
        Api.Reply pod = api.get(TestApi.PODS + "/free").expect(200);
        assertThat(pod.at("/metadata/deletionTimestamp").asText()).isNotEmpty();
        assertThat(pod.at("/status/conditions/1/type").asText()).isEqualTo("DisruptionTarget");
    }

    @Test
    void chargesTheBudgetAndRefusesWhenItIsUsedUp() {
        budget("pdb", 1);
        running("a", READY);
        running("b", READY);

        evict("a").expect(201);
        Api.Reply charged = api.get(BUDGETS + "/pdb");
        assertThat(charged.at("/status/disruptionsAllowed").asInt()).isZero();
        assertThat(charged.at("/status/disruptedPods/a").asText()).isNotEmpty();
        Api.Reply refused = evict("b").expect(429);

        assertThat(refused.reason()).isEqualTo("TooManyRequests");
        assertThat(refused.message()).isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(refused.at("/details/causes/0/reason").asText()).isEqualTo("DisruptionBudget");
        assertThat(refused.at("/details/causes/0/message").asText())
                .isEqualTo("The disruption budget pdb needs 1 healthy pods and has 2 currently");
        assertThat(refused.response().headers()).doesNotContainKey("Retry-After");
        assertThat(api.get(TestApi.PODS + "/b").at("/metadata/deletionTimestamp").isMissingNode()).isTrue();
    }

    @Test
    void neverGrantsMoreThanTheBudgetHasToManyAtOnce() throws Exception {
        budget("pdb", 3);
        IntStream.range(0, 12).forEach(index -> running("p" + index, READY));
        List<Callable<Integer>> evictions = IntStream.range(0, 12).<Callable<Integer>>mapToObj(
                index -> () -> evict("p" + index).code()).toList();
        int granted = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> code : threads.invokeAll(evictions)) {
                assertThat(code.get()).isIn(201, 429);
                granted += code.get() == 201 ? 1 : 0;
            }
        }
        assertThat(granted).isEqualTo(3);
        Api.Reply charged = api.get(BUDGETS + "/pdb");
        assertThat(charged.at("/status/disruptionsAllowed").asInt()).isZero();
        assertThat(charged.at("/status/disruptedPods").size()).isEqualTo(3);
    }

    @Test
    void waitsForABudgetThatIsNotWorkedOutYet() {
        api.post(BUDGETS,
                "{'metadata':{'name':'new'},'spec':{'minAvailable':1,'selector':{'matchLabels':{'app':'web'}}}}")
                .expect(201);
        running("a", READY);

        Api.Reply refused = evict("a").expect(429);
        assertThat(refused.at("/details/causes/0/message").asText())
                .isEqualTo("The disruption budget new is still being processed by the server.");
        assertThat(refused.at("/details/retryAfterSeconds").asInt()).isEqualTo(10);
        assertThat(refused.response().headers()).containsEntry("Retry-After", "10");
    }

    @Test
    void letsPodsGoThatDoNotCount() {
        budget("pdb", 0);
        running("pending", "{'status':{'phase':'Pending'}}");
        running("done", "{'status':{'phase':'Succeeded'}}");
        running("sick", "{'status':{'phase':'Running'}}");

        evict("pending").expect(201);
        evict("done").expect(201);
        evict("sick").expect(201);
        api.get(TestApi.PODS + "/done").expect(404);
        assertThat(api.get(BUDGETS + "/pdb").at("/status/disruptedPods").isMissingNode()).isTrue();
    }

    @Test
    void cannotJudgeAPodWithTwoBudgets() {
        budget("one", 1);
        budget("two", 1);
        running("a", READY);

        assertThat(evict("a").expect(500).message()).contains("more than one PodDisruptionBudget");
    }

    @Test
    void passesOnHowToDelete() {
        running("quick", READY);
        running("kept", READY);
        String path = TestApi.PODS + "/%s/eviction";

        api.post(path.formatted("quick"), "{'metadata':{'name':'quick'},'deleteOptions':{'gracePeriodSeconds':0}}")
                .expect(201);
        api.get(TestApi.PODS + "/quick").expect(404);
        api.post(path.formatted("kept"),
                "{'metadata':{'name':'kept'},'deleteOptions':{'preconditions':{'uid':'other'}}}").expect(409);
        api.post(path.formatted("kept"),
                "{'metadata':{'name':'kept'},'deleteOptions':{'preconditions':{'resourceVersion':'1'}}}").expect(409);
        api.post(path.formatted("kept") + "?dryRun=All", "{'metadata':{'name':'kept'}}").expect(201);
        Api.Reply kept = api.get(TestApi.PODS + "/kept").expect(200);
        assertThat(kept.at("/metadata/deletionTimestamp").isMissingNode()).isTrue();
        assertThat(kept.at("/status/conditions").size()).isEqualTo(1);
        long revision = kept.revision();
        api.post(path.formatted("kept"),
                "{'metadata':{'name':'kept'},'deleteOptions':{'preconditions':{'resourceVersion':'" + revision + "'}}}")
                .expect(201);
    }

    @Test
    void doesNotDeleteAPodThatCameUnderTheNameOfTheEvictedOne() {
        running("a", READY);
        KindRegistry kinds = KindRegistry.builtIn();
        AtomicInteger answered = new AtomicInteger();
        Handler replacedMeanwhile = deletion -> {
            api.delete(TestApi.PODS + "/a", "{'gracePeriodSeconds':0}").expect(200);
            running("a", READY);
            answered.set(api.delete(TestApi.PODS + "/a", deletion.body().utf8()).code());
            return Answer.refused(Status.conflict(GroupVersionResource.PODS, "a", "another uid"));
        };
        EvictionHandler handler = new EvictionHandler(kinds, new BodyReader(() -> kinds), gateway.gateway().registry(),
                gateway.gateway().admission(), replacedMeanwhile, InstantSource.system());
        String path = TestApi.PODS + "/a/eviction";
        ApiRequest request = new ApiRequest("POST", path, Map.of(), "application/json", "",
                Bytes.utf8(
                        "{\"kind\":\"Eviction\",\"apiVersion\":\"policy/v1\",\"metadata\":{\"name\":\"a\"}}"),
                new ApiRequest.User("tester", List.of("system:masters")), "test/1.0");
        handler.handle(new Call(request, new RequestInfo(Verb.CREATE, path, GroupVersionResource.PODS,
                kinds.byResource(GroupVersionResource.PODS).orElseThrow(), "default", "a", "eviction", ""), "audit",
                ""));
        assertThat(answered).hasValue(409);
        assertThat(api.get(TestApi.PODS + "/a").expect(200).at("/metadata/deletionTimestamp").isMissingNode()).isTrue();
    }

    @Test
    void refusesWhatIsNoEviction() {
        running("a", READY);

        evict("absent").expect(404);
        api.post(TestApi.PODS + "/a/eviction", "{'kind':'Pod'}").expect(400);
        api.post(TestApi.PODS + "/a/eviction", "{'metadata':{'name':'b'}}").expect(400);
        api.get(TestApi.PODS + "/a/eviction").expect(405);
    }

    @Test
    void saysWhatItDoesNotServe() {
        assertThat(api.post("/api/v1/namespaces/default/serviceaccounts/default/token", "{}").expect(405).message())
                .contains("certificates");
    }
}
