package dev.xebec.events.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.member.Members;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.controller.service.ControllerConfig;
import dev.xebec.controller.service.ControllerService;
import dev.xebec.events.kafka.KafkaSettings;
import dev.xebec.events.trigger.plan.JobFrame;
import dev.xebec.gateway.service.BusGateway;
import dev.xebec.gateway.service.GatewayConfig;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.state.memory.InMemoryStateStore;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A gateway over a store in memory, with the controllers where they are wanted, and replicas of the triggers. */
final class TriggerCluster implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final VertxBus bus = new VertxBus(vertx);
    private final InMemoryStateStore store = new InMemoryStateStore("test");
    private final BusGateway gateway = new BusGateway(context(ActingAs.NONE), KindRegistry.builtIn(),
            GatewayConfig.DEFAULT_SERVICE_CIDR);
    private final List<AutoCloseable> running = new ArrayList<>();
    final KafkaSettings kafka;
    final Resources resources;

    TriggerCluster(String bootstrap) {
        kafka = new KafkaSettings(bootstrap, Map.of());
        gateway.start();
        Await.until("the gateway is ready", () -> gateway.condition().ready());
        resources = new Resources(new ActingAs(gateway.api(), "tester", "test", ActingAs.NONE));
        ObjectNode namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", "work");
        resources.create(GroupVersionResource.NAMESPACES, ApiObject.of(namespace));
    }

    private ServiceContext context(ActingAs.Interference interference) {
        return new ServiceContext("test", bus, Members.NOBODY, store, new PrometheusMetrics(), InstantSource.system(),
                role -> Ownership.EVERYTHING,
                (user, agent) -> new ActingAs(gateway().api(), user, agent, interference));
    }

    private BusGateway gateway() {
        return gateway;
    }

    /** A replica that believes to own every trigger. */
    Triggers replica() {
        return replica(ActingAs.NONE);
    }

    Triggers replica(ActingAs.Interference interference) {
        return replica(interference, kafka);
    }

    Triggers replica(ActingAs.Interference interference, KafkaSettings where) {
        Triggers triggers = new Triggers(context(interference), where);
        triggers.start();
        running.add(triggers);
        return triggers;
    }

    void controllers() {
        ControllerService service = new ControllerService(context(ActingAs.NONE), ControllerConfig.standard(""));
        service.start();
        running.add(service::stop);
    }

    /** Waits until the kind is served, then creates. */
    ApiObject create(ObjectNode trigger) {
        Await.until("EventTriggers are served",
                () -> resources.list(Triggers.TRIGGERS, "work", Map.of()) instanceof ApiResult.Ok);
        return switch (resources.create(Triggers.TRIGGERS, ApiObject.of(trigger))) {
            case ApiResult.Ok ok -> ok.object();
            case ApiResult.Refused refused -> throw new AssertionError(refused.status().message());
        };
    }

    ApiObject trigger(String name) {
        return switch (resources.get(Triggers.TRIGGERS, "work", name)) {
            case ApiResult.Ok ok -> ok.object();
            case ApiResult.Refused refused -> throw new AssertionError(refused.status().message());
        };
    }

    /** Changes the trigger's spec. */
    void patch(String name, ObjectNode spec) {
        ObjectNode patch = Json.object();
        patch.set("spec", spec);
        ApiResult result = resources.merge(Triggers.TRIGGERS, "work", name, "", patch);
        if (result instanceof ApiResult.Refused refused) {
            throw new AssertionError(refused.status().message());
        }
    }

    String reason(String name) {
        return trigger(name).status().path("conditions").path(0).path("reason").asText("");
    }

    void awaitReason(String name, String reason) {
        Await.until(() -> name + " is " + trigger(name).status() + " and not " + reason,
                () -> reason(name).equals(reason));
    }

    void awaitCount(String name, String count, long value) {
        Await.until(() -> name + " is " + trigger(name).status() + " and its " + count + " not " + value,
                () -> trigger(name).status().path(count).asLong(-1) == value);
    }

    List<ApiObject> jobs() {
        return switch (resources.list(JobFrame.JOBS, "work", Map.of())) {
            case ApiResult.Ok ok -> {
                List<ApiObject> jobs = new ArrayList<>();
                ok.object().tree().path("items").forEach(job -> jobs.add(ApiObject.of((ObjectNode) job)));
                yield jobs;
            }
            case ApiResult.Refused refused -> throw new AssertionError(refused.status().message());
        };
    }

    /** Has the Job ended well, as its controller would say it. */
    void complete(ApiObject job) {
        String now = InstantSource.system().instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        ObjectNode patch = Json.object();
        ObjectNode status = patch.putObject("status").put("startTime", now).put("completionTime", now).put("succeeded",
                1);
        for (String type : List.of("SuccessCriteriaMet", "Complete")) {
            status.withArray("conditions").addObject().put("type", type).put("status", "True")
                    .put("lastTransitionTime", now).put("lastProbeTime", now);
        }
        if (resources.merge(JobFrame.JOBS, "work", job.name(), "status",
                patch) instanceof ApiResult.Refused refused) {
            throw new AssertionError(refused.status().message());
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
        gateway.stop();
        bus.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        store.close();
    }
}
