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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of requests in the metrics. */
class RequestLogTest {
    private final KindRegistry kinds = KindRegistry.builtIn();
    private final RequestInfoParser parser = new RequestInfoParser(
            resource -> kinds.byResource(resource).orElse(null));
    private final PrometheusMetrics metrics = new PrometheusMetrics();
    private final RequestLog log = new RequestLog(metrics,
            new Routes().subresource("pods/proxy", call -> Answer.text(200, "")));

    private void ask(String path, int code) {
        ask("GET", path, "", "", code);
    }

    private void ask(String method, String path, String contentType, String upgrade, int code) {
        ApiRequest request = new ApiRequest(method, path, Map.of(), contentType, "", Bytes.EMPTY,
                new ApiRequest.User("", List.of()), "");
        log.answered(new Call(request, parser.parse(request), "id", upgrade), code, 1_000);
    }

    /** Dashboards of Kubernetes ask for these words. */
    @ParameterizedTest
    @CsvSource({"GET, /api/v1/namespaces/a/pods/p, '', '', GET, resource",
            "GET, /api/v1/namespaces/a/pods, '', '', LIST, namespace",
            "GET, /api/v1/pods, '', '', LIST, cluster", "POST, /api/v1/namespaces/a/pods, '', '', POST, resource",
            "PUT, /api/v1/namespaces/a/pods/p, '', '', PUT, resource",
            "PATCH, /api/v1/namespaces/a/pods/p, application/merge-patch+json, '', PATCH, resource",
            "PATCH, /api/v1/namespaces/a/pods/p, application/apply-patch+yaml, '', APPLY, resource",
            "DELETE, /api/v1/namespaces/a/pods/p, '', '', DELETE, resource",
            "DELETE, /api/v1/namespaces/a/pods, '', '', DELETECOLLECTION, namespace",
            "GET, /api/v1/namespaces/a/pods/p/exec, '', websocket, CONNECT, resource"})
    void verbsAndScopesAreThoseOfKubernetes(String method, String path, String contentType, String upgrade,
            String verb, String scope) {
        ask(method, path, contentType, upgrade, 200);
        assertThat(metrics.exposition()).contains("apiserver_request_total{verb=\"" + verb + "\"")
                .contains("scope=\"" + scope + "\",component=\"apiserver\",code=\"200\"");
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
