package dev.xebec.server.supervisor;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks each process for its readiness every {@value #PERIOD_MS} ms. A process that does not answer within
 * {@value #PATIENCE_MS} ms is not healthy: a stopped one accepts connections all the same.
 */
final class HealthWatch {
    static final long PERIOD_MS = 300;
    static final long PATIENCE_MS = 1_200;

    private final HttpClient client;
    private final Map<Integer, Boolean> healthy = new ConcurrentHashMap<>();
    private final Listener listener;

    /** Hears each answer. */
    interface Listener {
        void health(int healthPort, boolean healthy);
    }

    HealthWatch(Vertx vertx, List<Integer> healthPorts, Listener listener) {
        this.listener = listener;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setConnectTimeout((int) PATIENCE_MS));
        for (int port : healthPorts) {
            healthy.put(port, false);
            ask(vertx, port);
        }
    }

    boolean allHealthy() {
        return healthy.values().stream().allMatch(Boolean::booleanValue);
    }

    private void ask(Vertx vertx, int port) {
        RequestOptions request = new RequestOptions().setHost("127.0.0.1").setPort(port).setURI("/readyz")
                .setMethod(HttpMethod.GET).setTimeout(PATIENCE_MS).setIdleTimeout(PATIENCE_MS);
        client.request(request).compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> response)).map(HttpClientResponse::statusCode)
                .onComplete(answer -> {
                    boolean well = answer.succeeded() && answer.result() == 200;
                    healthy.put(port, well);
                    listener.health(port, well);
                    vertx.setTimer(PERIOD_MS, again -> ask(vertx, port));
                });
    }
}
