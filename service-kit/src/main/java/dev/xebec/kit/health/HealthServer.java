package dev.xebec.kit.health;

import dev.xebec.kit.metrics.Metrics;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.service.Service;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's plain HTTP for probes and scrapers: {@code /livez} and {@code /healthz} (the process answers),
 * {@code /readyz} (all its services are ready, and it does not shut down), each with {@code ?verbose} and {@code /<check>}, {@code /statusz} (for the command
 * line) and {@code /metrics}.
 * Without authentication, so it belongs on loopback or behind a network policy.
 */
public final class HealthServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final long PATIENCE_SECONDS = 30;

    private final HttpServer server;
    private final Vertx vertx;
    private final Metrics metrics;
    private final Supplier<Map<String, Service.Condition>> conditions;
    private final BooleanSupplier stopping;

    /** Of a process that says nothing of its end. */
    public HealthServer(Vertx vertx, Metrics metrics, Supplier<Map<String, Service.Condition>> conditions) {
        this(vertx, metrics, conditions, () -> false);
    }

    /**
     * @param conditions by role, such as {@code ServiceHost::conditions}; asked on a worker thread
     * @param stopping whether the process shuts down
     */
    public HealthServer(Vertx vertx, Metrics metrics, Supplier<Map<String, Service.Condition>> conditions,
            BooleanSupplier stopping) {
        this.stopping = stopping;
        this.vertx = vertx;
        this.metrics = metrics;
        this.conditions = conditions;
        server = vertx.createHttpServer().requestHandler(this::handle);
    }

    /**
     * Listens and says on which port.
     *
     * @param port 0 for any
     * @throws IllegalStateException when the port is taken
     */
    public int listen(String host, int port) {
        try {
            return server.listen(port, host).toCompletionStage().toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS).actualPort();
        } catch (ExecutionException | TimeoutException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IllegalStateException("health server cannot listen on " + host + ":" + port + ": "
                    + cause.getMessage(), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the health server starts", interrupted);
        }
    }

    @Override
    public void close() {
        try {
            server.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            LOG.warn("the health server did not close in good order", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response().setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
            return;
        }
        String path = request.path();
        if (path.equals("/metrics")) {
            vertx.executeBlocking(metrics::exposition, false).onSuccess(text -> request.response()
                    .putHeader("Content-Type", PrometheusMetrics.CONTENT_TYPE).end(text))
                    .onFailure(fault -> fail(request, fault));
            return;
        }
        if (path.equals("/statusz")) {
            vertx.executeBlocking(() -> StatusPage.of(conditions.get()), false)
                    .onSuccess(page -> request.response().putHeader("Content-Type", "application/json").end(page))
                    .onFailure(fault -> fail(request, fault));
            return;
        }
        boolean verbose = request.params().contains("verbose");
        vertx.executeBlocking(() -> answer(path, verbose), false).onSuccess(answer -> request.response()
                .setStatusCode(answer.code()).putHeader("Content-Type", TEXT).putHeader("Cache-Control", "no-store")
                .end(answer.body())).onFailure(fault -> fail(request, fault));
    }

    private Report.Answer answer(String path, boolean verbose) {
        int slash = path.indexOf('/', 1);
        String endpoint = slash < 0 ? path.substring(Math.min(1, path.length())) : path.substring(1, slash);
        String check = slash < 0 ? "" : path.substring(slash + 1);
        return switch (endpoint) {
            case "livez", "healthz" -> chosen(Report.alive(endpoint), check, verbose);
            case "readyz" -> chosen(Report.ready(endpoint, conditions.get(), stopping.getAsBoolean()), check, verbose);
            default -> new Report.Answer(404, "there are /livez, /healthz, /readyz, /statusz and /metrics\n");
        };
    }

    private static Report.Answer chosen(Report report, String check, boolean verbose) {
        return check.isEmpty() ? report.whole(verbose) : report.one(check);
    }

    private static void fail(HttpServerRequest request, Throwable fault) {
        LOG.error("{} fails", request.path(), fault);
        request.response().setStatusCode(500).putHeader("Content-Type", TEXT).end("internal error\n");
    }
}
