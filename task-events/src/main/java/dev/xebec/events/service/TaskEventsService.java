package dev.xebec.events.service;

import dev.xebec.contracts.member.Ownership;
import dev.xebec.events.publish.Publisher;
import dev.xebec.events.publish.PublisherSettings;
import dev.xebec.events.trigger.Triggers;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import io.vertx.core.Vertx;

/**
 * One replica of the service that carries the change log to Kafka and starts Jobs for events. Ready whether Kafka answers
 * or not: nothing in the cluster waits for it.
 */
public final class TaskEventsService implements Service {
    public static final String ROLE = "task-events";

    private final Ownership ownership;
    private final Refusals refusals;
    private final Publisher publisher;
    private final Triggers triggers;
    private volatile boolean started;

    public TaskEventsService(Vertx vertx, ServiceContext context, TaskEventsConfig config) {
        ownership = context.ownerships().of(ROLE);
        refusals = new Refusals(context);
        PublisherSettings settings = new PublisherSettings(config.kafka(), config.topic(), config.structured(),
                config.changesTopic(), config.partitions(), config.replication(), PublisherSettings.Timing.DEFAULT);
        publisher = new Publisher(vertx, context.state(), settings, context.metrics(), context.steady(),
                shard -> ownership.owns("shard-" + shard), refusals::tell);
        triggers = new Triggers(context, config.kafka());
    }

    @Override
    public String role() {
        return ROLE;
    }

    @Override
    public void start() {
        publisher.start();
        ownership.onChange(publisher::look);
        triggers.start();
        started = true;
    }

    @Override
    public Condition condition() {
        if (!started) {
            return Condition.starting("starting");
        }
        String trouble = publisher.trouble();
        long behind = publisher.behind();
        String detail = trouble.isEmpty() ? "" : trouble + (behind > 0 ? "; " + behind + " revisions behind" : "");
        return new Condition(true, detail, false, publisher.told(), ownership.sharePercent(), "");
    }

    @Override
    public void stop() {
        started = false;
        triggers.close();
        publisher.close();
        refusals.close();
    }
}
