package dev.xebec.system.role;

import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.state.machine.StateMachine;
import dev.xebec.state.rocks.RocksStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a replica that has stopped has on its disk. */
final class StoredState implements AutoCloseable {
    private final RocksStorage storage;
    private final StateMachine machine;

    private StoredState(RocksStorage storage) {
        this.storage = storage;
        machine = StateMachine.open(storage);
    }

    /** @param folder a replica's */
    static StoredState open(Path folder) throws IOException {
        return new StoredState(RocksStorage.open(folder.resolve("live")));
    }

    /** The newest that it has applied. */
    long revision() {
        return machine.position().revision();
    }

    /** Everything as it was at a revision. */
    List<KeyValue> at(long revision) {
        return switch (machine.range(RangeQuery.prefix("").at(revision))) {
            case RangeResult.Page page -> page.keyValues();
            case RangeResult.Compacted compacted -> throw new AssertionError(
                    "revision " + revision + " is no longer kept, the oldest is " + compacted.compactedRevision());
        };
    }

    @Override
    public void close() {
        storage.close();
    }
}
