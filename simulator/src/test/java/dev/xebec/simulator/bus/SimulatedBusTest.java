package dev.xebec.simulator.bus;

import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusContract;
import dev.xebec.kit.bus.BusSettings;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/** The twin keeps the contract of the real bus. */
final class SimulatedBusTest {

    /** Members of a network of their own for each test. */
    abstract static class OnANetwork extends BusContract {
        private final SimulatedNetwork network = new SimulatedNetwork(new Random(1));
        private int members;

        OnANetwork(NetworkFaults faults) {
            network.faults(faults);
        }

        @Override
        protected Bus join(BusSettings settings) {
            return network.join("member-" + members++, settings);
        }

        @Override
        protected void leave(Bus member) {
            ((SimulatedBus) member).close();
        }
    }

    @Nested
    final class WithoutFaults extends OnANetwork {
        WithoutFaults() {
            super(NetworkFaults.NONE);
        }
    }

    @Nested
    final class WithDelays extends OnANetwork {
        WithDelays() {
            super(NetworkFaults.CALM.withStragglers(2, Duration.ofMillis(20)));
        }
    }
}
