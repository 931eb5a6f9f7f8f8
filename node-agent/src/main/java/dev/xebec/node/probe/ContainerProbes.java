package dev.xebec.node.probe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.node.pod.Health;
import dev.xebec.node.probe.ProbePlan.Kind;
import dev.xebec.node.runtime.ContainerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The probes of one running container, each on a virtual thread of its own, until closed. Liveness and readiness wait for
 * the startup probe.
 */
public final class ContainerProbes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerProbes.class);

    private final ContainerId id;
    private final Prober prober;
    private final Runnable changed;
    private final Consumer<String> failed;
    private final CountDownLatch started;
    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantLock settling = new ReentrantLock();
    private Health health;

    /**
     * @param initial what is known already, of a container that was taken over
     * @param changed called after {@link #health} has changed
     * @param failed called with each failure's message
     */
    public ContainerProbes(ContainerId id, JsonNode container, String podIp, Health initial, Prober prober,
            Runnable changed, Consumer<String> failed) {
        this.id = id;
        this.prober = prober;
        this.changed = changed;
        this.failed = failed;
        this.health = initial;
        boolean waits = container.has("startupProbe") && !Boolean.TRUE.equals(initial.startup());
        this.started = new CountDownLatch(waits ? 1 : 0);
        for (Kind kind : Kind.values()) {
            if (container.path(kind.field()).isObject() && (kind != Kind.STARTUP || waits)) {
                ProbePlan plan = ProbePlan.of(kind, container, podIp);
                threads.add(Thread.ofVirtual().name("probe-" + id + "-" + kind).unstarted(() -> run(plan)));
            }
        }
        threads.forEach(Thread::start);
    }

    public Health health() {
        settling.lock();
        try {
            return health;
        } finally {
            settling.unlock();
        }
    }

    private void run(ProbePlan plan) {
        try {
            Thread.sleep(plan.initialDelay());
            if (plan.kind() != Kind.STARTUP) {
                started.await();
            }
            ProbeCounter counter = ProbeCounter.NONE;
            while (true) {
                try {
                    Prober.Result result = prober.check(id, plan.check(), plan.timeout());
                    if (!result.success()) {
                        failed.accept(plan.kind().title() + " probe failed: " + result.output());
                    }
                    counter = counter.add(result.success(), plan.successes(), plan.failures());
                    if (settle(plan.kind(), counter.verdict())) {
                        return;
                    }
                } catch (RuntimeException fault) {
                    // A check that could not be made says nothing of the container, as in Kubernetes; the next one may.
                    LOG.error("Fault in a probe ({}) of container {}; it goes on", plan.kind(), id, fault);
                }
                Thread.sleep(plan.period().isZero() ? Duration.ofSeconds(1) : plan.period());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** True when the probe has nothing more to find out. */
    private boolean settle(Kind kind, @Nullable Boolean verdict) {
        boolean news;
        settling.lock();
        try {
            Health before = health;
            health = switch (kind) {
                case STARTUP -> new Health(verdict, before.live(), before.ready());
                case LIVENESS -> new Health(before.startup(), verdict, before.ready());
                case READINESS ->
                    new Health(before.startup(), before.live(), verdict == null ? before.ready() : verdict);
            };
            news = !health.equals(before);
        } finally {
            settling.unlock();
        }
        if (kind == Kind.STARTUP && Boolean.TRUE.equals(verdict)) {
            started.countDown();
        }
        if (news) {
            changed.run();
        }
        return switch (kind) {
            case STARTUP -> verdict != null;
            case LIVENESS -> Boolean.FALSE.equals(verdict);
            case READINESS -> false;
        };
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
