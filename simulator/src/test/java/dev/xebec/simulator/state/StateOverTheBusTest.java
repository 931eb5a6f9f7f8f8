package dev.xebec.simulator.state;

import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StateStoreContract;
import dev.xebec.kit.state.StateClient;
import dev.xebec.kit.state.StateEndpoint;
import dev.xebec.simulator.bus.NetworkFaults;
import dev.xebec.simulator.bus.SimulatedBus;
import dev.xebec.simulator.bus.SimulatedNetwork;
import dev.xebec.state.replica.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Client, bus, endpoint and replicas as in production, on the two twins: with everything that may go wrong, and without. */
final class StateOverTheBusTest {
    private static final List<String> MASTERS = List.of("master-0", "master-1", "master-2");

    /** Faults in the times of a test that runs in real time. */
    static final StateFaults QUICK = new StateFaults(Duration.ofMillis(5), Duration.ofMillis(20), 1,
            Duration.ofMillis(300), Duration.ofMillis(400), Duration.ofMillis(20), Duration.ofMillis(100),
            Duration.ofMillis(200), Duration.ofSeconds(2), 3, 1, 64, 50, 50);
    static final NetworkFaults ROUGH = NetworkFaults.CALM.withLoss(1).withDuplicates(2).withRepeats(3).withReorder(2)
            .withStragglers(1, Duration.ofMillis(300));

    /** Three replicas and one client, each in a process of its own. */
    abstract static class OverTheBus extends StateStoreContract {
        private static final AtomicLong CLIENTS = new AtomicLong();

        private final SimulatedNetwork network = new SimulatedNetwork(new Random(3));
        private final SimulatedStateGroup group;
        private final StateStore client;

        OverTheBus(StateFaults stateFaults, NetworkFaults networkFaults) {
            group = new SimulatedStateGroup(MASTERS, network, new Random(5), stateFaults, Retention.DEFAULT);
            for (String master : MASTERS) {
                SimulatedBus bus = network.join(master);
                StateEndpoint unused = new StateEndpoint(bus, group.open(master), master);
            }
            network.faults(networkFaults);
            client = new PatientStore(new StateClient(network.join("client"), CLIENTS.incrementAndGet()), group);
        }

        @Override
        protected StateStore store() {
            return client;
        }

        @AfterEach
        void close() {
            group.replicas().forEach(SimulatedReplica::close);
            MASTERS.forEach(network::leave);
            network.leave("client");
        }
    }

    @Nested
    final class WithoutFaults extends OverTheBus {
        WithoutFaults() {
            super(StateFaults.NONE, NetworkFaults.NONE);
        }
    }

    @Nested
    final class WithFaults extends OverTheBus {
        WithFaults() {
            super(QUICK, ROUGH);
        }
    }
}
