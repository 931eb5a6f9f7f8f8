package dev.xebec.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.gateway.registry.StoreCommits;
import dev.xebec.gateway.service.Gateway;
import dev.xebec.gateway.service.GatewayConfig;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.Await;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.model.kind.KindRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway's cache against the store. */
class DigestPathTest {
    private static final String PATH = "/xebec/v1/digest";
    private final TestApi gateway = new TestApi();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void cacheAndStoreAgreeNowAndAtEveryRevisionOfLate() {
        long created = gateway.configMap("a").revision();
        ObjectNode then = digest(gateway.api(), PATH);
        assertAgree(then);
        assertThat(then.path("revision").asLong()).isEqualTo(created);
        gateway.api().merge(TestApi.CONFIG_MAPS + "/a", "{'data':{'a':'2'}}").expect(200);
        gateway.configMap("b");
        gateway.api().delete(TestApi.CONFIG_MAPS + "/a").expect(200);
        ObjectNode now = digest(gateway.api(), PATH);
        assertAgree(now);
        assertThat(now.path("storeDigest")).isNotEqualTo(then.path("storeDigest"));
        assertThat(digest(gateway.api(), PATH + "?revision=" + created)).isEqualTo(then);
        for (long revision = 1; revision <= now.path("revision").asLong(); revision++) {
            assertAgree(digest(gateway.api(), PATH + "?revision=" + revision));
        }
    }

    @Test
    void gatewaysThatBeganAtDifferentTimesAgree() {
        gateway.configMap("a");
        try (TestApi later = new TestApi(gateway.store())) {
            long revision = gateway.configMap("b").revision();
            assertThat(digest(later.api(), PATH + "?revision=" + revision))
                    .isEqualTo(digest(gateway.api(), PATH + "?revision=" + revision));
        }
    }

    @Test
    void aRevisionThatIsCompactedOrNotYetIsRefused() {
        long revision = gateway.configMap("a").revision();
        gateway.configMap("b");
        gateway.store().compact(LogGroup.MAIN, revision + 1);
        assertThat(gateway.api().get(PATH + "?revision=" + revision).expect(410).reason()).isEqualTo("Expired");
        gateway.api().get(PATH + "?revision=1000000").expect(504);
        gateway.api().get(PATH + "?revision=yesterday").expect(400);
        gateway.api().post(PATH, "{}").expect(405);
    }

    /** A store that forgets to tell the cache of some changes, and whose reads wait when they are told to. */
    private record Forgetful(StateStore store, String forgotten, CountDownLatch asked, CountDownLatch answer)
            implements
                StateStore {

        @Override
        public Subscription changes(ChangesQuery query, ChangeSink sink) {
            return store.changes(query, new ChangeSink() {
                @Override
                public void onChanges(List<Change> changes, long through) {
                    sink.onChanges(changes.stream().filter(change -> !change.key().endsWith(forgotten)).toList(),
                            through);
                }

                @Override
                public void onProgress(long revision) {
                    sink.onProgress(revision);
                }

                @Override
                public void onEnd(End end) {
                    sink.onEnd(end);
                }
            });
        }

        @Override
        public RangeResult range(RangeQuery query) {
            RangeResult result = store.range(query);
            if (result instanceof RangeResult.Page page && page.keyValues().stream().anyMatch(this::isForgotten)) {
                asked.countDown();
                try {
                    answer.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            return result;
        }

        private boolean isForgotten(KeyValue stored) {
            return stored.key().endsWith(forgotten);
        }

        @Override
        public List<TxnResult> propose(Proposal proposal) {
            return store.propose(proposal);
        }

        @Override
        public long currentRevision(LogGroup group) {
            return store.currentRevision(group);
        }

        @Override
        public long compact(LogGroup group, long revision) {
            return store.compact(group, revision);
        }

        @Override
        public StoreStatus status(LogGroup group) {
            return store.status(group);
        }
    }

    @Test
    void aChangeThatTheCacheHasLostShowsAndNobodyElseMayAskMeanwhile() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        StateStore store = new Forgetful(gateway.store(), "/lost", asked, answer);
        try (Gateway forgetful = new Gateway(store, StoreCommits.direct(store), KindRegistry.builtIn(),
                InstantSource.system(), new PrometheusMetrics(), GatewayConfig.DEFAULT_SERVICE_CIDR)) {
            forgetful.start();
            Await.until("cache synced", Duration.ofSeconds(60), forgetful.cache()::synced);
            Api api = new Api(forgetful.api());
            gateway.configMap("lost");
            FutureTask<ObjectNode> first = new FutureTask<>(() -> digest(api, PATH));
            Thread.ofVirtual().start(first);
            asked.await();
            assertThat(api.get(PATH).expect(429).tree().at("/details/retryAfterSeconds").asInt()).isPositive();
            answer.countDown();
            assertThat(first.get().path("cacheDigest")).isNotEqualTo(first.get().path("storeDigest"));
            assertThat(first.get().path("storeObjects").asLong())
                    .isEqualTo(first.get().path("cacheObjects").asLong() + 1);
        }
    }

    private static ObjectNode digest(Api api, String path) {
        return api.get(path).expect(200).tree();
    }

    private static void assertAgree(ObjectNode digest) {
        assertThat(digest.path("cacheDigest").asText()).hasSize(16).isEqualTo(digest.path("storeDigest").asText());
        assertThat(digest.path("cacheObjects")).isEqualTo(digest.path("storeObjects"));
    }
}
