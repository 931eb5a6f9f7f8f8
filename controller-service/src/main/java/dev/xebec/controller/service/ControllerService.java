package dev.xebec.controller.service;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.controller.bootstrap.FlowSchemaStatusReconciler;
import dev.xebec.controller.definition.DefinitionReconciler;
import dev.xebec.controller.deployment.DeploymentReconciler;
import dev.xebec.controller.disruption.DisruptionReconciler;
import dev.xebec.controller.endpoints.EndpointSliceReconciler;
import dev.xebec.controller.endpoints.EndpointsReconciler;
import dev.xebec.controller.garbage.GarbageReconciler;
import dev.xebec.controller.job.JobReconciler;
import dev.xebec.controller.members.KubernetesServiceReconciler;
import dev.xebec.controller.members.MasterReconciler;
import dev.xebec.controller.namespace.NamespaceReconciler;
import dev.xebec.controller.node.NodeLifecycleReconciler;
import dev.xebec.controller.node.TaintEvictionReconciler;
import dev.xebec.controller.object.Indexes;
import dev.xebec.controller.podgc.PodGcReconciler;
import dev.xebec.controller.protection.ProtectionReconciler;
import dev.xebec.controller.quota.ResourceQuotaReconciler;
import dev.xebec.controller.replicaset.ReplicaSetReconciler;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.informer.WatchInformer;
import dev.xebec.kit.reconcile.Events;
import dev.xebec.kit.reconcile.LoopSettings;
import dev.xebec.kit.reconcile.ReconcileLoop;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.kind.KindRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of the controllers. All reconcilers read one informer, so their picture is of one revision; each runs
 * on a loop of its own and writes as a user agent of its own. Every replica's caches are warm: taking over is
 * queueing keys.
 */
public final class ControllerService implements Service {
    public static final String ROLE = "controller-service";
    private static final String USER = "system:kube-controller-manager";
    /** The name that kube-apiserver writes its own objects under. */
    private static final String APISERVER = "kube-apiserver";
    private static final Logger LOG = LoggerFactory.getLogger(ControllerService.class);
    /** Between two looks at namespaces that end. */
    private static final long END_LOOK_MILLIS = 250;

    private final ServiceContext context;
    private final ControllerConfig config;
    private final Ownership ownership;
    private final WatchedKinds watched = WatchedKinds.of(KindRegistry.onByDefault());
    private final WatchInformer informer;
    private final NotedSightings sightings;
    private final NotedRefusals replicaSetClient;
    private final List<ReconcileLoop> loops = new ArrayList<>();
    private final List<Events> events = new ArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    public ControllerService(ServiceContext context, ControllerConfig config) {
        this.context = context;
        this.config = config;
        ownership = context.ownerships().of(ROLE);
        informer = new WatchInformer(client(ROLE), watched.resourcesAndCustom(), "", "", "");
        sightings = new NotedSightings(context.clock(), context.steady());
        replicaSetClient = new NotedRefusals(client("replicaset-controller"));
    }

    private ApiClient client(String userAgent) {
        return context.clients().as(USER, userAgent);
    }

    @Override
    public String role() {
        return ROLE;
    }

    @Override
    public void start() {
        Indexes.declare(watched.resources(), informer::addIndex);
        informer.addListener(sightings);
        run(new DeploymentReconciler());
        run(new ReplicaSetReconciler(replicaSetClient), replicaSetClient);
        run(new JobReconciler());
        run(new NamespaceReconciler(watched.namespaced(), config.clusterCaPem()));
        run(new GarbageReconciler(watched.kinds()));
        run(new DefinitionReconciler());
        run(new NodeLifecycleReconciler(config.nodes(), sightings));
        run(new TaintEvictionReconciler(config.nodes().defaultToleration()));
        run(new PodGcReconciler(config.keptFinishedPods(), config.lostNodeQuarantine(), sightings));
        run(new EndpointsReconciler());
        run(new EndpointSliceReconciler());
        run(new DisruptionReconciler());
        ProtectionReconciler.all().forEach(this::run);
        run(new ResourceQuotaReconciler(watched.namespaced()));
        startBootstrap();
        MasterReconciler masters = new MasterReconciler(context.members()::all);
        ReconcileLoop masterLoop = run(masters);
        KubernetesServiceReconciler service = new KubernetesServiceReconciler(
                () -> context.members().ready("api-gateway"));
        ReconcileLoop serviceLoop = run(service, client(APISERVER));
        repeat("members", config.memberLook().toMillis(),
                () -> masters.allKeys(informer.cache()).forEach(masterLoop::queue));
        context.members().onChange("api-gateway",
                () -> service.allKeys(informer.cache()).forEach(serviceLoop::queue));
        NamespaceFinalizer finalizer = new NamespaceFinalizer(client("namespace-controller"), informer, ownership,
                watched.namespaced());
        repeat("namespace-end", END_LOOK_MILLIS, finalizer::look);
        new NodeMetrics(informer.cache()).register(context.metrics());
        informer.start();
    }

    /** Written under the names that kube-apiserver's own loops write under. */
    private void startBootstrap() {
        run(BootstrapObjects.apiServices(KindRegistry.onByDefault()), client(APISERVER));
        BootstrapObjects.flowControl()
                .forEach(one -> run(one, client("api-priority-and-fairness-config-producer-v1")));
        run(new FlowSchemaStatusReconciler());
    }

    private ReconcileLoop run(Reconciler reconciler) {
        return run(reconciler, client(reconciler.name() + "-controller"));
    }

    private ReconcileLoop run(Reconciler reconciler, ApiClient client) {
        Resources resources = new Resources(client);
        Events recorder = new Events(resources, reconciler.name() + "-controller", context.clock());
        ReconcileLoop loop = new ReconcileLoop(reconciler, informer, ownership, resources, recorder,
                context.metrics(), context.clock(), context.steady(), LoopSettings.DEFAULT);
        events.add(recorder);
        loops.add(loop);
        loop.start();
        return loop;
    }

    private void repeat(String name, long pauseMillis, Runnable look) {
        Thread.ofVirtual().name(ROLE + "-" + name).start(() -> {
            try {
                while (!stopping.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                    if (informer.synced()) {
                        lookOnce(name, look);
                    }
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** A fault of one look is reported and does not end the looking. */
    private static void lookOnce(String name, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException fault) {
            LOG.error("a fault while looking at {}", name, fault);
        }
    }

    @Override
    public Condition condition() {
        boolean ready = informer.synced() && stopping.getCount() > 0;
        return new Condition(ready, ready ? "" : "waits for the first picture of the cluster", false,
                informer.cache().revision(), ready ? ownership.sharePercent() : 0, "");
    }

    @Override
    public void stop() {
        stopping.countDown();
        loops.forEach(ReconcileLoop::close);
        events.forEach(Events::close);
        informer.close();
    }
}
