package dev.xebec.server.supervisor;

import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.plan.ClusterFile;
import dev.xebec.server.plan.ClusterPlan;
import dev.xebec.server.plan.ProcessConfig;
import dev.xebec.server.plan.ProcessMark;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs a cluster of several processes on one machine: starts each, starts it again when it ends, and puts a balancer in
 * front of the gateways.
 */
public final class Supervisor implements AutoCloseable {
    private static final String MASTER_HEAP = "-Xmx1g";
    private static final String NODE_HEAP = "-Xmx384m";

    private final DataDirectory data;
    private final ClusterPlan plan;
    private final Vertx vertx;
    private final Balancer balancer;
    private final List<ChildProcess> children = new ArrayList<>();
    private final HealthWatch health;
    private final Supplier<ProcessMark> broker;

    /**
     * Opens the balancer's port and starts all processes.
     *
     * @param broker the embedded broker's mark, to be written down with the others
     */
    public Supervisor(DataDirectory data, ClusterPlan plan, Supplier<ProcessMark> broker) {
        this.data = data;
        this.plan = plan;
        this.broker = broker;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
        List<ProcessConfig> gateways = plan.processes().stream()
                .filter(process -> process.runs(ProcessConfig.GATEWAY)).toList();
        this.balancer = new Balancer(vertx, plan.host(), gateways.stream().map(ProcessConfig::gatewayPort).toList());
        balancer.listen(plan.host(), plan.shape().port());
        plan.processes().forEach(this::start);
        record();
        for (ChildProcess child : children) {
            Thread.ofVirtual().name("supervise " + child.name()).start(() -> {
                try {
                    child.supervise();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        this.health = new HealthWatch(vertx, plan.processes(), balancer::health);
    }

    /** Waits until every process is ready; false after {@code patience}. */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!health.allReady()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }

    private void start(ProcessConfig process) {
        Path config = data.run().resolve(process.process() + ".json");
        ClusterFile.writeConfig(config, process);
        Path log = data.logs().resolve(process.process() + ".log");
        String heap = process.runs(ProcessConfig.GATEWAY) ? MASTER_HEAP : NODE_HEAP;
        List<String> command = JavaCommand.of(List.of("-Dxebec.log=" + log, heap),
                List.of("run", "--config", config.toString(), "--end-with-parent"));
        children.add(new ChildProcess(process.process(), command,
                data.logs().resolve(process.process() + ".out"), this::record));
    }

    /** Writes down which processes run now. */
    public synchronized void record() {
        new ClusterFile(plan, ProcessMark.of(ProcessHandle.current()),
                children.stream().map(ChildProcess::mark).toList(), broker.get()).write(data);
    }

    /** Stops nodes first, so that pods end in good order, then the masters; returns when all have ended. */
    @Override
    public void close() {
        stop(children.stream().filter(child -> !child.name().startsWith("master-")).toList());
        stop(children.stream().filter(child -> child.name().startsWith("master-")).toList());
        record();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void stop(List<ChildProcess> some) {
        List<Thread> stopping = some.stream().map(child -> Thread.ofVirtual().start(child::stop)).toList();
        for (Thread thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
