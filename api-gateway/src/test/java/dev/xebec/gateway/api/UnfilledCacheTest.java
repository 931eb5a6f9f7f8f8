package dev.xebec.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.registry.StoreCommits;
import dev.xebec.gateway.service.Gateway;
import dev.xebec.gateway.service.GatewayConfig;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.model.kind.KindRegistry;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that has just come up and knows nothing yet. */
class UnfilledCacheTest {
    private final TestApi before = new TestApi();
    private Gateway gateway;

    @BeforeEach
    void restart() {
        before.pod("there");
        gateway = new Gateway(before.store(), StoreCommits.direct(before.store()), KindRegistry.builtIn(),
                InstantSource.system(), new PrometheusMetrics(),
                GatewayConfig.DEFAULT_SERVICE_CIDR);
    }

    @AfterEach
    void close() {
        gateway.close();
        before.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?resourceVersion=0", "/there?resourceVersion=0"})
    void anyRevisionIsNotNothingWhileTheCacheIsEmpty(String what) {
        Api.Reply reply = new Api(gateway.api()).get(TestApi.PODS + what).expect(503);
        assertThat(reply.response().headers()).containsKey("Retry-After");
    }

    @Test
    void anInformersFirstListWaitsForTheCache() throws Exception {
        CompletableFuture<Api.Reply> list = CompletableFuture
                .supplyAsync(() -> new Api(gateway.api()).get(TestApi.PODS + "?resourceVersion=0"));
        gateway.start();
        assertThat(list.get(60, TimeUnit.SECONDS).expect(200).names()).containsExactly("there");
    }
}
