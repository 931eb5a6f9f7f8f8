package dev.xebec.gateway.cache;

import dev.xebec.contracts.Bytes;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that were made of objects and events and may be wanted again, such as their protobuf forms. They are kept at what
 * they were made of, up to a number of bytes in all. Thread-safe; two threads that want the same bytes at once may both
 * make them.
 */
public final class KeptBytes {
    /** Places that are looked at for bytes of what nobody knows any more, where there is no room for new ones. */
    private static final int LOOKS = 8;
    /** What it costs to keep something beside its bytes. */
    private static final int OVERHEAD_BYTES = 100;

    private final long maxBytes;
    private final WhenFull whenFull;
    private final ReentrantLock lock = new ReentrantLock();
    /** Oldest first. Guarded by the lock, with the count of bytes. */
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long bytes;

    public KeptBytes(long maxBytes, WhenFull whenFull) {
        this.maxBytes = maxBytes;
        this.whenFull = whenFull;
    }

    /** What is done with new bytes where there is no room for them. */
    public enum WhenFull {
        /** The oldest bytes make room: for what is soon wanted by many and then by nobody. */
        DROP_OLDEST,
        /** They are not kept, unless what older ones were made of is gone: so that who reads all, again and again, finds
         * most of it made. */
        KEEP_WHAT_LIVES
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
        long size = kept.bytes().size() + (long) OVERHEAD_BYTES;
        lock.lock();
        try {
            if (!hasRoom(size)) {
                return;
            }
            holder.keep(kept);
            entries.addLast(new Entry(new WeakReference<>(holder), kept, size));
            bytes += size;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(long size) {
        int looks = whenFull == WhenFull.DROP_OLDEST ? Integer.MAX_VALUE : LOOKS;
        while (bytes + size > maxBytes && !entries.isEmpty() && looks > 0) {
            looks--;
            Entry oldest = entries.removeFirst();
            Holder holder = oldest.holder().get();
            if (holder == null || holder.kept() != oldest.kept()) {
                bytes -= oldest.bytes();
            } else if (whenFull == WhenFull.KEEP_WHAT_LIVES) {
                entries.addLast(oldest);
            } else {
                bytes -= oldest.bytes();
                holder.keep(null);
            }
        }
        return bytes + size <= maxBytes;
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
