package dev.xebec.simulator.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.simulator.bus.Chance;
import dev.xebec.state.machine.Storage;
import dev.xebec.state.machine.Table;
import dev.xebec.state.memory.MemoryStorage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One replica's storage as a disk keeps it: what was committed last may not be synced, and a crash takes some of it away,
 * newest first. Replaces itself at a crash, so that threads of the process that died reach it no more. Thread-safe as
 * {@link Storage} asks for.
 */
final class SyncedStorage implements Storage {
    private final MemoryStorage tables;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Undo> unsynced = new ArrayDeque<>();
    private long applying = -1;
    private volatile boolean closed;

    SyncedStorage() {
        this(new MemoryStorage());
    }

    private SyncedStorage(MemoryStorage tables) {
        this.tables = tables;
    }

    private record Put(Table table, byte[] key, byte @Nullable [] value) {}

    /** How to take back one batch, which was committed while the entry at {@code index} was the newest. */
    private record Undo(long index, List<Put> before) {}

    private record Changes(List<Put> puts, MemoryStorage tables) implements Batch {
        @Override
        public void put(Table table, byte[] key, byte[] value) {
            puts.add(new Put(table, key, value));
        }

        @Override
        public void delete(Table table, byte[] key) {
            puts.add(new Put(table, key, null));
        }

        @Override
        public void clear(Table table) {
            puts.removeIf(put -> put.table() == table);
            boolean unused = tables.read(table, cursor -> {
                for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
                    delete(table, cursor.key());
                }
                return true;
            });
        }
    }

    /** What is committed from now on belongs to this entry. */
    void applying(long index, int keepUnsynced) {
        lock.lock();
        try {
            applying = index;
            while (unsynced.size() > keepUnsynced) {
                unsynced.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The storage as the next process finds it.
     *
     * @param most batches that may be lost
     * @param synced the entry up to which nothing is lost
     */
    SyncedStorage crashed(Chance chance, int most, long synced) {
        lock.lock();
        try {
            closed = true;
            int lost = chance.below(Math.min(most, unsynced.size()) + 1);
            for (int i = 0; i < lost && unsynced.getLast().index() > synced; i++) {
                Batch before = tables.batch();
                unsynced.removeLast().before().forEach(put -> copy(put, before));
                tables.commit(before);
            }
            return new SyncedStorage(tables);
        } finally {
            lock.unlock();
        }
    }

    /** Another storage with the same content. */
    SyncedStorage copy() {
        MemoryStorage copied = new MemoryStorage();
        Batch batch = copied.batch();
        lock.lock();
        try {
            requireOpen();
            for (Table table : Table.values()) {
                boolean unused = tables.read(table, cursor -> {
                    for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
                        batch.put(table, cursor.key(), cursor.value());
                    }
                    return true;
                });
            }
        } finally {
            lock.unlock();
        }
        copied.commit(batch);
        return new SyncedStorage(copied);
    }

    private static void copy(Put put, Batch batch) {
        if (put.value() == null) {
            batch.delete(put.table(), put.key());
        } else {
            batch.put(put.table(), put.key(), put.value());
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new UnavailableException("the storage is closed");
        }
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        requireOpen();
        return tables.get(table, key);
    }

    @Override
    public <R extends @Nullable Object> R read(Table table, Function<Cursor, R> reader) {
        requireOpen();
        return tables.read(table, reader);
    }

    @Override
    public Batch batch() {
        return new Changes(new ArrayList<>(), tables);
    }

    @Override
    public void commit(Batch batch) {
        List<Put> puts = ((Changes) batch).puts();
        lock.lock();
        try {
            requireOpen();
            List<Put> before = new ArrayList<>(puts.size());
            Batch now = tables.batch();
            for (Put put : puts) {
                before.add(new Put(put.table(), put.key(), tables.get(put.table(), put.key())));
                copy(put, now);
            }
            tables.commit(now);
            unsynced.addLast(new Undo(applying, before));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long bytesOnDisk() {
        return 0;
    }

    /** Whoever still reads finds it closed; the content is left to the next one. */
    @Override
    public void close() {
        closed = true;
    }
}
