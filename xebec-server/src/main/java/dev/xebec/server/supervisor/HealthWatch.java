package dev.xebec.server.supervisor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.Json;
import dev.xebec.server.plan.ProcessConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks each process how it is every {@value #PERIOD_MS} ms. One that twice did not answer within {@value #PATIENCE_MS} ms
 * is silent: a stopped one accepts connections all the same. An answer that makes no sense is none.
 */
final class HealthWatch {
    static final long PERIOD_MS = 300;
    static final long PATIENCE_MS = 700;
    private static final int MISSES = 2;

    private final Vertx vertx;
    private final HttpClient client;
    private final Map<String, Boolean> ready = new ConcurrentHashMap<>();
    private final Map<String, Integer> misses = new ConcurrentHashMap<>();
    private final Listener gateways;

    /** Hears how the gateway of a process is. */
    interface Listener {
        void gateway(int gatewayPort, Health health);
    }

    HealthWatch(Vertx vertx, List<ProcessConfig> processes, Listener gateways) {
        this.vertx = vertx;
        this.gateways = gateways;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setConnectTimeout((int) PATIENCE_MS));
        for (ProcessConfig process : processes) {
            ready.put(process.process(), false);
            ask(process);
        }
    }

    boolean allReady() {
        return ready.values().stream().allMatch(Boolean::booleanValue);
    }

    private void ask(ProcessConfig process) {
        RequestOptions request = new RequestOptions().setHost("127.0.0.1").setPort(process.healthPort())
                .setURI("/statusz").setMethod(HttpMethod.GET).setTimeout(PATIENCE_MS).setIdleTimeout(PATIENCE_MS);
        client.request(request).compose(HttpClientRequest::send).compose(HttpClientResponse::body)
                .onComplete(answer -> {
                    // First, so that nothing that an answer holds ends the asking.
                    vertx.setTimer(PERIOD_MS, again -> ask(process));
                    Optional<JsonNode> status = answer.succeeded() ? parsed(answer.result()) : Optional.empty();
                    status.ifPresentOrElse(said -> answered(process, said), () -> missed(process));
                });
    }

    private static Optional<JsonNode> parsed(Buffer body) {
        try {
            return Optional.of(Json.parse(body.getBytes()));
        } catch (IllegalArgumentException senseless) {
            return Optional.empty();
        }
    }

    private void answered(ProcessConfig process, JsonNode status) {
        misses.remove(process.process());
        ready.put(process.process(), status.path("ready").asBoolean());
        if (process.runs(ProcessConfig.GATEWAY)) {
            gateways.gateway(process.gatewayPort(), status.path("services").path(ProcessConfig.GATEWAY).asBoolean()
                    ? Health.READY
                    : Health.NOT_READY);
        }
    }

    private void missed(ProcessConfig process) {
        if (misses.merge(process.process(), 1, Integer::sum) < MISSES) {
            return;
        }
        ready.put(process.process(), false);
        if (process.runs(ProcessConfig.GATEWAY)) {
            gateways.gateway(process.gatewayPort(), Health.SILENT);
        }
    }
}
