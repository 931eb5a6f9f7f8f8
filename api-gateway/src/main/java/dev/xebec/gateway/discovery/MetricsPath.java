package dev.xebec.gateway.discovery;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.kit.metrics.PrometheusMetrics;
import java.util.List;
import java.util.Map;

/** {@code /metrics}: the process's figures for Prometheus. */
final class MetricsPath extends ReadOnly {
    private final Metrics metrics;

    MetricsPath(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    Answer read(Call call) {
        return new Answer.Body(200, PrometheusMetrics.CONTENT_TYPE, Map.of(),
                List.of(Bytes.utf8(metrics.exposition())));
    }
}
