package dev.xebec.node.service;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.informer.Informer;
import dev.xebec.kit.informer.WatchInformer;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.node.registration.Machine;
import dev.xebec.node.leave.Departure;
import dev.xebec.node.registration.NodeConditions;
import dev.xebec.node.registration.NodeFacts;
import dev.xebec.node.registration.NodeRegistration;
import dev.xebec.node.runtime.PodSandbox;
import dev.xebec.node.runtime.simulated.SimulatedRuntime;
import dev.xebec.node.runtime.simulated.Stages;
import dev.xebec.node.worker.NodePods;
import dev.xebec.node.worker.WorkerContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many nodes in one process: one informer over all pods, one simulated runtime, and a few threads that renew all leases,
 * spread evenly over the interval. Pods go through the same decisions as on real nodes. Events are not written.
 */
public final class SimulatedNodes implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedNodes.class);
    /** Threads that report; each looks after every so-manieth node. */
    private static final int HEARTS = 8;

    private final ServiceContext context;
    private final SimulatedNodesConfig config;
    private final ApiClient api;
    private final SimulatedRuntime runtime;
    private final Map<String, NodePods> nodes = new LinkedHashMap<>();
    private final List<Thread> hearts = new ArrayList<>();
    private final AtomicInteger registered = new AtomicInteger();
    private final Informer informer;

    public SimulatedNodes(ServiceContext context, SimulatedNodesConfig config) {
        this.context = context;
        this.config = config;
        this.api = context.clients().as("system:node:" + config.prefix(), "kubelet");
        this.informer = new WatchInformer(api, List.of(GroupVersionResource.PODS), "", "", "");
        this.runtime = new SimulatedRuntime(context.clock(), spec -> stages(spec.id().podUid()));
    }

    /** A pod's annotations say how its containers live. */
    private Stages stages(String uid) {
        Optional<PodSandbox> pod = runtime.sandbox(uid);
        ApiObject object = pod.isEmpty()
                ? null
                : informer.cache().get(GroupVersionResource.PODS,
                        new ObjectKey(pod.get().namespace(), pod.get().name()));
        return object == null ? config.stages() : Stages.of(object, config.stages());
    }

    @Override
    public String role() {
        return "node-agent";
    }

    @Override
    public void start() {
        LOG.info("Simulated nodes with {}", config);
        Resources resources = new Resources(api);
        List<NodeRegistration> registrations = new ArrayList<>();
        for (int i = 0; i < config.count(); i++) {
            String name = config.prefix() + "-" + i;
            String address = "172." + (16 + (i >> 16 & 15)) + "." + (i >> 8 & 255) + "." + (i & 255);
            nodes.put(name, new NodePods(new WorkerContext(name, address, runtime, runtime, resources,
                    new ApiObjects(resources), namespace -> List.of(), (pod, audience, seconds) -> Optional.empty(),
                    (about, type, reason, message) -> LOG.trace("{} {} {} {}", about.key(), type, reason, message),
                    context.clock(), Map.of(), config.cpuMillis(), config.memoryBytes())));
            registrations.add(new NodeRegistration(resources, facts(name, address),
                    () -> new NodeConditions(false, false, false), context.clock(), config.leaseInterval(),
                    config.statusAge()));
        }
        runtime.onChange(this::poke);
        informer.addListener(new PodFeed(this::node, null));
        informer.start();
        for (int heart = 0; heart < Math.min(HEARTS, config.count()); heart++) {
            List<NodeRegistration> share = new ArrayList<>();
            for (int i = heart; i < registrations.size(); i += HEARTS) {
                share.add(registrations.get(i));
            }
            hearts.add(Thread.ofVirtual().name("simulated-heart-" + heart).start(() -> beat(share)));
        }
    }

    private @Nullable NodePods node(String name) {
        return nodes.get(name);
    }

    private void poke(String uid) {
        runtime.sandbox(uid).map(pod -> informer.cache().get(GroupVersionResource.PODS,
                new ObjectKey(pod.namespace(), pod.name()))).ifPresent(pod -> {
                    NodePods pods = nodes.get(pod.spec().path("nodeName").asText(""));
                    if (pods != null) {
                        pods.poke(uid);
                    }
                });
    }

    private NodeFacts facts(String name, String address) {
        return new NodeFacts(name, address, config.labels(), config.cpuMillis(), config.memoryBytes(), 1L << 40,
                config.maxPods(), name, "", "simulated", "simulated", Machine.architecture(), "simulated://0.1.0",
                "v1.37.0+xebec");
    }

    /** First all are registered as fast as it goes; then each is renewed once in an interval. */
    private void beat(List<NodeRegistration> share) {
        try {
            for (NodeRegistration each : share) {
                while (!report(each)) {
                    Thread.sleep(1_000);
                }
                registered.incrementAndGet();
            }
            while (true) {
                for (NodeRegistration each : share) {
                    Thread.sleep(config.leaseInterval().dividedBy(share.size()));
                    report(each);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean report(NodeRegistration each) {
        try {
            each.report();
            each.beat();
            return true;
        } catch (UnavailableException world) {
            LOG.debug("A simulated node could not report: {}", world.getMessage());
            return false;
        } catch (RuntimeException fault) {
            LOG.error("Fault in the report of a simulated node; it goes on", fault);
            return false;
        }
    }

    @Override
    public Condition condition() {
        boolean ready = registered.get() == config.count() && informer.synced();
        return new Condition(ready, ready ? "" : registered.get() + " of " + config.count() + " nodes are registered",
                false, informer.cache().revision(), 100, "");
    }

    /** All at once, so that none is given what another one lets go of. Answers who may be forgotten. */
    private List<Departure> leave() {
        Resources resources = new Resources(api);
        Queue<Departure> empty = new ConcurrentLinkedQueue<>();
        List<Thread> leaving = nodes.keySet().stream().map(name -> Thread.ofVirtual().name("leave-" + name)
                .start(() -> {
                    Departure departure = new Departure(resources, name,
                            () -> informer.cache().list(GroupVersionResource.PODS),
                            () -> !context.members().ready("api-gateway").isEmpty());
                    try {
                        if (departure.moveOut(config.leaveGrace(), context.clock().instant())) {
                            empty.add(departure);
                        }
                    } catch (InterruptedException impatient) {
                        Thread.currentThread().interrupt();
                    }
                })).toList();
        leaving.forEach(SimulatedNodes::join);
        return List.copyOf(empty);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        List<Departure> empty = config.leaveGrace().isZero() ? List.of() : leave();
        hearts.forEach(Thread::interrupt);
        if (!empty.isEmpty()) {
            hearts.forEach(SimulatedNodes::join);
            empty.forEach(Departure::forget);
        }
        informer.close();
        nodes.values().forEach(NodePods::stopWorkers);
        runtime.close();
    }
}
