package dev.xebec.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quotas under several gateways at once. */
final class QuotaRaceTest {
    private static final String QUOTAS = "/api/v1/namespaces/default/resourcequotas";
    private static final int GATEWAYS = 3;
    private static final int CREATES = 200;
    private static final int HARD = 50;

    private final TestApi first = new TestApi();

    @AfterEach
    void stop() {
        first.close();
    }

    @Test
    void noMoreThanIsAllowedIsEverAdmitted() throws Exception {
        List<TestApi> gateways = new ArrayList<>(List.of(first));
        while (gateways.size() < GATEWAYS) {
            gateways.add(new TestApi(first.store()));
        }
        first.api().post(QUOTAS, "{'metadata':{'name':'q'},'spec':{'hard':{'pods':'" + HARD
                + "','requests.cpu':'100'}}}").expect(201);
        List<Api.Reply> replies = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Reply>> running = new ArrayList<>();
            for (int at = 0; at < CREATES; at++) {
                Api api = gateways.get(at % GATEWAYS).api();
                String name = "p" + at;
                running.add(threads.submit(() -> api.post(TestApi.PODS, pod(name))));
            }
            for (Future<Api.Reply> one : running) {
                replies.add(one.get());
            }
        }
        assertThat(replies.stream().filter(reply -> reply.code() == 201)).hasSize(HARD);
        assertThat(replies.stream().filter(reply -> reply.code() != 201)).allSatisfy(reply -> {
            assertThat(reply.code()).isEqualTo(403);
            assertThat(reply.message()).contains("is forbidden: exceeded quota: q, requested: pods=1, used: pods=50, "
                    + "limited: pods=50");
        });
        assertThat(first.api().get(TestApi.PODS).names()).hasSize(HARD);
        Api.Reply quota = first.api().get(QUOTAS + "/q");
        assertThat(quota.at("/status/used/pods").asText()).isEqualTo("50");
        assertThat(quota.at("/status/used/requests.cpu").asText()).isEqualTo("5");
        assertThat(quota.at("/status/hard/pods").asText()).isEqualTo("50");
        gateways.subList(1, GATEWAYS).forEach(TestApi::close);
    }

    private static String pod(String name) {
        return "{'metadata':{'name':'" + name + "'},'spec':{'containers':[{'name':'c','image':'i','resources':"
                + "{'requests':{'cpu':'100m'}}}]}}";
    }

    @Test
    void whatIsThereAlreadyCounts() {
        first.configMap("one");
        first.configMap("two");
        first.api().post(QUOTAS, "{'metadata':{'name':'q'},'spec':{'hard':{'configmaps':'3','count/secrets':'0'}}}")
                .expect(201);
        first.configMap("three");
        Api.Reply refused = first.api().post(TestApi.CONFIG_MAPS, "{'metadata':{'name':'four'}}").expect(403);
        assertThat(refused.message()).isEqualTo("configmaps \"four\" is forbidden: exceeded quota: q, requested: "
                + "configmaps=1, used: configmaps=3, limited: configmaps=3");
        assertThat(first.api().post("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}").expect(403)
                .message()).contains("requested: count/secrets=1, used: count/secrets=0, limited: count/secrets=0");
    }

    @Test
    void aDryRunIsHeldAgainstTheQuotaAndNotCharged() {
        first.api().post(QUOTAS, "{'metadata':{'name':'q'},'spec':{'hard':{'configmaps':'1'}}}").expect(201);
        for (int at = 0; at < 3; at++) {
            first.api().post(TestApi.CONFIG_MAPS + "?dryRun=All", "{'metadata':{'name':'dry'}}").expect(201);
        }
        first.configMap("real");
        first.api().post(TestApi.CONFIG_MAPS + "?dryRun=All", "{'metadata':{'name':'dry'}}").expect(403);
    }

    @Test
    void limitedResourcesHaveToBeStated() {
        first.api().post(QUOTAS, "{'metadata':{'name':'q'},'spec':{'hard':{'limits.cpu':'2','memory':'1Gi'}}}")
                .expect(201);
        assertThat(first.api().post(TestApi.PODS, pod("p")).expect(403).message()).isEqualTo(
                "pods \"p\" is forbidden: failed quota: q: must specify limits.cpu for: c; memory for: c");
    }

    @Test
    void aLargerClaimIsChargedForWhatItIsLarger() {
        String claims = "/api/v1/namespaces/default/services";
        first.api().post(QUOTAS, "{'metadata':{'name':'q'},'spec':{'hard':{'services.nodeports':'2'}}}").expect(201);
        first.api().post(claims, "{'metadata':{'name':'s'},'spec':{'type':'NodePort','ports':[{'port':80}]}}")
                .expect(201);
        first.api().merge(claims + "/s",
                "{'spec':{'ports':[{'name':'a','port':80},{'name':'b','port':81},{'name':'c','port':82}]}}")
                .expect(403);
        first.api().merge(claims + "/s", "{'spec':{'ports':[{'name':'a','port':80},{'name':'b','port':81}]}}")
                .expect(200);
        assertThat(first.api().get(QUOTAS + "/q").at("/status/used/services.nodeports").asText()).isEqualTo("2");
    }
}
