package dev.xebec.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.RequestInfoParser;
import dev.xebec.gateway.request.Routes;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.model.kind.KindRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of requests in the metrics. */
class RequestLogTest {
    private final KindRegistry kinds = KindRegistry.builtIn();
    private final RequestInfoParser parser = new RequestInfoParser(
            resource -> kinds.byResource(resource).orElse(null));
    private final PrometheusMetrics metrics = new PrometheusMetrics();
    private final RequestLog log = new RequestLog(metrics,
            new Routes().subresource("pods/proxy", call -> Answer.text(200, "")));

    private void ask(String path, int code) {
        ApiRequest request = new ApiRequest("GET", path, Map.of(), "", "", Bytes.EMPTY,
                new ApiRequest.User("", List.of()), "");
        log.answered(new Call(request, parser.parse(request), "id", ""), code, 1_000);
    }

    @Test
    void whatClientsWriteIntoUrlsDoesNotBecomeALabel() {
        for (int at = 0; at < 100; at++) {
            ask("/api/v1/namespaces/default/pods/p/made-up-" + at, 401);
        }
        assertThat(log.series()).isEqualTo(2);
        assertThat(metrics.exposition()).contains("subresource=\"other\"").doesNotContain("made-up");
    }

    @Test
    void knownSubresourcesAreCountedByName() {
        ask("/api/v1/namespaces/default/pods/p/status", 200);
        ask("/api/v1/namespaces/default/pods/p/proxy", 200);
        assertThat(metrics.exposition()).contains("subresource=\"status\"").contains("subresource=\"proxy\"");
    }

    @Test
    void seriesBeyondTheLimitAreCountedTogether() {
        for (int code = 0; code < RequestLog.MAX_SERIES + 100; code++) {
            ask("/api/v1/nodes", code);
        }
        assertThat(log.series()).isEqualTo(RequestLog.MAX_SERIES + 1 + 1);
    }
}
