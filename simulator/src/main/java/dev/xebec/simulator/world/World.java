package dev.xebec.simulator.world;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.controller.node.NodeTimings;
import dev.xebec.controller.service.ControllerConfig;
import dev.xebec.controller.service.ControllerService;
import dev.xebec.gateway.service.BusGateway;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.node.runtime.simulated.Stages;
import dev.xebec.node.service.SimulatedNodes;
import dev.xebec.node.service.SimulatedNodesConfig;
import dev.xebec.scheduler.service.SchedulerService;
import dev.xebec.simulator.bus.NetworkFaults;
import dev.xebec.simulator.bus.SimulatedNetwork;
import dev.xebec.simulator.check.Violation;
import dev.xebec.simulator.kernel.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A cluster of production masters and node agents on a simulated network, with users and weather. Everything but the bus,
 * the agreement between the replicas and the sockets is what runs for real.
 */
public final class World {
    private static final Duration USER_PAUSE = Duration.ofMillis(400);
    private static final int COUNTERS = 3;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Simulation simulation;
    private final WorldSettings settings;
    private final SimulatedNetwork network;
    private final Truthkeeper truth;
    private final List<Host> hosts = new ArrayList<>();
    private final Host users;
    private final List<Counter> counters = new ArrayList<>();
    private final List<Resources> accounts = new ArrayList<>();
    private final FaultCount faults = new FaultCount();
    private final RandomGenerator chance;
    private boolean stopped;

    public World(Simulation simulation, WorldSettings settings) {
        this.simulation = simulation;
        this.settings = settings;
        chance = simulation.chance();
        network = new SimulatedNetwork(simulation.chance());
        network.faults(NetworkFaults.CALM);
        List<String> masters = new ArrayList<>();
        for (int index = 0; index < settings.masters(); index++) {
            masters.add("master-" + index);
        }
        truth = new Truthkeeper(simulation, network, masters, settings);
        masters.forEach(name -> hosts.add(host(name, this::master)));
        for (int index = 0; index < settings.nodeProcesses(); index++) {
            String prefix = "n" + index;
            hosts.add(host("nodes-" + index, (context, start) -> start.accept(nodes(context, prefix))));
        }
        users = host("users", (context, start) -> work(context));
        for (int index = 0; index < COUNTERS; index++) {
            counters.add(new Counter("default", "counter-" + index, new Manifests(chance)));
        }
    }

    private Host host(String name, Host.Boot boot) {
        return new Host(simulation, name, network::join, this::left, boot, truth::client);
    }

    private void left(String name) {
        network.leave(name);
        truth.gone(name);
    }

    private void master(ServiceContext context, Consumer<Service> start) {
        start.accept(new StateReplicaService(context, truth::open));
        ServiceContext own = truth.planted(context);
        BusGateway gateway = new BusGateway(own, KindRegistry.builtIn(), "127.128.0.0/16");
        truth.watch(context.process(), gateway.cache());
        start.accept(gateway);
        start.accept(new SchedulerService(own));
        start.accept(new ControllerService(own, ControllerConfig.standard("a certificate").nodes(
                new NodeTimings(Duration.ofSeconds(8), Duration.ofSeconds(15), Duration.ofSeconds(20)))));
    }

    private Service nodes(ServiceContext context, String prefix) {
        return new SimulatedNodes(context,
                new SimulatedNodesConfig(prefix, settings.nodesEach(), Map.of(), 4_000, 8L << 30, 20,
                        Duration.ofSeconds(2), Duration.ofSeconds(20),
                        new Stages(Duration.ofMillis(300), null, 0), Duration.ZERO));
    }

    private void work(ServiceContext context) {
        for (int index = 0; index < settings.users(); index++) {
            Resources resources = new Resources(context.clients().as("user-" + index, "kubectl"));
            accounts.add(resources);
            if (settings.storm().isZero()) {
                return;
            }
            Thread.ofVirtual().name("user-" + index)
                    .start(new User(resources, simulation.chance(), counters, USER_PAUSE, () -> stopped));
        }
    }

    /** The whole life: start, storm, and rest until everything has settled. To be called as the simulation's scenario. */
    public void live() {
        try {
            begin();
            if (settings.faults()) {
                new Weather(simulation, network, truth.group(), hosts, chance, faults).storm(settings.storm());
            } else {
                Thread.sleep(settings.storm());
            }
            stopped = true;
            rest();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts every process. */
    void begin() {
        hosts.forEach(Host::start);
        users.start();
    }

    /** Waits until everything has settled; throws what has not where patience ends. */
    void rest() throws InterruptedException {
        long end = simulation.now() + settings.patience().toNanos();
        simulation.note("the users rest");
        String waiting = "";
        while (true) {
            Thread.sleep(LOOK);
            try {
                quiet();
                truth.settled();
                simulation.note("settled");
                return;
            } catch (Violation | UnavailableException notYet) {
                if (simulation.now() > end) {
                    truth.tell();
                    hosts.forEach(host -> simulation.note(host.name() + " sees " + host.view()));
                    throw notYet;
                }
                String why = notYet instanceof Violation broken ? broken.invariant() : "a user gets no answer";
                if (!why.equals(waiting)) {
                    simulation.note("not settled yet: " + why);
                    waiting = why;
                }
            }
        }
    }

    /** Users undo what keeps pods from running, and read what they wrote. */
    private void quiet() throws InterruptedException {
        Resources resources = user();
        User.uncordon(resources);
        counters.forEach(counter -> counter.check(resources));
    }

    Simulation simulation() {
        return simulation;
    }

    WorldSettings settings() {
        return settings;
    }

    Host host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst().orElseThrow();
    }

    /** An administrator's view, once the users' process runs. */
    Resources user() throws InterruptedException {
        while (accounts.isEmpty()) {
            Thread.sleep(LOOK);
        }
        return accounts.get(0);
    }

    long revisions() {
        return truth.revision();
    }

    public FaultCount faults() {
        return faults;
    }
}
