package dev.xebec.server.process;

import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.kit.api.BusApiClient;
import dev.xebec.kit.bus.BusSettings;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.cluster.ClusterFormation;
import dev.xebec.kit.health.HealthServer;
import dev.xebec.kit.member.Membership;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.kit.service.ServiceHost;
import dev.xebec.kit.state.StateClient;
import dev.xebec.kit.state.StateReach;
import dev.xebec.kit.time.SteadyClock;
import dev.xebec.server.Release;
import dev.xebec.server.plan.ProcessConfig;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of one process, with the bus, membership and clients that they share. */
public final class ClusterProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterProcess.class);

    /** A step of the start that takes longer is not waited for when the process is told to stop. */
    private static final long STEP_PATIENCE_SECONDS = 20;
    /** How long it may take to notice that a process that never became ready stops. */
    private static final Duration LATER_PATIENCE = Duration.ofSeconds(1);

    private final ProcessConfig config;
    /** One host for the master-side services and one per node. */
    private final List<ServiceHost> hosts = new CopyOnWriteArrayList<>();
    /** What has started besides the hosts, to be stopped in reverse; guarded by {@link #life}. */
    private final Deque<Runnable> stops = new ArrayDeque<>();
    /** Held while starting, which ends at the next step when {@link #stopping} says so, and while stopping. */
    private final ReentrantLock life = new ReentrantLock();
    private final InstantSource clock = SteadyClock.system();
    private volatile boolean stopping;
    /** Tells the cluster at once what the services say of themselves. */
    private volatile Runnable onDrain = () -> {
    };

    /** Does nothing yet, so that whoever may have to close it can say so before it starts. */
    public ClusterProcess(ProcessConfig config) {
        this.config = config;
    }

    /** Starts all services of the configuration, which become ready by themselves; ends early when closed meanwhile. */
    public void start() {
        LOG.info("{} starts with {} of Xebec {}", config.process(), config.services(), Release.version());
        life.lock();
        try {
            if (stopping) {
                return;
            }
            Vertx vertx = config.clustered()
                    ? ClusterFormation.clustered(ClusterSettingsOf.config(config))
                    : ClusterFormation.local();
            stops.push(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
            startServices(vertx);
        } finally {
            life.unlock();
        }
    }

    /** Forms a cluster of one and leaves it: all that clustering loads, for the JVM to learn from. */
    public static void rehearseClustering(ProcessConfig config) {
        Vertx vertx = ClusterFormation.clustered(ClusterSettingsOf.config(config));
        VertxBus bus = new VertxBus(vertx);
        Membership members = new Membership(bus, InstantSource.system(), config.process(),
                BusSettings.DEFAULTS.beatEvery());
        members.close();
        bus.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void startServices(Vertx vertx) {
        VertxBus bus = new VertxBus(vertx);
        stops.push(bus::close);
        Membership members = new Membership(bus, clock, config.process(), BusSettings.DEFAULTS.beatEvery());
        stops.push(members::close);
        onDrain = members::beatNow;
        PrometheusMetrics metrics = new PrometheusMetrics();
        StateClient state = new StateClient(bus, new SecureRandom().nextLong());
        StateReach reach = new StateReach(state);
        stops.push(reach::close);
        ServiceContext context = new ServiceContext(config.process(), bus, members, state, metrics,
                clock, members.ownerships(reach),
                (user, agent) -> new BusApiClient(bus, members, config.process(),
                        new ApiRequest.User(user, List.of("system:masters", "system:authenticated")), agent));
        ProcessGauges.register(metrics, config, members, this::conditions);
        HealthServer health = new HealthServer(vertx, metrics, this::conditions, () -> stopping);
        stops.push(health::close);
        Function<String, ServiceHost> host = process -> {
            ServiceHost added = new ServiceHost(vertx, process, members::announce, clock);
            hosts.add(added);
            return added;
        };
        ServiceHost master = host.apply(config.process());
        Services services = new Services(config, context, vertx);
        services.masterSide().forEach(service -> begin(master, service));
        if (config.runs(ProcessConfig.NODE)) {
            services.nodes().forEach((name, node) -> begin(host.apply(name), node));
        }
        List<Service> later = services.later();
        if (!later.isEmpty()) {
            Thread.ofVirtual().name("start later").start(() -> startLater(master, later));
        }
        if (!stopping) {
            health.listen(config.host(), config.healthPort());
        }
    }

    /** What they load and do must not hold up what everybody waits for. A role that runs alone has nothing to wait for. */
    private void startLater(ServiceHost host, List<Service> services) {
        try {
            while (!awaitReady(LATER_PATIENCE)) {
                if (stopping) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        life.lock();
        try {
            services.forEach(service -> begin(host, service));
        } finally {
            life.unlock();
        }
    }

    private void begin(ServiceHost host, Service service) {
        if (!stopping) {
            host.start(service);
        }
    }

    /** Waits until every service is ready; false after {@code patience}. A process that stops never is. */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (stopping || !conditions().values().stream().allMatch(Service.Condition::ready)) {
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

    /**
     * Stops what has started. First nothing is ready any more, and all serve on while those who ask find others; then all
     * nodes stop at once, then the services in reverse, then the bus.
     */
    @Override
    public void close() {
        boolean asked = conditions().values().stream().anyMatch(Service.Condition::ready);
        stopping = true;
        try {
            if (asked) {
                drain();
            }
            if (!life.tryLock(STEP_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} is still starting and ends without stopping its services", config.process());
                return;
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            stopHosts();
            while (!stops.isEmpty()) {
                stops.pop().run();
            }
        } finally {
            life.unlock();
        }
        LOG.info("{} is stopped", config.process());
    }

    private void drain() throws InterruptedException {
        hosts.forEach(ServiceHost::drain);
        onDrain.run();
        Duration notice = config.stop().notice();
        if (!notice.isZero()) {
            LOG.info("{} is to stop: it is not ready any more and serves on for {} ms", config.process(),
                    notice.toMillis());
            Thread.sleep(notice);
        }
    }

    private void stopHosts() {
        if (hosts.isEmpty()) {
            return;
        }
        List<Thread> nodes = hosts.subList(1, hosts.size()).stream()
                .map(node -> Thread.ofVirtual().name("stop node").start(node::close)).toList();
        for (Thread node : nodes) {
            try {
                node.join();
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
        hosts.get(0).close();
    }
}
