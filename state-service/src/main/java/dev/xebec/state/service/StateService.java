package dev.xebec.state.service;

import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.kit.state.StateEndpoint;
import dev.xebec.state.raft.RaftStateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replica of the replicated store, on the bus at {@code state.<replica>} and, with all others, at {@code state}. */
public final class StateService implements Service {
    /** The role's name in the cluster. */
    public static final String ROLE = "state-service";

    private static final Logger LOG = LoggerFactory.getLogger(StateService.class);
    /** Entries behind the log's commit index at which a replica is still as good as up to date. */
    private static final long MAX_BACKLOG = 1_000;

    /** Exit code of a process whose replica failed. */
    private static final int FAILED = 3;

    private final ServiceContext context;
    private final StateConfig config;
    private volatile @Nullable Running running;

    private record Running(RaftStateStore store, TermEndpoint term, Presence presence) {}

    public StateService(ServiceContext context, StateConfig config) {
        this.context = context;
        this.config = config;
    }

    @Override
    public String role() {
        return ROLE;
    }

    @Override
    public void start() throws IOException {
        StateMetrics metrics = new StateMetrics(context.metrics(), config.replica(), this::leave);
        RaftStateStore store = RaftStateStore.start(config.raft(), new BusForwarder(context.state(), context.bus()),
                context.clock(), metrics);
        metrics.watch(store);
        running = new Running(store, new TermEndpoint(context.bus(), config.replica(), store::term),
                Presence.start(store::votes,
                        () -> new StateEndpoint(context.bus(), store.answeringHere(), config.replica())));
        LOG.info("State replica {} keeps its state in {}", config.replica(), config.directory());
    }

    /**
     * Ends this process as a crash would, which loses nothing that was acknowledged, and leaves pods alone, as an orderly
     * stop might not. Whoever supervises it starts the next one, which goes on from what is on disk.
     */
    private void leave(String why) {
        LOG.error("State replica {} failed, and this process ends with it: {}. See to {}, and start it again.",
                config.replica(), why, config.directory());
        Runtime.getRuntime().halt(FAILED);
    }

    @Override
    public Condition condition() {
        Running now = running;
        if (now == null) {
            return Condition.starting("not started");
        }
        String detail = objection(now.store());
        boolean leads = now.store().leads();
        return new Condition(detail.isEmpty(), detail, leads, now.store().replica().position().revision(),
                leads ? 100 : 0, "state." + config.replica());
    }

    /** Why the replica is of no use to others now; empty where it is. */
    private String objection(RaftStateStore store) {
        long backlog = store.backlog();
        if (!store.votes()) {
            String command = "xebec state add " + config.replica() + "=HOST:PORT";
            if (store.hearsALeader()) {
                return "is being added, " + backlog + " log entries behind";
            }
            return store.knowsAGroup()
                    ? "is none of the replicas any more; stop it, or take it back with " + command
                    : "waits to be added with " + command;
        }
        if (store.leader().isEmpty()) {
            return "no leader is known";
        }
        return backlog > MAX_BACKLOG ? backlog + " log entries behind" : "";
    }

    /** This replica's own store, for whoever lives in the same process. */
    public StoreStatus status() {
        Running now = running;
        if (now == null) {
            return new StoreStatus(config.replica(), "", 0, 0, 0, 0);
        }
        return now.store().status(LogGroup.MAIN);
    }

    @Override
    public void stop() {
        Running now = running;
        running = null;
        if (now != null) {
            // While it is still there to say who leads then.
            now.store().handOver();
            now.presence().close();
            now.term().close();
            try {
                now.store().close();
            } catch (IOException e) {
                throw new UncheckedIOException("the state did not close", e);
            }
        }
    }
}
