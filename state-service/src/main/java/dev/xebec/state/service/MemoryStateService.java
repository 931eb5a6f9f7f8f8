package dev.xebec.state.service;

import dev.xebec.contracts.state.LogGroup;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.kit.state.StateEndpoint;
import dev.xebec.state.memory.InMemoryStateStore;
import dev.xebec.state.replica.Retention;
import org.jspecify.annotations.Nullable;

/** The store in this process's memory, on the bus like a replica: for tests and clusters that may forget. Never two. */
public final class MemoryStateService implements Service {
    private final ServiceContext context;
    private final String replica;
    private volatile @Nullable Running running;

    private record Running(InMemoryStateStore store, StateEndpoint endpoint) {}

    public MemoryStateService(ServiceContext context, String replica) {
        this.context = context;
        this.replica = replica;
    }

    @Override
    public String role() {
        return StateService.ROLE;
    }

    @Override
    public void start() {
        InMemoryStateStore store = new InMemoryStateStore(replica, Retention.DEFAULT, context.clock());
        running = new Running(store, new StateEndpoint(context.bus(), store, replica));
    }

    @Override
    public Condition condition() {
        Running now = running;
        return now == null
                ? Condition.starting("not started")
                : new Condition(true, "", true, now.store().status(LogGroup.MAIN).revision(), 100, "state." + replica);
    }

    @Override
    public void stop() {
        Running now = running;
        running = null;
        if (now != null) {
            now.endpoint().close();
            now.store().close();
        }
    }
}
