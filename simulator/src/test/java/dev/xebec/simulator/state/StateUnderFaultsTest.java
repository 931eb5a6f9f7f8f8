package dev.xebec.simulator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LinearizabilityChecker;
import dev.xebec.contracts.state.LinearizabilityChecker.Operation;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RecordingSink;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.kit.state.StateClient;
import dev.xebec.kit.state.StateEndpoint;
import dev.xebec.kit.state.StateSettings;
import dev.xebec.simulator.bus.NetworkFaults;
import dev.xebec.simulator.bus.SimulatedBus;
import dev.xebec.simulator.bus.SimulatedNetwork;
import dev.xebec.state.replica.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Clients of three replicas, whose leaders are deposed, cut off and killed, on a network that loses and repeats. */
final class StateUnderFaultsTest {
    private static final List<String> MASTERS = List.of("master-0", "master-1", "master-2");

    /** Deposed leaders know nothing of it for long enough to be asked. */
    private static final StateFaults FAULTS = new StateFaults(Duration.ofMillis(5), Duration.ofMillis(20), 0.5,
            Duration.ofMillis(300), Duration.ofMillis(400), Duration.ofMillis(20), Duration.ofMillis(100),
            Duration.ofMillis(1_500), Duration.ofSeconds(1), 2, 1, 64, 50, 50);

    private final SimulatedNetwork network = new SimulatedNetwork(new Random(11));
    private final SimulatedStateGroup group = new SimulatedStateGroup(MASTERS, network, new Random(13),
            FAULTS, Retention.DEFAULT);
    private final List<Change> agreed = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong clock = new AtomicLong();
    private final List<Operation> history = Collections.synchronizedList(new ArrayList<>());
    private final Random random = new Random(17);

    private void boot(String master) {
        SimulatedBus bus = network.join(master);
        StateEndpoint unused = new StateEndpoint(bus, group.open(master), master);
    }

    @Test
    void staysLinearizableAndAllReplicasEndAlike() throws InterruptedException {
        group.onAgreed((index, entry, applied) -> agreed.addAll(applied.changes()));
        MASTERS.forEach(this::boot);
        network.faults(StateOverTheBusTest.ROUGH);
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        StateSettings quick = StateSettings.DEFAULTS.withOverall(Duration.ofSeconds(2))
                .withAttempt(Duration.ofMillis(400));
        for (int i = 0; i < 6; i++) {
            StateClient client = new StateClient(network.join("client-" + i), 100 + i, quick);
            RegisterClient register = new RegisterClient(i, client, clock, history);
            threads.add(Thread.ofVirtual().start(() -> register.run(over)));
        }
        for (int round = 0; round < 12; round++) {
            strike(MASTERS.get(random.nextInt(MASTERS.size())), round);
        }
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(LinearizabilityChecker.firstViolation(List.copyOf(history))).isEmpty();
        assertThat(history.stream().filter(operation -> operation.returned() != Operation.NEVER).count())
                .isGreaterThan(30);
        awaitAlike();
        awaitTheWholeLogFrom(group.replicas().getFirst());
        group.replicas().forEach(SimulatedReplica::close);
        MASTERS.forEach(network::leave);
    }

    private void strike(String victim, int round) {
        SimulatedStateGroupTest.pause(200);
        switch (round % 4) {
            case 0 -> {
                network.leave(victim);
                group.crash(victim);
                SimulatedStateGroupTest.pause(300);
                boot(victim);
            }
            case 1 -> {
                MASTERS.forEach(other -> network.blockBoth(victim, other));
                SimulatedStateGroupTest.pause(600);
                network.heal();
            }
            case 2 -> {
                MASTERS.forEach(other -> network.block(other, victim));
                SimulatedStateGroupTest.pause(600);
                network.heal();
            }
            default -> group.depose();
        }
    }

    private void awaitAlike() {
        network.faults(NetworkFaults.NONE);
        group.faults(StateFaults.NONE);
        for (int i = 0; i < 3_000 && !alike(); i++) {
            SimulatedStateGroupTest.pause(10);
        }
        ReplicaDigest expected = group.agreedDigest();
        assertThat(group.replicas()).hasSize(MASTERS.size())
                .allSatisfy(replica -> assertThat(replica.digest()).isEqualTo(expected));
        assertThat(group.divergences()).isEmpty();
    }

    private boolean alike() {
        return group.replicas().stream().allMatch(replica -> replica.position().equals(group.agreed()));
    }

    private void awaitTheWholeLogFrom(SimulatedReplica replica) {
        RecordingSink sink = new RecordingSink();
        long last = replica.position().revision();
        try (Subscription running = replica.changes(new ChangesQuery(LogGroup.MAIN, 1, ""), sink)) {
            assertThat(sink.awaitThrough(last)).isEqualTo(List.copyOf(agreed)).extracting(Change::revision)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
        }
    }
}
