package dev.xebec.system.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One run: a cluster, work on it, faults as a seed plans them, all healed at the end; then the cluster has to settle and
 * the work is judged. Runs as a process of its own, inside the namespaces that {@link Isolation} made where it could.
 * Exit code 0 when nothing was violated.
 */
public final class FaultRun {
    /** Far above what a loaded machine needs; only a cluster that stays ill exceeds it. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final FaultPlan plan;
    private final FaultCluster cluster;
    private final FaultReport report = new FaultReport();
    private final long start = System.nanoTime();

    private FaultRun(FaultPlan plan, FaultCluster cluster) {
        this.plan = plan;
        this.cluster = cluster;
    }

    /** @param arguments {@code WORK SEED SECONDS namespaces|loopback [KIND,…]} */
    public static void main(String[] arguments) throws Exception {
        endWithParent();
        Path work = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        long seed = Long.parseLong(arguments[1]);
        Lab lab = arguments[3].equals("namespaces")
                ? new NamespaceLab(work, FaultCluster.PROCESSES, seed)
                : new LoopbackLab(work);
        List<String> violations;
        try (lab; FaultCluster cluster = FaultCluster.start(lab, work)) {
            FaultPlan plan = FaultPlan.of(seed, Duration.ofSeconds(Long.parseLong(arguments[2])),
                    kinds(lab, arguments.length > 4 ? arguments[4] : ""));
            FaultRun run = new FaultRun(plan, cluster);
            try {
                violations = run.run();
            } catch (Exception | AssertionError failure) {
                System.out.println(cluster.lastWords(30));
                throw failure;
            }
        }
        System.exit(violations.isEmpty() ? 0 : 1);
    }

    private static void endWithParent() {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Only the end counts.
                }
            } catch (IOException closed) {
                // The end as well.
            }
            Runtime.getRuntime().halt(2);
        });
    }

    private static Set<FaultKind> kinds(Lab lab, String wanted) {
        Set<FaultKind> all = wanted.isEmpty()
                ? EnumSet.allOf(FaultKind.class)
                : Arrays.stream(wanted.split(",")).map(FaultKind::valueOf).collect(Collectors.toSet());
        return all.stream().filter(kind -> kind.possibleIn(lab)).collect(Collectors.toSet());
    }

    private List<String> run() throws Exception {
        say("seed " + plan.seed() + ", " + plan.events().size() + " faults, "
                + (cluster.lab().network().isPresent() ? "in namespaces" : "on loopback"));
        plan.events().forEach(event -> System.out.println("  " + event));
        await("the cluster to start", cluster::unsettled);
        say("the cluster has started, " + cluster.leader().orElse("nobody") + " leads");
        try (GatewayClients clients = new GatewayClients(cluster)) {
            await("nodes and masters", () -> Census.unwell(clients.all()));
            try (FleetWork fleet = new FleetWork(cluster, plan.seed());
                    ConfigMapWriters writers = new ConfigMapWriters(clients.all())) {
                await("first writes", () -> writers.count() > 30 ? "" : "too few");
                strike();
                settle(clients, writers);
                writers.stop();
                fleet.stop();
                say("all clients have been told of everything");
                List<String> violations = new ArrayList<>(writers.violations());
                violations.addAll(fleet.violations());
                System.out.println(report.table(fleet::gaps, violations));
                return violations;
            }
        }
    }

    private void settle(GatewayClients clients, ConfigMapWriters writers) throws InterruptedException {
        await("every process to be ready", cluster::unsettled);
        say("every process is ready, " + cluster.leader().orElse("nobody") + " leads");
        await("nodes and masters to be well", () -> Census.unwell(clients.all()));
        say("nodes and masters are well");
        int before = writers.count();
        await("writes after the faults", () -> writers.count() > before + 30 ? "" : "too few");
        say(writers.count() + " plain writes were acknowledged");
    }

    /** Injects and heals in time; where the machine is late, everything is. */
    private void strike() throws InterruptedException {
        long begin = System.nanoTime();
        List<Thread> striking = new ArrayList<>();
        for (FaultPlan.Event event : plan.events()) {
            sleepUntil(begin, event.at());
            striking.add(Thread.ofVirtual().start(() -> strike(event, begin)));
        }
        for (Thread one : striking) {
            one.join();
        }
        say("all faults are healed");
    }

    private void strike(FaultPlan.Event event, long begin) {
        String target = event.kind().strikesLeader() ? cluster.leader().orElse(event.target()) : event.target();
        Fault fault = event.kind().on(cluster, target, event.severity());
        long from = System.nanoTime();
        say("+ " + fault.name());
        fault.inject();
        report.injected(event.kind());
        try {
            sleepUntil(begin, event.end());
            fault.heal();
            say("- " + fault.name());
            if (event.alone()) {
                sleepUntil(begin, event.end().plus(FaultPlan.REST));
                report.alone(event.kind(), from, System.nanoTime());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            fault.heal();
        }
    }

    private static void sleepUntil(long begin, Duration at) throws InterruptedException {
        long left = begin + at.toNanos() - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    /** @param missing says what is still missing; nothing when it is there */
    private void await(String what, Supplier<String> missing) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (String left = missing.get(); !left.isEmpty(); left = missing.get()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what + ": " + left);
            }
            Thread.sleep(200);
        }
    }

    private void say(String what) {
        System.out.printf("%8.3f s %s%n", (System.nanoTime() - start) / 1e9, what);
    }
}
