package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.kafka.KafkaAccess;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.pki.ClusterPki;
import dev.xebec.server.pki.KafkaPki;
import dev.xebec.server.pki.Kubeconfig;
import dev.xebec.server.plan.ClusterFile;
import dev.xebec.server.plan.ClusterPlan;
import dev.xebec.server.plan.ClusterShape;
import dev.xebec.server.plan.EtcdShape;
import dev.xebec.server.plan.FreePorts;
import dev.xebec.server.plan.KafkaShape;
import java.nio.channels.FileLock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code xebec up}: starts a cluster on this machine, or the one that the data folder holds again. */
@Command(name = "up", description = "Start a cluster on this machine.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Mixin
    private DataOption data;
    @Option(names = "--masters", paramLabel = "N", description = "masters, all at work at once: 1, 3 or 5 (default: as "
            + "last time, or 1)")
    private @Nullable Integer masters;
    @Option(names = "--nodes", paramLabel = "N", description = "nodes on this machine (default: as last time, or 1)")
    private @Nullable Integer nodes;
    @Option(names = "--runtime", paramLabel = "NAME", description = "process or simulated (default: as last time, or "
            + "process)")
    private @Nullable String runtime;
    @Option(names = "--store", paramLabel = "NAME", description = "raft, memory, or etcd=URL[,URL…] of an etcd cluster (default: "
            + "as last time, or raft)")
    private @Nullable String store;
    @Option(names = "--port", paramLabel = "P", description = "port of the API on the loopback address (default: as last "
            + "time, or 6443)")
    private @Nullable Integer port;
    @Mixin
    private EtcdOptions etcd;
    @Mixin
    private KafkaOptions kafka;
    @Option(names = "--detach", description = "return when the cluster is ready and leave it running")
    private boolean detach;

    @Override
    public Integer call() throws InterruptedException {
        DataDirectory directory = data.directory();
        Optional<ClusterFile> last = directory.exists() ? ClusterFile.read(directory) : Optional.empty();
        ClusterShape shape = shape(last.map(file -> file.plan().shape()));
        Optional<String> warning = KafkaOptions.warning(shape.kafka());
        directory.prepare();
        if (detach) {
            return new DetachedStart(directory, shape).run();
        }
        try (FileLock lock = directory.lock()) {
            warning.ifPresent(System.err::println);
            // First, because they hold the ports.
            LeftBehind.end(last);
            FreePorts.require("127.0.0.1", shape.port());
            if (EtcdShape.names(shape.store())) {
                EtcdOptions.requireSomebody(shape.store(), shape.etcd());
            }
            ClusterPlan plan = ClusterPlan.of(shape, directory,
                    last.map(ClusterFile::plan), new FreePorts(), FreePorts::isFree);
            ClusterPki pki = ClusterPki.open(directory.pki(), List.of(plan.host()), Instant.now());
            Kubeconfig.write(directory.kubeconfig(), pki, "https://" + plan.host() + ":" + shape.port());
            return new RunningCluster(directory, plan, kafka(directory, plan)).run();
        } catch (java.io.IOException unlocking) {
            throw new StartupException("cannot let go of " + directory.root() + ": " + unlocking.getMessage(),
                    unlocking);
        }
    }

    private static Optional<KafkaPki> kafka(DataDirectory directory, ClusterPlan plan) {
        if (!plan.broker().wanted()) {
            return Optional.empty();
        }
        KafkaPki pki = KafkaPki.open(directory.pki(), List.of(), Instant.now());
        KafkaAccess.write(directory, pki, plan.host() + ":" + plan.broker().port());
        return Optional.of(pki);
    }

    private ClusterShape shape(Optional<ClusterShape> last) {
        int wantedMasters = given(masters, last.map(ClusterShape::masters), 1);
        if (wantedMasters != 1 && wantedMasters != 3 && wantedMasters != 5) {
            throw new ParameterException(spec.commandLine(), "--masters has to be 1, 3 or 5, not " + wantedMasters);
        }
        String wantedRuntime = oneOf("--runtime", given(runtime, last.map(ClusterShape::runtime), "process"), "process",
                "simulated");
        int wantedNodes = given(nodes, last.map(ClusterShape::nodes), 1);
        if (wantedNodes < 0 || wantedNodes > ClusterShape.maxNodes(wantedRuntime)) {
            throw new ParameterException(spec.commandLine(),
                    "--nodes has to be 0 to " + ClusterShape.maxNodes(wantedRuntime) + ", not " + wantedNodes);
        }
        int wantedPort = given(port, last.map(ClusterShape::port), ClusterShape.DEFAULT_PORT);
        if (wantedPort < 1 || wantedPort > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port has to be 1 to 65535, not " + wantedPort);
        }
        String wantedStore = given(store, last.map(ClusterShape::store), "raft");
        if (!EtcdShape.names(wantedStore) && !List.of("raft", "memory").contains(wantedStore)) {
            throw new ParameterException(spec.commandLine(),
                    "--store has to be raft, memory or etcd=URL[,URL…], not " + wantedStore);
        }
        ClusterShape shape = new ClusterShape(wantedMasters, wantedNodes, wantedRuntime, wantedStore, wantedPort,
                kafka.shape(spec, last.map(ClusterShape::kafka).orElse(KafkaShape.STANDARD)),
                etcd.shape(spec, wantedStore, last.map(ClusterShape::etcd).orElse(EtcdShape.NONE)));
        if (shape.store().equals("memory") && shape.masters() > 1) {
            throw new ParameterException(spec.commandLine(),
                    "--store memory lives in one process; use it with one master");
        }
        // Members of an etcd cluster come and go; another kind of store is another cluster.
        last.filter(before -> before.masters() != shape.masters()
                || !EtcdShape.names(before.store()) && !before.store().equals(shape.store())
                || EtcdShape.names(before.store()) != EtcdShape.names(shape.store()))
                .ifPresent(before -> {
                    throw new StartupException("this data folder holds a cluster with --masters " + before.masters()
                            + " --store " + before.store() + "; start it so, or another one with --data");
                });
        return shape;
    }

    private String oneOf(String option, String value, String... allowed) {
        if (!List.of(allowed).contains(value)) {
            throw new ParameterException(spec.commandLine(),
                    option + " has to be one of " + String.join(", ", allowed) + ", not " + value);
        }
        return value;
    }

    private static <T> T given(@Nullable T flag, Optional<T> last, T standard) {
        return flag != null ? flag : last.orElse(standard);
    }
}
