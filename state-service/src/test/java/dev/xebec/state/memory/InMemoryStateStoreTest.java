package dev.xebec.state.memory;

import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StateStoreContract;
import org.junit.jupiter.api.AfterEach;

final class InMemoryStateStoreTest extends StateStoreContract {
    private final InMemoryStateStore store = new InMemoryStateStore("memory-0");

    @Override
    protected StateStore store() {
        return store;
    }

    @AfterEach
    void close() {
        store.close();
    }
}
