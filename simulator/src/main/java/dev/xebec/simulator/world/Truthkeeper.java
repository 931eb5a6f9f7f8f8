package dev.xebec.simulator.world;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.simulator.bus.Links;
import dev.xebec.simulator.check.Invariants;
import dev.xebec.simulator.check.Violation;
import dev.xebec.simulator.kernel.Simulation;
import dev.xebec.simulator.plant.ChanceNames;
import dev.xebec.simulator.plant.ClockingStorage;
import dev.xebec.simulator.plant.Plant;
import dev.xebec.simulator.plant.PlantedStore;
import dev.xebec.simulator.state.ReplicaDigest;
import dev.xebec.simulator.state.SimulatedReplica;
import dev.xebec.simulator.state.SimulatedStateGroup;
import dev.xebec.simulator.state.StateFaults;
import dev.xebec.state.replica.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cluster's log, and everything that is held against it. A violation ends the run, wherever it is seen. */
final class Truthkeeper {
    /** Small, so that readers are overtaken by compaction now and then. */
    private static final Retention RETENTION = new Retention(Duration.ofSeconds(10), 400);
    /** Entries that a replica may not have applied yet when all is quiet. */
    private static final int MAX_BEHIND = 20;
    private static final String AFFLICTED = "master-0";

    private final Simulation simulation;
    private final Plant plant;
    private final Invariants invariants = Invariants.standard(KindRegistry.builtIn());
    private final SimulatedStateGroup group;
    private final Map<String, WatchCache> caches = new TreeMap<>();
    /** Watches that processes hold, by the process. */
    private final Map<String, List<SeenClient>> holders = new TreeMap<>();
    private int clients;

    Truthkeeper(Simulation simulation, Links links, List<String> masters, WorldSettings settings) {
        this.simulation = simulation;
        plant = settings.plant();
        group = new SimulatedStateGroup(masters, links, simulation.chance(), StateFaults.CALM, RETENTION);
        if (plant == Plant.CLOCK_IN_STATE_MACHINE) {
            group.between((replica, storage) -> replica.equals(AFFLICTED) ? new ClockingStorage(storage) : storage);
        }
        group.onAgreed((index, entry, applied) -> guarded(() -> {
            if (!applied.changes().isEmpty()) {
                byRevision(applied.changes()).forEach(invariants::committed);
            }
        }));
        simulation.afterEachStep(this::look);
    }

    private static Map<Long, List<Change>> byRevision(
            List<Change> changes) {
        Map<Long, List<Change>> revisions = new TreeMap<>();
        changes.forEach(
                change -> revisions.computeIfAbsent(change.revision(), fresh -> new ArrayList<>())
                        .add(change));
        return revisions;
    }

    /** Production code survives exceptions; a violation it must not. */
    void guarded(Runnable check) {
        try {
            check.run();
        } catch (Violation broken) {
            simulation.fail(broken);
            throw broken;
        }
    }

    private void look() {
        if (!group.divergences().isEmpty()) {
            throw new Violation("replica-tables", 0, "replicas that make the same of every entry",
                    group.divergences().get(0));
        }
        caches.forEach((gateway, cache) -> invariants.cachePublished(gateway, cache.image()));
    }

    SimulatedStateGroup group() {
        return group;
    }

    StateStore open(String replica) {
        SimulatedReplica opened = group.open(replica);
        return new SeenStore(opened, invariants, this);
    }

    ApiClient client(ApiClient client, String process, String agent) {
        ApiClient used = plant == Plant.CHANCE_IN_NAME && agent.equals("replicaset-controller")
                ? new ChanceNames(client, simulation.chance())
                : client;
        SeenClient seen = new SeenClient(used, process + "/" + agent + "/" + clients++, invariants, this);
        holders.computeIfAbsent(process, fresh -> new ArrayList<>()).add(seen);
        return seen;
    }

    /** The context as it is, or with what is planted into it. */
    ServiceContext planted(ServiceContext context) {
        boolean store = plant == Plant.DROPPED_GUARD || plant == Plant.REUSED_REVISION
                || plant == Plant.LOST_WATCH_EVENT;
        if (!store || !context.process().equals(AFFLICTED)) {
            return context;
        }
        return new ServiceContext(context.process(), context.bus(), context.members(),
                new PlantedStore(context.state(), plant, simulation.chance()), context.metrics(), context.clock(),
                context.ownerships(), context.clients());
    }

    void watch(String gateway, WatchCache cache) {
        caches.put(gateway, cache);
    }

    /** A process has crashed: what it held is gone. */
    void gone(String process) {
        group.crash(process);
        List<SeenClient> held = holders.remove(process);
        if (held != null) {
            held.forEach(SeenClient::gone);
        }
        if (caches.remove(process) != null) {
            invariants.gatewayGone(process);
        }
    }

    /** Throws the violation where something has not settled. */
    void settled() {
        invariants.settled();
        if (!group.divergences().isEmpty()) {
            throw new Violation("replica-tables", 0, "replicas that make the same of every entry",
                    group.divergences().toString());
        }
        ReplicaDigest agreed = group.agreedDigest();
        for (SimulatedReplica replica : group.replicas()) {
            ReplicaDigest held = replica.digest();
            boolean behind = agreed.at().index() - held.at().index() > MAX_BEHIND;
            if (behind || (held.at().equals(agreed.at()) && held.hash() != agreed.hash())) {
                throw new Violation("replica-tables", 0, agreed.toString(), replica.name() + ": " + held);
            }
        }
    }

    /** Puts the replicas' own views into the story. */
    void tell() {
        simulation.note("the agreement's leader is " + group.leader());
        for (SimulatedReplica replica : group.replicas()) {
            simulation.note(replica.name() + " is at " + replica.position() + " and takes "
                    + replica.status(LogGroup.MAIN).leader() + " for the leader");
        }
    }

    long revision() {
        return invariants.truth().revision();
    }
}
