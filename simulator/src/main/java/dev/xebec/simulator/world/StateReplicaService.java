package dev.xebec.simulator.world;

import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.kit.state.StateEndpoint;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The state-service's place in a simulated master: a twin of the replica behind the production endpoint. */
final class StateReplicaService implements Service {
    private final ServiceContext context;
    private final Function<String, StateStore> open;
    private volatile @Nullable StateStore store;

    StateReplicaService(ServiceContext context, Function<String, StateStore> open) {
        this.context = context;
        this.open = open;
    }

    @Override
    public String role() {
        return "state-service";
    }

    @Override
    public void start() {
        StateStore opened = open.apply(context.process());
        store = opened;
        new StateEndpoint(context.bus(), opened, context.process());
    }

    @Override
    public Condition condition() {
        StateStore open = store;
        if (open == null) {
            return Condition.starting("not open");
        }
        StoreStatus status = open.status(LogGroup.MAIN);
        return new Condition(!status.leader().isEmpty(), "", status.isLeader(), status.revision(), 100,
                "state." + context.process());
    }

    @Override
    public void stop() {
        // Simulated processes crash.
    }
}
