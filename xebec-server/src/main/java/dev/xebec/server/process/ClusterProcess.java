package dev.xebec.server.process;

import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.kit.api.BusApiClient;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.cluster.ClusterFormation;
import dev.xebec.kit.health.HealthServer;
import dev.xebec.kit.member.Membership;
import dev.xebec.kit.member.MemberTiming;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.kit.service.ServiceHost;
import dev.xebec.kit.state.StateClient;
import dev.xebec.kit.state.StateReach;
import dev.xebec.server.plan.ProcessConfig;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of one process, with the bus, membership and clients that they share. */
public final class ClusterProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterProcess.class);

    private final Vertx vertx;
    private final VertxBus bus;
    private final Membership members;
    /** One host for the master-side services and one per node; closed in reverse. */
    private final List<ServiceHost> hosts = new ArrayList<>();
    private final ProcessConfig config;
    private @Nullable StateReach reach;
    private @Nullable HealthServer health;

    private ClusterProcess(ProcessConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
        this.bus = new VertxBus(vertx);
        this.members = new Membership(bus, vertx, InstantSource.system(), config.process(), MemberTiming.DEFAULTS);
    }

    /** Starts all services of the configuration; they become ready by themselves. */
    public static ClusterProcess start(ProcessConfig config) {
        LOG.info("{} starts with {}", config.process(), config.services());
        Vertx vertx = config.clustered() ? ClusterFormation.clustered(ClusterSettingsOf.config(config))
                : ClusterFormation.local();
        ClusterProcess process = new ClusterProcess(config, vertx);
        process.startServices();
        return process;
    }

    /** Forms a cluster of one and leaves it: all that clustering loads, for the JVM to learn from. */
    public static void rehearseClustering(ProcessConfig config) {
        Vertx vertx = ClusterFormation.clustered(ClusterSettingsOf.config(config));
        VertxBus bus = new VertxBus(vertx);
        Membership members = new Membership(bus, vertx, InstantSource.system(), config.process(),
                MemberTiming.DEFAULTS);
        members.close();
        bus.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void startServices() {
        PrometheusMetrics metrics = new PrometheusMetrics();
        StateClient state = new StateClient(bus, new SecureRandom().nextLong());
        reach = new StateReach(state);
        ServiceContext context = new ServiceContext(config.process(), vertx, bus, members, state, metrics,
                InstantSource.system(), members.ownerships(reach),
                (user, agent) -> new BusApiClient(bus, members, config.process(),
                        new ApiRequest.User(user, List.of("system:masters", "system:authenticated")), agent));
        ServiceHost master = host(config.process());
        Services services = new Services(config, context);
        services.masterSide().forEach(master::start);
        if (config.runs(ProcessConfig.NODE)) {
            services.nodes().forEach((name, node) -> host(name).start(node));
        }
        health = new HealthServer(vertx, metrics, this::conditions);
        health.listen(config.host(), config.healthPort());
    }

    private ServiceHost host(String process) {
        ServiceHost host = new ServiceHost(vertx, process, members::announce, InstantSource.system());
        hosts.add(host);
        return host;
    }

    /** Waits until every service is ready; false after {@code patience}. */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!conditions().values().stream().allMatch(Service.Condition::ready)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }

    /** What is not ready and why; empty when all is. */
    public String detail() {
        StringBuilder detail = new StringBuilder();
        conditions().forEach((name, condition) -> {
            if (!condition.ready()) {
                detail.append(detail.isEmpty() ? "" : ", ").append(name).append(": ").append(condition.detail());
            }
        });
        return detail.toString();
    }

    private Map<String, Service.Condition> conditions() {
        Map<String, Service.Condition> conditions = new TreeMap<>();
        for (int index = 0; index < hosts.size(); index++) {
            String suffix = index < 2 ? "" : "-" + (index - 1);
            hosts.get(index).conditions().forEach((role, condition) -> conditions.put(role + suffix, condition));
        }
        return conditions;
    }

    /** Stops nodes first, then the services in reverse, then the bus. */
    @Override
    public void close() {
        for (int index = hosts.size() - 1; index >= 0; index--) {
            hosts.get(index).close();
        }
        if (health != null) {
            health.close();
        }
        if (reach != null) {
            reach.close();
        }
        members.close();
        bus.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        LOG.info("{} is stopped", config.process());
    }
}
