package dev.xebec.simulator.world;

import dev.xebec.kit.api.BusApiClient;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusSettings;
import dev.xebec.kit.member.Membership;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.service.Service;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.kit.state.StateClient;
import dev.xebec.kit.state.StateReach;
import dev.xebec.kit.time.SteadyClock;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.member.Member;
import dev.xebec.simulator.kernel.SimulatedProcess;
import dev.xebec.simulator.kernel.Simulation;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A machine with one process of the cluster: started, crashed and started again under the same name. What the process
 * consists of is wired as {@code ClusterProcess} does it for real.
 */
final class Host {
    private static final ApiRequest.User NOBODY = new ApiRequest.User("", List.of());

    private final Simulation simulation;
    private final String name;
    private final Function<String, Bus> network;
    private final Consumer<String> leave;
    private final Boot boot;
    private final ClientCheck clients;
    private @Nullable SimulatedProcess process;
    private @Nullable Membership members;

    /** What a process runs. */
    @FunctionalInterface
    interface Boot {
        /** Called on a thread of the process; starts services by {@code start}, in their order. */
        void run(ServiceContext context, Consumer<Service> start);
    }

    /** Wraps each API client of the cluster's own services, to see what they see. */
    @FunctionalInterface
    interface ClientCheck {
        ApiClient around(ApiClient client, String process, String userAgent);
    }

    /** @param network joins a process; {@code leave} tells that it has crashed */
    Host(Simulation simulation, String name, Function<String, Bus> network, Consumer<String> leave, Boot boot,
            ClientCheck clients) {
        this.simulation = simulation;
        this.name = name;
        this.network = network;
        this.leave = leave;
        this.boot = boot;
        this.clients = clients;
    }

    String name() {
        return name;
    }

    boolean up() {
        return process != null;
    }

    SimulatedProcess process() {
        SimulatedProcess running = process;
        if (running == null) {
            throw new IllegalStateException(name + " is down");
        }
        return running;
    }

    /** Whom this process takes for ready, and how much of the work it takes for its own. */
    String view() {
        Membership seen = members;
        return seen == null
                ? "nothing"
                : seen.all().stream().filter(Member::ready)
                        .map(member -> member.name() + " " + member.sharePercent() + "%").toList().toString();
    }

    void start() {
        SimulatedProcess started = simulation.process(name);
        process = started;
        simulation.note(name + " starts");
        started.start(name + "-main", this::main);
    }

    void crash() {
        SimulatedProcess running = process;
        if (running != null) {
            running.crash();
            process = null;
            leave.accept(name);
        }
    }

    private void main() {
        Bus bus = network.apply(name);
        InstantSource clock = SteadyClock.system();
        Membership members = new Membership(bus, clock, name, BusSettings.DEFAULTS.beatEvery());
        this.members = members;
        StateClient state = new StateClient(bus, ThreadLocalRandom.current().nextLong());
        StateReach reach = new StateReach(state);
        ServiceContext context = new ServiceContext(name, bus, members, state, new PrometheusMetrics(),
                clock, members.ownerships(reach),
                (user, agent) -> clients.around(new BusApiClient(bus, members, name,
                        user.isEmpty()
                                ? NOBODY
                                : new ApiRequest.User(user, List.of("system:masters", "system:authenticated")),
                        agent), name, agent));
        boot.run(context, service -> start(members, service));
    }

    private void start(Membership members, Service service) {
        members.announce(service.role(), service::condition);
        try {
            service.start();
        } catch (Exception broken) {
            simulation.fail(broken);
        }
    }
}
