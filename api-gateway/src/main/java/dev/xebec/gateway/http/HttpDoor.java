package dev.xebec.gateway.http;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.authentication.Authenticator;
import dev.xebec.gateway.pipeline.Pipeline;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Serves the Kubernetes API over HTTPS, HTTP/2 and HTTP/1.1, on a few event loops that share one port. What waits runs on
 * virtual threads.
 */
public final class HttpDoor {
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Listening listening;
    private final Pipeline pipeline;
    private final Authenticator authenticator;
    private final RequestLog log;
    private final BodyBudget bodies;
    private final long timeoutMillis;
    private volatile int port;
    private final List<String> deployments = new CopyOnWriteArrayList<>();

    public HttpDoor(Vertx vertx, Listening listening, Pipeline pipeline, Authenticator authenticator, RequestLog log) {
        this(vertx, listening, pipeline, authenticator, log, new BodyBudget(BodyBudget.MAX_BYTES),
                Exchange.TIMEOUT_MILLIS);
    }

    HttpDoor(Vertx vertx, Listening listening, Pipeline pipeline, Authenticator authenticator, RequestLog log,
            BodyBudget bodies, long timeoutMillis) {
        this.vertx = vertx;
        this.listening = listening;
        this.pipeline = pipeline;
        this.authenticator = authenticator;
        this.log = log;
        this.bodies = bodies;
        this.timeoutMillis = timeoutMillis;
    }

    /** Blocks until the port is bound; {@link IllegalStateException} says why it cannot be. */
    public void start() {
        port = listening.port() == 0 ? freePort() : listening.port();
        DeploymentOptions options = new DeploymentOptions().setInstances(listening.eventLoops());
        deployments.add(await(vertx.deployVerticle(Loop::new, options)));
    }

    /** Servers share a port only if they know its number beforehand. */
    private int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(listening.host()))) {
            return probe.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException("no port is free on " + listening.host() + ": " + none.getMessage(), none);
        }
    }

    /** The port that is bound. */
    public int port() {
        return port;
    }

    /** Closes the port and every connection. */
    public void stop() {
        deployments.forEach(deployment -> await(vertx.undeploy(deployment)));
        deployments.clear();
    }

    private <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_PATIENCE.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("cannot serve on " + listening.host() + ":" + port + ": "
                    + failed.getMessage(), failed);
        } catch (TimeoutException late) {
            throw new UnavailableException("the HTTPS door did not open in time");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
    }

    /** One event loop's server. */
    private final class Loop extends VerticleBase {

        @Override
        public Future<?> start() {
            Exchange exchange = new Exchange(pipeline, authenticator, log, bodies, timeoutMillis);
            HttpServer server = vertx.createHttpServer(listening.options(port));
            server.requestHandler(exchange::begin);
            server.exceptionHandler(failure -> log.connectionFailed(failure));
            return server.listen();
        }
    }
}
