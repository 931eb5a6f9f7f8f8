package dev.xebec.state.rocks;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.state.machine.Storage;
import dev.xebec.state.machine.Table;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Tables as column families of one RocksDB, without its write-ahead log: the replicated log is the one to replay. All
 * families are flushed together, so what is on disk after a crash is the state after some entry, with that entry's index
 * in it. Using it after {@link #close} gives {@link UnavailableException}.
 */
public final class RocksStorage implements Storage {
    private final Path directory;
    private final OpenDatabase database;
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final ReadOptions reads = new ReadOptions();
    /** Read-held while the database is used, write-held to close it: native memory must not be freed under a reader. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    private RocksStorage(Path directory, OpenDatabase database) {
        this.directory = directory;
        this.database = database;
    }

    /** Opens the tables in a directory, which is made where there is none. */
    public static RocksStorage open(Path directory) throws IOException {
        Files.createDirectories(directory);
        try {
            return new RocksStorage(directory, OpenDatabase.open(directory));
        } catch (RocksDBException e) {
            throw new IOException("the state in " + directory + " cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        return using(() -> database.db().get(database.family(table), reads, key));
    }

    @Override
    public <R extends @Nullable Object> R read(Table table, Function<Cursor, R> reader) {
        return using(() -> {
            try (RocksIterator iterator = database.db().newIterator(database.family(table), reads)) {
                R result = reader.apply(new IteratorCursor(iterator));
                iterator.status();
                return result;
            }
        });
    }

    @Override
    public Batch batch() {
        return new Changes(new WriteBatch(), database);
    }

    @Override
    public void commit(Batch batch) {
        try (WriteBatch changes = ((Changes) batch).changes) {
            Boolean done = using(() -> {
                database.db().write(unlogged, changes);
                return true;
            });
            assert done;
        }
    }

    @Override
    public long bytesOnDisk() {
        long bytes = 0;
        File[] files = directory.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            bytes += file.length();
        }
        return bytes;
    }

    /** Brings all tables to disk. */
    public void flush() {
        Boolean done = using(() -> {
            try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
                database.db().flush(waiting, database.allFamilies());
            }
            return true;
        });
        assert done;
    }

    /** Writes the present state into {@code target}, which must not exist, by hard links where the file system has them. */
    public void checkpoint(Path target) throws IOException {
        try {
            Boolean done = using(() -> {
                try (Checkpoint checkpoint = Checkpoint.create(database.db())) {
                    checkpoint.createCheckpoint(target.toString());
                }
                return true;
            });
            assert done;
        } catch (StorageFailedException e) {
            throw new IOException("no checkpoint in " + target + ": " + e.getMessage(), e);
        }
    }

    /** Flushes and closes; waits for calls that are running. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                reads.close();
                unlogged.close();
                database.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    private <R extends @Nullable Object> R using(Call<R> call) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new UnavailableException("this copy of the state is closed");
            }
            return call.run();
        } catch (RocksDBException e) {
            throw new StorageFailedException("the state in " + directory + " failed: " + e.getMessage(), e);
        } finally {
            use.readLock().unlock();
        }
    }

    private interface Call<R extends @Nullable Object> {
        R run() throws RocksDBException;
    }

    private record Changes(WriteBatch changes, OpenDatabase database) implements Batch {
        private static final byte[] FIRST = {};
        /** Above every key: UTF-8, and numbers that are not negative, do not start so. */
        private static final byte[] LAST = {(byte) 0xFF};

        @Override
        public void clear(Table table) {
            try {
                changes.deleteRange(database.family(table), FIRST, LAST);
            } catch (RocksDBException e) {
                throw new StorageFailedException("a batch failed: " + e.getMessage(), e);
            }
        }

        @Override
        public void put(Table table, byte[] key, byte[] value) {
            try {
                changes.put(database.family(table), key, value);
            } catch (RocksDBException e) {
                throw new StorageFailedException("a batch failed: " + e.getMessage(), e);
            }
        }

        @Override
        public void delete(Table table, byte[] key) {
            try {
                changes.delete(database.family(table), key);
            } catch (RocksDBException e) {
                throw new StorageFailedException("a batch failed: " + e.getMessage(), e);
            }
        }
    }

    /** Remembers what it fetched: each fetch is a call into native code and a copy. */
    private static final class IteratorCursor implements Cursor {
        private final RocksIterator iterator;
        private boolean valid;
        private byte @Nullable [] key;
        private byte @Nullable [] value;

        IteratorCursor(RocksIterator iterator) {
            this.iterator = iterator;
        }

        @Override
        public void seek(byte[] target) {
            iterator.seek(target);
            arrive();
        }

        @Override
        public void next() {
            iterator.next();
            arrive();
        }

        private void arrive() {
            valid = iterator.isValid();
            key = null;
            value = null;
        }

        @Override
        public boolean valid() {
            return valid;
        }

        @Override
        public byte[] key() {
            byte[] known = key;
            if (known == null) {
                known = iterator.key();
                key = known;
            }
            return known;
        }

        @Override
        public byte[] value() {
            byte[] known = value;
            if (known == null) {
                known = iterator.value();
                value = known;
            }
            return known;
        }
    }
}
