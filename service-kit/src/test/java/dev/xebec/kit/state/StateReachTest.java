package dev.xebec.kit.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class StateReachTest {
    private final TinyStore store = new TinyStore();

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void knowsWhetherTheStateServiceIsInReach() throws InterruptedException {
        try (StateReach reach = new StateReach(store)) {
            await(reach::getAsBoolean);
            store.leader = "";
            await(() -> !reach.getAsBoolean());
            store.leader = "me";
            await(reach::getAsBoolean);
        }
    }

    @Test
    void aFaultWhileAskingDoesNotEndTheQuestions() throws InterruptedException {
        store.faultyStatuses.set(2);
        try (StateReach reach = new StateReach(store)) {
            await(reach::getAsBoolean);
            assertThat(store.faultyStatuses).hasValue(0);
        }
    }
}
