package dev.xebec.node.service;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.informer.Informer;
import dev.xebec.kit.informer.WatchInformer;
import dev.xebec.kit.reconcile.Events;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.node.leave.Departure;
import dev.xebec.node.log.LogLimits;
import dev.xebec.node.probe.RuntimeProber;
import dev.xebec.node.registration.Machine;
import dev.xebec.node.registration.NodeConditions;
import dev.xebec.node.registration.NodeFacts;
import dev.xebec.node.registration.NodeRegistration;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.runtime.process.ProcessRuntime;
import dev.xebec.node.runtime.process.ProcessRuntimeConfig;
import dev.xebec.node.stream.NodeEndpoints;
import dev.xebec.node.stream.NodeStreams;
import dev.xebec.node.worker.NodePods;
import dev.xebec.node.worker.WorkerContext;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node of the cluster, with the process runtime: registers it, runs its pods, serves their streams. */
public final class NodeAgentService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAgentService.class);
    private static final long LAYER_BYTES = 512L * 1024 * 1024;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    /** Less than this part of memory or disk left is pressure. */
    private static final int PRESSURE_DIVISOR = 40;

    private final ServiceContext context;
    private final NodeAgentConfig config;
    private final ApiClient api;

    private @Nullable Running running;
    private volatile String detail = "starting";
    private volatile boolean ready;

    /** What there is between start and stop. */
    private record Running(FileChannel lock, ContainerRuntime runtime, NodePods pods, Events events, Informer informer,
            NodeStreams streams, Thread heart) {}

    public NodeAgentService(ServiceContext context, NodeAgentConfig config) {
        this.context = context;
        this.config = config;
        this.api = context.clients().as("system:node:" + config.nodeName(), "kubelet");
    }

    @Override
    public String role() {
        return "node-agent";
    }

    @Override
    public void start() throws IOException {
        LOG.info("Node agent with {}", config);
        FileChannel lock = lock(Files.createDirectories(config.dataDirectory()));
        ContainerRuntime runtime = new ProcessRuntime(
                new ProcessRuntimeConfig(config.dataDirectory(), config.nodeIndex(),
                        config.isolation(), config.masked(), LAYER_BYTES, LogLimits.DEFAULT),
                context.clock());
        Resources resources = new Resources(api);
        Events events = new Events(resources, "kubelet", context.clock());
        NodePods pods = new NodePods(new WorkerContext(config.nodeName(), config.address(), runtime,
                new RuntimeProber(runtime), resources, new ApiObjects(resources), new ApiServices(resources),
                new ApiTokens(resources, context.clock()), events::emit, context.clock(), config.environment(),
                config.cpuMillis(), config.memoryBytes()));
        runtime.onChange(pods::poke);
        Informer informer = new WatchInformer(api, List.of(GroupVersionResource.PODS), "", "",
                "spec.nodeName=" + config.nodeName());
        informer.addListener(new PodFeed(node -> pods, pods));
        NodeStreams streams = new NodeStreams(context.bus(), config.nodeName(), runtime,
                new NodeEndpoints(config.nodeName(), () -> informer.cache().list(GroupVersionResource.PODS),
                        () -> context.metrics().exposition(), runtime, context.clock()));
        NodeRegistration registration = new NodeRegistration(resources, facts(runtime), this::conditions,
                context.clock(), config.leaseInterval(), config.statusAge());
        Thread heart = Thread.ofVirtual().name("node-heart-" + config.nodeName()).unstarted(() -> beat(registration));
        running = new Running(lock, runtime, pods, events, informer, streams, heart);
        informer.start();
        heart.start();
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException here) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException("another node agent works on " + directory + "; stop it or take another directory");
        }
        return channel;
    }

    private NodeFacts facts(ContainerRuntime runtime) {
        return new NodeFacts(config.nodeName(), config.address(), config.labels(), config.cpuMillis(),
                config.memoryBytes(), Machine.storageBytes(config.dataDirectory()), config.maxPods(),
                Machine.machineId(), Machine.bootId(), Machine.kernel(), Machine.osImage(), Machine.architecture(),
                runtime.features().name() + "://" + runtime.features().version(), "v1.37.0+xebec");
    }

    private NodeConditions conditions() {
        long memory = Machine.availableMemoryBytes();
        long disk = Machine.usableStorageBytes(config.dataDirectory());
        return new NodeConditions(memory > 0 && memory < Machine.memoryBytes() / PRESSURE_DIVISOR,
                disk < Machine.storageBytes(config.dataDirectory()) / PRESSURE_DIVISOR, false);
    }

    private void beat(NodeRegistration registration) {
        try {
            while (true) {
                try {
                    registration.report();
                    ready = true;
                    registration.beat();
                    Thread.sleep(config.leaseInterval());
                } catch (UnavailableException world) {
                    detail = world.getMessage() == null ? "" : world.getMessage();
                    LOG.debug("Node {} could not report: {}", config.nodeName(), detail);
                    Thread.sleep(AFTER_FAILURE);
                } catch (RuntimeException fault) {
                    // A node whose heart stands still is taken for lost, with all its pods.
                    detail = fault.toString();
                    LOG.error("Fault in the report of node {}; it goes on", config.nodeName(), fault);
                    Thread.sleep(AFTER_FAILURE);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Condition condition() {
        Running now = running;
        long revision = now == null ? 0 : now.informer().cache().revision();
        boolean serves = now != null && ready && now.informer().synced();
        return new Condition(serves, serves ? "" : detail, false, revision, 100, "");
    }

    /** The heart beats on until the pods have moved: a node that is not heard has its pods replaced by force. */
    private void leave(Running now) {
        Departure departure = new Departure(new Resources(api), config.nodeName(),
                () -> now.informer().cache().list(GroupVersionResource.PODS),
                () -> !context.members().ready("api-gateway").isEmpty());
        boolean empty = false;
        try {
            empty = !config.leaveGrace().isZero()
                    && departure.moveOut(config.leaveGrace(), context.clock().instant());
            now.heart().interrupt();
            now.heart().join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            now.heart().interrupt();
        }
        if (empty) {
            departure.forget();
        }
    }

    @Override
    public void stop() {
        Running now = running;
        if (now == null) {
            return;
        }
        running = null;
        ready = false;
        detail = "stopped";
        leave(now);
        now.informer().close();
        now.streams().close();
        now.pods().stopWorkers();
        try {
            if (!config.keepPodsOnStop()) {
                now.pods().terminateAll(config.stopGrace());
            }
            now.runtime().close();
            now.events().close();
            now.lock().close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException disk) {
            LOG.warn("The lock of {} could not be given back: {}", config.dataDirectory(), disk.toString());
        }
    }
}
