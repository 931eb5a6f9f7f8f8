package dev.xebec.state.service;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.kit.state.StateEndpoint;
import dev.xebec.state.etcd.EtcdConfig;
import dev.xebec.state.etcd.EtcdStateStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way into an etcd cluster, on the bus like a replica of our own. All of them take writes; which one a client calls its
 * leader says nothing.
 */
public final class EtcdStateService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdStateService.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ServiceContext context;
    private final EtcdConfig config;
    /** Why etcd is of no use now; empty while it is. */
    private volatile String objection = "etcd has not answered yet";
    private volatile @Nullable Running running;

    private record Running(EtcdStateStore store, StateEndpoint endpoint, Thread watch) {}

    public EtcdStateService(ServiceContext context, EtcdConfig config) {
        this.context = context;
        this.config = config;
    }

    @Override
    public String role() {
        return StateService.ROLE;
    }

    @Override
    public void start() {
        EtcdStateStore store = EtcdStateStore.open(config, context.clock());
        StateEndpoint endpoint = new StateEndpoint(context.bus(), store, config.replica());
        context.metrics().gauge("xebec_state_applied_revision", "Newest revision applied.",
                () -> store.status(LogGroup.MAIN).revision(), "replica", config.replica());
        context.metrics().gauge("xebec_state_compacted_revision", "Reads below this revision fail.",
                () -> store.status(LogGroup.MAIN).compactedRevision(), "replica", config.replica());
        context.metrics().gauge("xebec_state_has_leader", "Whether a leader is known: 1 or 0.",
                () -> objection.isEmpty() ? 1 : 0, "replica", config.replica());
        running = new Running(store, endpoint, Thread.ofVirtual().name("etcd-watch").start(() -> watch(store)));
        LOG.info("State replica {} uses etcd at {}", config.replica(), config.endpoints());
    }

    /** Asks etcd now and then whether it has a quorum: {@link #condition} answers at once. */
    private void watch(EtcdStateStore store) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                store.currentRevision(LogGroup.MAIN);
                if (!objection.isEmpty()) {
                    LOG.info("etcd answers");
                }
                objection = "";
            } catch (UnavailableException down) {
                String why = String.valueOf(down.getMessage());
                if (objection.isEmpty()) {
                    LOG.warn("etcd does not answer: {}", why);
                }
                objection = why;
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    @Override
    public Condition condition() {
        Running now = running;
        if (now == null) {
            return Condition.starting("not started");
        }
        String detail = objection;
        return new Condition(detail.isEmpty(), detail, false, now.store().status(LogGroup.MAIN).revision(),
                0, "state." + config.replica());
    }

    @Override
    public void stop() {
        Running now = running;
        running = null;
        if (now != null) {
            now.watch().interrupt();
            now.endpoint().close();
            now.store().close();
        }
    }
}
