package dev.xebec.gateway.cache;

import dev.xebec.contracts.Bytes;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that were made of objects and events and may be wanted again, such as their protobuf forms. They are kept at what
 * they were made of, up to a number of bytes in all; what was made first goes first. Thread-safe; two threads that want the
 * same bytes at once may both make them.
 */
public final class KeptBytes {
    /** Bytes that are kept in one process. */
    public static final long MAX_BYTES = 64L * 1024 * 1024;
    /** What it costs to keep something beside its bytes. */
    private static final int OVERHEAD_BYTES = 100;

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    /** Oldest first. Guarded by the lock, with the count of bytes. */
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long bytes;

    public KeptBytes(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Has room for one form of itself. Both methods may be called by any thread. */
    public interface Holder {
        @Nullable
        Kept kept();

        void keep(@Nullable Kept other);
    }

    /** @param form which form it is, such as the apiVersion of a message */
    public record Kept(String form, Bytes bytes) {}

    private record Entry(WeakReference<Holder> holder, Kept kept, long bytes) {}

    /** The holder's bytes in this form, made where they are not kept. */
    public Bytes of(Holder holder, String form, Supplier<Bytes> make) {
        Kept known = holder.kept();
        if (known != null && known.form().equals(form)) {
            return known.bytes();
        }
        Bytes made = make.get();
        if (made.size() <= maxBytes / 16) {
            keep(holder, new Kept(form, made));
        }
        return made;
    }

    private void keep(Holder holder, Kept kept) {
        holder.keep(kept);
        long size = kept.bytes().size() + (long) OVERHEAD_BYTES;
        lock.lock();
        try {
            entries.addLast(new Entry(new WeakReference<>(holder), kept, size));
            bytes += size;
            while (bytes > maxBytes) {
                forget(entries.removeFirst());
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(Entry entry) {
        bytes -= entry.bytes();
        Holder holder = entry.holder().get();
        if (holder != null && holder.kept() == entry.kept()) {
            holder.keep(null);
        }
    }

    /** Bytes that are kept now. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
