package dev.xebec.gateway.http;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.authentication.Authenticator;
import dev.xebec.gateway.pipeline.Pipeline;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
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

    private final Vertx vertx;
    private final Listening listening;
    private final Pipeline pipeline;
    private final Authenticator authenticator;
    private final RequestLog log;
    private volatile int port;
    private volatile @Nullable String deployment;

    public HttpDoor(Vertx vertx, Listening listening, Pipeline pipeline, Authenticator authenticator, RequestLog log) {
        this.vertx = vertx;
        this.listening = listening;
        this.pipeline = pipeline;
        this.authenticator = authenticator;
        this.log = log;
    }

    /** Blocks until the port is bound; {@link IllegalStateException} says why it cannot be. */
    public void start() {
        DeploymentOptions options = new DeploymentOptions().setInstances(listening.eventLoops());
        deployment = await(vertx.deployVerticle(Loop::new, options));
    }

    /** The port that is bound. */
    public int port() {
        return port;
    }

    /** Closes the port and every connection. */
    public void stop() {
        String deployed = deployment;
        if (deployed != null) {
            await(vertx.undeploy(deployed));
        }
    }

    private <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("cannot serve on " + listening.host() + ":" + listening.port() + ": "
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
            Exchange exchange = new Exchange(pipeline, authenticator, log);
            HttpServer server = vertx.createHttpServer(listening.options());
            server.requestHandler(exchange::begin);
            server.exceptionHandler(failure -> log.connectionFailed(failure));
            return server.listen().onSuccess(bound -> port = bound.actualPort());
        }
    }
}
