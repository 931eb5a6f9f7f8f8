package dev.xebec.kit.service;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of one process: starts them one after another, stops them in reverse. Started and closed by one thread,
 * which is no event loop's; {@link #conditions()} and {@link #drain()} may be called by any.
 */
public final class ServiceHost implements AutoCloseable {
    /** A service that has not stopped by then is left alone; the process ends anyway. */
    static final long STOP_PATIENCE_SECONDS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(ServiceHost.class);

    private final Vertx vertx;
    private final String process;
    private final ServiceVerticle.Announcer announcer;
    private final InstantSource clock;
    private final Deque<Deployed> deployed = new ConcurrentLinkedDeque<>();
    private volatile Map<String, ServiceVerticle> verticles = Map.of();

    private record Deployed(String role, String deploymentId) {}

    /** @param announcer {@code Membership::announce} */
    public ServiceHost(Vertx vertx, String process, ServiceVerticle.Announcer announcer, InstantSource clock) {
        this.vertx = vertx;
        this.process = process;
        this.announcer = announcer;
        this.clock = clock;
    }

    /**
     * Starts a service and waits for it; the ones started before stay as they are when it fails.
     *
     * @throws ServiceFailedException when it never can work
     */
    public void start(Service service) {
        if (verticles.containsKey(service.role())) {
            throw new IllegalStateException(service.role() + " runs already in " + process);
        }
        ServiceVerticle verticle = new ServiceVerticle(service, process, announcer, clock);
        Map<String, ServiceVerticle> more = new LinkedHashMap<>(verticles);
        more.put(service.role(), verticle);
        verticles = more;
        try {
            String id = vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().get();
            deployed.push(new Deployed(service.role(), id));
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new ServiceFailedException(service.role(), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServiceFailedException(service.role(), interrupted);
        }
    }

    /** What each role of this process says of itself, in the order of their start; failed ones too. */
    public Map<String, Service.Condition> conditions() {
        Map<String, Service.Condition> conditions = new LinkedHashMap<>();
        verticles.forEach((role, verticle) -> conditions.put(role, verticle.condition()));
        return conditions;
    }

    /** Tells all that have started that the process will stop; from now on none is ready. */
    public void drain() {
        for (Deployed each : List.copyOf(deployed)) {
            ServiceVerticle verticle = verticles.get(each.role());
            if (verticle != null) {
                verticle.drain();
            }
        }
    }

    /** Stops what was started, the last one first. */
    @Override
    public void close() {
        while (!deployed.isEmpty()) {
            stop(deployed.pop());
        }
    }

    private void stop(Deployed service) {
        try {
            vertx.undeploy(service.deploymentId()).toCompletionStage().toCompletableFuture()
                    .get(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            LOG.warn("{} did not stop in good order", service.role(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            LOG.warn("interrupted while {} stops", service.role());
        }
    }
}
