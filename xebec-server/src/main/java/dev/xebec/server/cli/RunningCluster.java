package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.pki.KafkaPki;
import dev.xebec.server.plan.ClusterFile;
import dev.xebec.server.plan.ClusterPlan;
import dev.xebec.server.plan.ProcessConfig;
import dev.xebec.server.plan.ProcessMark;
import dev.xebec.server.process.ClusterProcess;
import dev.xebec.server.supervisor.KafkaBroker;
import dev.xebec.server.supervisor.Supervisor;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** A cluster from its start to the signal that ends it, and what a person reads meanwhile. */
final class RunningCluster {
    /** The last line of a good start begins so. */
    static final String READY = "Xebec is ready";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final DataDirectory data;
    private final ClusterPlan plan;
    private final PrintStream out = System.out;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Optional<KafkaPki> kafka;
    private volatile Optional<KafkaBroker> broker = Optional.empty();

    /** @param kafka whom the embedded broker lets in; empty where there is none */
    RunningCluster(DataDirectory data, ClusterPlan plan, Optional<KafkaPki> kafka) {
        this.data = data;
        this.plan = plan;
        this.kafka = kafka;
    }

    int run() throws InterruptedException {
        return plan.processes().size() == 1 ? runAlone(plan.processes().get(0)) : runSupervised();
    }

    private int runAlone(ProcessConfig process) throws InterruptedException {
        out.println("Starting a cluster in one process; data in " + data.root());
        System.setProperty("xebec.log", data.logs().resolve(process.process() + ".log").toString());
        ProcessMark self = ProcessMark.of(ProcessHandle.current());
        Supplier<ClusterFile> file = () -> new ClusterFile(plan, self, List.of(self), brokerMark());
        file.get().write(data);
        ClusterProcess running = new ClusterProcess(process);
        broker = kafka.map(pki -> new KafkaBroker(data, plan.broker(), pki, () -> record(file)));
        onSignal(running::close);
        running.start();
        return untilStopped(running.awaitReady(PATIENCE), running.detail());
    }

    private int runSupervised() throws InterruptedException {
        out.println("Starting " + plan.shape().masters() + " masters and " + plan.shape().nodes() + " nodes; data in "
                + data.root());
        System.setProperty("xebec.log", data.logs().resolve("up.log").toString());
        Supervisor supervisor = new Supervisor(data, plan, this::brokerMark);
        broker = kafka.map(pki -> new KafkaBroker(data, plan.broker(), pki, supervisor::record));
        onSignal(supervisor::close);
        return untilStopped(supervisor.awaitReady(PATIENCE), "some process is not ready");
    }

    private int untilStopped(boolean ready, String detail) throws InterruptedException {
        if (!ready) {
            throw new StartupException("the cluster did not become ready within " + PATIENCE.toSeconds() + " s ("
                    + detail + "); its logs are in " + data.logs());
        }
        long sinceStart = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        out.printf(Locale.ROOT, "%s after %.1f s at https://%s:%d. Use it:  export KUBECONFIG=%s%n", READY,
                sinceStart / 1000.0, plan.host(), plan.shape().port(), data.kubeconfig());
        out.flush();
        broker.ifPresent(KafkaBroker::start);
        stopped.await();
        return 0;
    }

    private ProcessMark brokerMark() {
        return broker.map(KafkaBroker::mark).orElse(ProcessMark.NONE);
    }

    private synchronized void record(Supplier<ClusterFile> file) {
        file.get().write(data);
    }

    /** The hook does the stopping, because the JVM ends when all hooks have. */
    private void onSignal(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            out.println("Stopping…");
            stop.run();
            // After those who write to it.
            broker.ifPresent(KafkaBroker::close);
            out.println("Stopped. Everything is kept in " + data.root());
            out.flush();
            stopped.countDown();
        }, "stop"));
    }
}
