package dev.xebec.events.service;

import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import io.vertx.core.Vertx;

/**
 * One replica of the service that carries the change log to Kafka and starts Jobs for events. Ready whether Kafka answers
 * or not: nothing in the cluster waits for it.
 */
public final class TaskEventsService implements Service {
    private final ServiceContext context;
    private final TaskEventsConfig config;
    private final Vertx vertx;
    private volatile boolean started;

    public TaskEventsService(Vertx vertx, ServiceContext context, TaskEventsConfig config) {
        this.vertx = vertx;
        this.context = context;
        this.config = config;
    }

    @Override
    public String role() {
        return "task-events";
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public Condition condition() {
        return started ? new Condition(true, "", false, 0, 0, "") : Condition.starting("starting");
    }

    @Override
    public void stop() {
        started = false;
    }
}
