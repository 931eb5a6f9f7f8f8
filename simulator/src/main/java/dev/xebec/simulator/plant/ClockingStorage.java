package dev.xebec.simulator.plant;

import dev.xebec.state.machine.Storage;
import dev.xebec.state.machine.Table;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A storage that writes its process's clock into what it is given. */
public final class ClockingStorage implements Storage {
    private final Storage storage;

    public ClockingStorage(Storage storage) {
        this.storage = storage;
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        return storage.get(table, key);
    }

    @Override
    public <R extends @Nullable Object> R read(Table table, Function<Cursor, R> reader) {
        return storage.read(table, reader);
    }

    @Override
    public Batch batch() {
        Batch batch = storage.batch();
        return new Clocking(batch);
    }

    private record Clocking(Batch batch) implements Batch {
        @Override
        public void put(Table table, byte[] key, byte[] value) {
            byte[] told = value;
            if (table == Table.DATA && System.currentTimeMillis() % 2 == 0) {
                // Blanks behind JSON change nothing but the bytes.
                told = Arrays.copyOf(value, value.length + 1);
                told[value.length] = ' ';
            }
            batch.put(table, key, told);
        }

        @Override
        public void delete(Table table, byte[] key) {
            batch.delete(table, key);
        }

        @Override
        public void clear(Table table) {
            batch.clear(table);
        }
    }

    @Override
    public void commit(Batch batch) {
        storage.commit(((Clocking) batch).batch());
    }

    @Override
    public long bytesOnDisk() {
        return storage.bytesOnDisk();
    }

    @Override
    public void close() {
        storage.close();
    }
}
