package dev.xebec.state.machine;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ordered byte maps, one per {@link Table}, changed by atomic batches. Keys are ordered as unsigned bytes. One thread
 * commits entries, another may sweep, many read; what a reader sees may be a little newer from one call to the next.
 * Arrays given and taken may not be changed.
 */
public interface Storage extends AutoCloseable {

    byte @Nullable [] get(Table table, byte[] key);

    /** Lets {@code reader} walk a table; the cursor is not valid outside the call. */
    <R extends @Nullable Object> R read(Table table, Function<Cursor, R> reader);

    Batch batch();

    /** Makes all of a batch visible at once; a crash keeps all of it or nothing, and no later batch without it. */
    void commit(Batch batch);

    /** Bytes taken on disk; 0 where nothing is stored. */
    long bytesOnDisk();

    @Override
    void close();

    /** Changes that belong together. */
    interface Batch {
        void put(Table table, byte[] key, byte[] value);

        void delete(Table table, byte[] key);

        /** Deletes all that the table holds, and that the batch has put into it so far. No key starts with 0xFF. */
        void clear(Table table);
    }

    /** A place in a table. It stands nowhere until {@link #seek}. */
    interface Cursor {
        /** Goes to the first key at or after {@code key}. */
        void seek(byte[] key);

        boolean valid();

        void next();

        byte[] key();

        byte[] value();
    }
}
