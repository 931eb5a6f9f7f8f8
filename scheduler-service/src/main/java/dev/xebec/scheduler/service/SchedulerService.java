package dev.xebec.scheduler.service;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.informer.WatchInformer;
import dev.xebec.kit.reconcile.Events;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.object.GroupVersionResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of several schedulers that all work at once. Each holds the whole picture and decides for its share of the pending
 * pods; the nodes' allocation versions keep two of them from filling the same room twice.
 */
public final class SchedulerService implements Service {
    static final String ROLE = "scheduler-service";
    private static final String USER = "system:kube-scheduler";
    /** Who events and pods name as the scheduler. */
    private static final String COMPONENT = "default-scheduler";

    private final ServiceContext context;
    private final Ownership ownership;
    private @Nullable WatchInformer informer;
    private @Nullable SchedulingLoop loop;

    public SchedulerService(ServiceContext context) {
        this.context = context;
        this.ownership = context.ownerships().of(ROLE);
    }

    @Override
    public String role() {
        return ROLE;
    }

    @Override
    public void start() {
        ApiClient client = context.clients().as(USER, "kube-scheduler");
        Resources resources = new Resources(client);
        // One ordered stream: a bind's pod and allocation are seen in the same moment, so a version that is known
        // vouches for every pod that was bound up to it.
        WatchInformer watching = new WatchInformer(client, List.of(GroupVersionResource.PODS,
                GroupVersionResource.NODES, GroupVersionResource.NODE_ALLOCATIONS), "", "", "");
        SchedulingLoop scheduling = new SchedulingLoop(new Binder(resources), ownership,
                new Reporter(resources, new Events(resources, COMPONENT, context.clock()), context.clock()),
                new SchedulerMetrics(context.metrics()), context.steady(), context.process().hashCode());
        watching.addListener(scheduling::changed);
        ownership.onChange(scheduling::ownershipChanged);
        scheduling.start();
        watching.start();
        this.informer = watching;
        this.loop = scheduling;
    }

    @Override
    public Condition condition() {
        WatchInformer watching = informer;
        if (watching == null || !watching.synced()) {
            return Condition.starting("reading pods and nodes");
        }
        return new Condition(true, "", false, watching.cache().revision(), ownership.sharePercent(), "");
    }

    @Override
    public void stop() {
        if (informer != null) {
            informer.close();
        }
        if (loop != null) {
            loop.stop();
        }
    }
}
