package dev.xebec.gateway.http;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.authentication.Authenticator;
import dev.xebec.gateway.pipeline.Pipeline;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import org.jspecify.annotations.Nullable;

/**
 * Serves the Kubernetes API over HTTPS, HTTP/2 and HTTP/1.1, on a few event loops that share one port. What waits runs on
 * virtual threads.
 */
public final class HttpDoor {
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    /** Behind the grace: for what is said to those who stayed to the end. */
    /** Until no loop accepts connections any more. */
    private static final long CLOSING_MILLIS = 20;
    private static final Duration LAST_WORDS = Duration.ofMillis(300);

    private final Vertx vertx;
    private final Listening listening;
    private final Pipeline pipeline;
    private final Authenticator authenticator;
    private final RequestLog log;
    private final BodyBudget bodies;
    private final long timeoutMillis;
    private volatile int port;
    private final List<String> deployments = new CopyOnWriteArrayList<>();
    private final List<Loop> loops = new CopyOnWriteArrayList<>();

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

    /**
     * Closes the port, lets the requests that are under way finish, and the connections end; returns when none is left or
     * the grace is over.
     */
    public void leave(Farewell farewell) {
        List<Future<?>> left = loops.stream().<Future<?>>map(loop -> loop.leave(farewell)).toList();
        Duration patience = farewell.grace().plus(LAST_WORDS).plus(LAST_WORDS);
        for (Future<?> each : left) {
            try {
                each.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException abrupt) {
                log.leftAbruptly(abrupt);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
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
        private final OpenConnections connections = new OpenConnections(HttpDoor.this.vertx);
        private @Nullable HttpServer server;

        @Override
        public Future<?> start() {
            Exchange exchange = new Exchange(pipeline, authenticator, log, bodies, timeoutMillis, connections);
            HttpServer opened = vertx.createHttpServer(listening.options(port));
            opened.connectionHandler(connections::opened);
            opened.requestHandler(exchange::begin);
            opened.exceptionHandler(failure -> log.connectionFailed(failure));
            server = opened;
            loops.add(this);
            return opened.listen();
        }

        /** Succeeds when the last connection is gone. */
        Future<?> leave(Farewell farewell) {
            HttpServer opened = server;
            if (opened == null) {
                return Future.succeededFuture();
            }
            Promise<Void> gone = Promise.promise();
            context.runOnContext(ignored -> {
                opened.shutdown(farewell.grace().plus(LAST_WORDS)).onComplete(gone);
                // Clients that are sent away come back at once, and are not to be let in again.
                vertx.setTimer(CLOSING_MILLIS, closed -> connections.leave(farewell));
            });
            return gone.future();
        }
    }
}
