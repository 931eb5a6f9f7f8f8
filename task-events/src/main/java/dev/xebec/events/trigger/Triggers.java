package dev.xebec.events.trigger;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.events.kafka.KafkaSettings;
import dev.xebec.events.trigger.plan.JobFrame;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.WatchInformer;
import dev.xebec.kit.reconcile.Events;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The EventTriggers of this replica: the kind is applied, its objects are followed, and for each one that this replica owns
 * there is a {@link TriggerRunner}. Neither the API server nor Kafka has to be there when it starts.
 */
public final class Triggers implements AutoCloseable {
    /** Triggers that one replica reads for: each has a thread and connections of its own. */
    static final int MAX_READING = 200;

    static final GroupVersionResource TRIGGERS = new GroupVersionResource("events.xebec.dev", "v1alpha1",
            "eventtriggers");

    private static final Logger LOG = LoggerFactory.getLogger(Triggers.class);
    private static final String USER = "system:xebec:task-events";
    private static final String ROLE = "task-events";
    private static final long FIRST_MILLIS = 250;
    private static final long LOOK_MILLIS = 2_000;
    /** Looks between two looks at the definition, which somebody may have deleted. */
    private static final int DEFINITION_LOOKS = 30;

    private final Ownership ownership;
    private final TriggerDefinition definition;
    private final WatchInformer informer;
    private final TriggerJobs jobs;
    private final TriggerContext context;
    private final Map<ObjectKey, TriggerRunner> runners = new ConcurrentHashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean began;

    public Triggers(ServiceContext service, KafkaSettings kafka) {
        ownership = service.ownerships().of(ROLE);
        ApiClient client = service.clients().as(USER, "task-events");
        definition = new TriggerDefinition(client);
        informer = new WatchInformer(client, List.of(TRIGGERS), "", "", "");
        jobs = new TriggerJobs(client);
        Resources resources = new Resources(client);
        context = new TriggerContext(kafka, client, resources, jobs, new JobReleases(resources),
                new Events(resources, "task-events", service.clock()), service.metrics(), service.clock(),
                service.steady());
        service.metrics().gauge("xebec_triggers", "EventTriggers that this replica owns.", runners::size);
        service.metrics().gauge("xebec_trigger_lag", "Messages that this replica's triggers are not done with.",
                () -> runners.values().stream().mapToLong(TriggerRunner::lag).sum());
    }

    /** Begins by itself; does not wait. */
    public void start() {
        began = true;
        ownership.onChange(wake::release);
        informer.addListener((changes, cache) -> wake.release());
        Thread.ofVirtual().name("triggers").start(this::run);
    }

    private void run() {
        try {
            while (!definition.ensure()) {
                if (stopping.await(FIRST_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            informer.start();
            jobs.start();
            for (int looks = 1; stopping.getCount() > 0; looks++) {
                wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                wake.drainPermits();
                look();
                if (looks % DEFINITION_LOOKS == 0) {
                    definition.ensure();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private void look() throws InterruptedException {
        try {
            if (informer.synced() && jobs.synced()) {
                adjust(informer.cache());
                releaseOrphans(informer.cache(), jobs.cache());
            }
        } catch (RuntimeException fault) {
            LOG.error("a fault while looking at triggers", fault);
        }
    }

    /** Has a runner at work for each trigger that is owned, and no other. */
    private void adjust(Cache cache) throws InterruptedException {
        Map<ObjectKey, ApiObject> wanted = new TreeMap<>();
        for (ApiObject trigger : cache.list(TRIGGERS)) {
            if (!trigger.deleting() && ownership.owns("trigger/" + trigger.key())) {
                wanted.put(trigger.key(), trigger);
            }
        }
        List<Thread> steps = new ArrayList<>();
        for (ObjectKey key : List.copyOf(runners.keySet())) {
            if (!wanted.containsKey(key)) {
                steps.add(Thread.ofVirtual().start(() -> replace(key, null, false)));
            }
        }
        int reading = 0;
        for (var entry : wanted.entrySet()) {
            ApiObject trigger = entry.getValue();
            boolean mayRead = trigger.spec().path("suspend").asBoolean() || ++reading <= MAX_READING;
            TriggerRunner runner = runners.get(entry.getKey());
            if (runner == null || !runner.serves(trigger, mayRead)) {
                steps.add(Thread.ofVirtual().start(() -> replace(entry.getKey(), trigger, mayRead)));
            }
        }
        for (Thread step : steps) {
            step.join();
        }
    }

    /** One generation ends before the next begins: both are the same member of the group. */
    private void replace(ObjectKey key, @org.jspecify.annotations.Nullable ApiObject trigger, boolean mayRead) {
        TriggerRunner before = runners.remove(key);
        if (before != null) {
            before.close();
        }
        if (trigger != null && stopping.getCount() > 0) {
            runners.put(key, TriggerRunner.start(context, trigger, mayRead,
                    () -> informer.cache().get(TRIGGERS, key)));
        }
    }

    /** Jobs whose trigger is gone, or goes, are kept for nothing. */
    private void releaseOrphans(Cache triggers, Cache known) {
        for (ApiObject job : TriggerJobs.unreleased(known)) {
            String uid = TriggerJobs.uid(job);
            ApiObject trigger = triggers.get(TRIGGERS,
                    new ObjectKey(job.namespace(), job.labels().getOrDefault(JobFrame.TRIGGER, "")));
            boolean orphan = trigger == null || !trigger.uid().equals(uid) || trigger.deleting();
            if (orphan && triggers.revision() >= job.revision() && ownership.owns("trigger-uid/" + uid)) {
                context.releases().release(job);
            }
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        wake.release();
        if (began) {
            try {
                stopped.await(30, TimeUnit.SECONDS);
                List<Thread> ends = runners.values().stream()
                        .map(runner -> Thread.ofVirtual().start(runner::close)).toList();
                for (Thread end : ends) {
                    end.join();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        runners.clear();
        context.events().close();
        jobs.close();
        informer.close();
    }
}
