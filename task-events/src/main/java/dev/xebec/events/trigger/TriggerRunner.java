package dev.xebec.events.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.events.trigger.plan.Health;
import dev.xebec.events.trigger.plan.Progress;
import dev.xebec.events.trigger.plan.Trigger;
import dev.xebec.events.trigger.plan.TriggerStatus;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One generation of a trigger at work in this replica: a thread of its own that reads, since Kafka's client holds its thread
 * while it waits, and a virtual one that writes the status. A trigger that cannot or may not read only has the latter.
 */
final class TriggerRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TriggerRunner.class);
    /** Between two writes of a status. */
    private static final long STATUS_MILLIS = 1_000;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LAST_PAUSE_MILLIS = 10_000;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(20);

    private final TriggerContext context;
    private final ApiObject object;
    private final @Nullable Trigger trigger;
    private final Supplier<@Nullable ApiObject> shown;
    private final TriggerLog log;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended;
    private volatile Health health;
    private volatile Progress progress;
    /** As the last write left it; the status thread's own. */
    private @Nullable ApiObject written;

    /** @param trigger null where it only rests; @param shown the newest state of the object, null where it is gone */
    private TriggerRunner(TriggerContext context, ApiObject object, @Nullable Trigger trigger, Health health,
            Supplier<@Nullable ApiObject> shown) {
        this.context = context;
        this.object = object;
        this.trigger = trigger;
        this.shown = shown;
        this.health = health;
        log = new TriggerLog(object, context.events(), context.metrics(), context.steady());
        progress = trigger == null ? Progress.none() : Progress.read(object, trigger.topic());
        ended = new CountDownLatch(trigger != null && health.reason().equals("Starting") ? 2 : 1);
    }

    /** @param mayRead false where too many triggers read already */
    static TriggerRunner start(TriggerContext context, ApiObject object, boolean mayRead,
            Supplier<@Nullable ApiObject> shown) {
        TriggerRunner runner = switch (Trigger.compile(object)) {
            case Trigger.Compiled.Refused refused -> new TriggerRunner(context, object, null,
                    Health.not(refused.reason(), refused.message()), shown);
            case Trigger.Compiled.Ready ready -> new TriggerRunner(context, object, ready.trigger(),
                    initial(object, mayRead), shown);
        };
        Thread.ofVirtual().name("trigger-status-" + object.key()).start(runner::tell);
        if (runner.ended.getCount() > 1) {
            Thread.ofPlatform().daemon().name("trigger-" + object.key()).start(runner::run);
        } else {
            runner.log.health(runner.health);
        }
        return runner;
    }

    private static Health initial(ApiObject object, boolean mayRead) {
        if (object.spec().path("suspend").asBoolean()) {
            return Health.suspended();
        }
        return mayRead
                ? Health.not("Starting", "looks for the topic")
                : Health.not("TooManyTriggers", "this replica reads " + Triggers.MAX_READING
                        + " triggers, as many as it may; further replicas of task-events take more");
    }

    /** Whether it is at work for this state of the object. */
    boolean serves(ApiObject now, boolean mayRead) {
        return now.uid().equals(object.uid()) && now.generation() == object.generation()
                && (mayRead || !health.reason().equals("TooManyTriggers"));
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!stopped(0)) {
                long began = System.nanoTime();
                stay();
                pause = System.nanoTime() - began > TimeUnit.SECONDS.toNanos(30)
                        ? FIRST_PAUSE_MILLIS
                        : Math.min(2 * pause, LAST_PAUSE_MILLIS);
                stopped(ThreadLocalRandom.current().nextLong(pause / 2, pause));
            }
        } finally {
            ended.countDown();
        }
    }

    /** One stay in the consumer group; says how it ended. */
    private void stay() {
        Trigger own = trigger;
        if (own == null || !templateHolds(own)) {
            return;
        }
        try (Consumption consumption = new Consumption(context, own, known(own), log)) {
            consumption.join();
            while (!stopped(0)) {
                consumption.step(now -> progress = now, this::become);
            }
            if (isOver()) {
                consumption.leave();
            }
        } catch (RuntimeException failure) {
            Health why = KafkaFailures.health(failure);
            if (why.reason().equals(KafkaFailures.FAULT)) {
                LOG.error("a fault while reading for {}", object.key(), failure);
            }
            become(why);
        }
    }

    /** Kafka's committed offsets say more; this is for partitions that it has forgotten. */
    private Progress known(Trigger own) {
        Progress seen = progress;
        ApiObject newest = shown.get();
        return seen.partitions().isEmpty() && newest != null ? Progress.read(newest, own.topic()) : seen;
    }

    /** Whether the trigger is gone or suspended, and not only another's now. */
    private boolean isOver() {
        ApiObject newest = shown.get();
        return newest == null || newest.deleting() || !newest.uid().equals(object.uid())
                || newest.spec().path("suspend").asBoolean();
    }

    private boolean templateHolds(Trigger own) {
        CompletableFuture<String> wrong = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                wrong.complete(TemplateCheck.wrong(context.client(), own));
            } catch (RuntimeException fault) {
                wrong.completeExceptionally(fault);
            }
        });
        String why = wrong.join();
        if (!why.isEmpty()) {
            become(Health.not("InvalidTemplate", "spec.jobTemplate: " + why));
        }
        return why.isEmpty();
    }

    private void become(Health now) {
        health = now;
        log.health(now);
    }

    private void tell() {
        try {
            boolean last = false;
            while (!last) {
                last = stopped(STATUS_MILLIS);
                write();
            }
        } finally {
            ended.countDown();
        }
    }

    /** Writes the status where it is not so already; what fails is written the next time. */
    private void write() {
        ApiObject newest = newest();
        Health now = health;
        if (newest == null || now.reason().equals(KafkaFailures.TAKEN_OVER)
                || (now.reason().equals("Starting") && newest.status().has("conditions"))) {
            return;
        }
        Trigger own = trigger;
        ObjectNode status = own == null
                ? TriggerStatus.of(newest, object.generation(), now, context.clock().instant())
                : TriggerStatus.of(newest, own, now, progress,
                        TriggerJobs.count(context.jobs().cache(), object.uid()), context.clock().instant());
        if (!TriggerStatus.changes(newest, status)) {
            return;
        }
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("uid", object.uid());
        patch.set("status", status);
        try {
            if (context.resources().merge(Triggers.TRIGGERS, object.namespace(), object.name(), "status",
                    patch) instanceof ApiResult.Ok ok) {
                written = ok.object();
            }
        } catch (UnavailableException unavailable) {
            LOG.debug("the status of {} is not written: {}", object.key(), unavailable.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("a fault while writing the status of {}", object.key(), fault);
        }
    }

    /** What the cache shows, or what was written where the cache does not show that yet. */
    private @Nullable ApiObject newest() {
        ApiObject cached = shown.get();
        ApiObject own = written;
        if (cached == null || !cached.uid().equals(object.uid())) {
            return null;
        }
        return own != null && own.revision() > cached.revision() ? own : cached;
    }

    long lag() {
        return progress.lag();
    }

    private boolean stopped(long millis) {
        try {
            return stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Finishes what is begun. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            if (!ended.await(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the trigger {} is still busy and is left behind", object.key());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
