package dev.xebec.kit.service;

import dev.xebec.contracts.member.Member;
import dev.xebec.kit.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service as a Vert.x verticle: deploying starts it, undeploying stops it, both on virtual threads, and it is
 * announced to the cluster from before its start on, so that others see it come up.
 */
public final class ServiceVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceVerticle.class);
    private static final SecureRandom INCARNATIONS = new SecureRandom();

    /** Makes a member known to the cluster: {@code Membership::announce}. */
    @FunctionalInterface
    public interface Announcer {
        /** @param member what the member says of itself now; asked for at each heartbeat until the registration ends */
        Bus.Registration announce(Supplier<Member> member);
    }

    private final Service service;
    private final String process;
    private final Announcer announcer;
    private final long incarnation = INCARNATIONS.nextLong();
    private final Instant startedAt;
    private volatile boolean draining;
    private volatile boolean stopped;
    private volatile Bus.@Nullable Registration announced;

    public ServiceVerticle(Service service, String process, Announcer announcer, InstantSource clock) {
        this.service = service;
        this.process = process;
        this.announcer = announcer;
        startedAt = clock.instant();
    }

    @Override
    public Future<?> start() {
        return onVirtualThread("start", () -> {
            announced = announcer.announce(this::member);
            LOG.info("{} starts", service.role());
            service.start();
            LOG.info("{} is started", service.role());
            return service;
        });
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        return onVirtualThread("stop", () -> {
            leave();
            service.stop();
            LOG.info("{} is stopped", service.role());
            return service;
        });
    }

    /** Not ready from now on, whatever the service says: others take its share over and are asked instead of it. */
    void drain() {
        draining = true;
        service.drain();
    }

    /** What the service says of itself; a condition that cannot be told is "not ready". */
    public Service.Condition condition() {
        if (stopped) {
            return Service.Condition.starting("stopped");
        }
        try {
            Service.Condition now = service.condition();
            return draining
                    ? new Service.Condition(false, "shutting down", now.leader(), now.revision(), 0, now.address())
                    : now;
        } catch (RuntimeException fault) {
            LOG.error("{} cannot tell its condition", service.role(), fault);
            return Service.Condition.starting("cannot tell its condition: " + fault);
        }
    }

    Member member() {
        Service.Condition condition = condition();
        return new Member(service.role(), process, incarnation, ProcessHandle.current().pid(), condition.address(),
                startedAt, condition.ready(), condition.leader(), condition.revision(), condition.sharePercent());
    }

    /** First of all, so that others take its share over while it finishes what it has begun. */
    private void leave() {
        Bus.Registration registration = announced;
        if (registration != null) {
            registration.close();
        }
    }

    private Future<Service> onVirtualThread(String what, Callable<Service> work) {
        Promise<Service> done = Promise.promise();
        Thread.ofVirtual().name(service.role() + "-" + what).start(() -> {
            try {
                done.complete(work.call());
            } catch (Throwable failed) {
                if (!stopped) {
                    leave();
                }
                done.fail(failed);
            }
        });
        return done.future();
    }
}
