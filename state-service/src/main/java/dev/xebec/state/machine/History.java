package dev.xebec.state.machine;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads of the tables at a revision. */
public final class History {
    /** Versions stepped over one by one before seeking: a step is some ten times cheaper than a seek. */
    private static final int STEPS_BEFORE_SEEK = 6;

    /** Bytes of keys and values after which a page with a limit of keys ends: as many as a message to a client holds. */
    static final int PAGE_BYTES = 1024 * 1024;

    private History() {}

    /** A stretch of the change log. */
    public sealed interface Slice {}

    /** @param through the last revision covered; below the first one asked for where there is nothing yet */
    public record Changes(List<Change> changes, long through) implements Slice {}

    /** What was asked for is no longer kept. */
    public record TooOld(long compactedRevision) implements Slice {}

    static RangeResult.Page page(Storage storage, RangeQuery query, long revision) {
        byte[] from = Layout.dataBound(query.from());
        byte @Nullable [] to = query.to().isEmpty() ? null : Layout.dataBound(query.to());
        int limit = query.limit() > 0 ? query.limit() : Integer.MAX_VALUE;
        long maxBytes = query.limit() > 0 ? PAGE_BYTES : Long.MAX_VALUE;
        return storage.read(Table.DATA, cursor -> {
            List<KeyValue> found = new ArrayList<>();
            long bytes = 0;
            cursor.seek(from);
            while (cursor.valid() && (to == null || Arrays.compareUnsigned(cursor.key(), to) < 0)) {
                byte[] key = userKey(cursor.key());
                if (seekVersion(cursor, key, revision) && !Version.isTombstone(cursor.value())) {
                    if (found.size() == limit || bytes >= maxBytes) {
                        return new RangeResult.Page(revision, List.copyOf(found), true);
                    }
                    byte[] stored = cursor.value();
                    found.add(Version.decode(new String(key, StandardCharsets.UTF_8),
                            Layout.dataRevision(cursor.key()), stored));
                    bytes += key.length + stored.length;
                }
                leave(cursor, key);
            }
            return new RangeResult.Page(revision, List.copyOf(found), false);
        });
    }

    /** Goes from a version of {@code key} to its newest at or below {@code revision}; false where there is none. */
    private static boolean seekVersion(Storage.Cursor cursor, byte[] key, long revision) {
        for (int step = 0; cursor.valid() && isOf(cursor.key(), key); step++) {
            if (Layout.dataRevision(cursor.key()) <= revision) {
                return true;
            }
            if (step == STEPS_BEFORE_SEEK) {
                cursor.seek(Layout.data(key, revision));
            } else {
                cursor.next();
            }
        }
        return false;
    }

    private static void leave(Storage.Cursor cursor, byte[] key) {
        for (int step = 0; cursor.valid() && isOf(cursor.key(), key); step++) {
            if (step == STEPS_BEFORE_SEEK) {
                cursor.seek(Layout.dataEnd(key));
            } else {
                cursor.next();
            }
        }
    }

    private static byte[] userKey(byte[] dataKey) {
        return Arrays.copyOf(dataKey, Layout.userKeyLength(dataKey));
    }

    private static boolean isOf(byte[] dataKey, byte[] key) {
        return Layout.userKeyLength(dataKey) == key.length
                && Arrays.equals(dataKey, 0, key.length, key, 0, key.length);
    }

    static Changes changes(Storage storage, long from, long through, int maxBytes) {
        return storage.read(Table.LOG, cursor -> {
            List<Change> changes = new ArrayList<>();
            long covered = from - 1;
            long bytes = 0;
            for (cursor.seek(Layout.log(from, 0)); cursor.valid(); cursor.next()) {
                long revision = Layout.logRevision(cursor.key());
                if (revision > through) {
                    break;
                }
                if (revision > covered && bytes >= maxBytes) {
                    return new Changes(List.copyOf(changes), covered);
                }
                Change change = change(storage, revision, LogItem.decode(cursor.value()));
                KeyValue current = change.current();
                bytes += 64 + change.key().length() + (current == null ? 0 : current.value().size());
                changes.add(change);
                covered = revision;
            }
            return new Changes(List.copyOf(changes), Math.max(through, from - 1));
        });
    }

    private static Change change(Storage storage, long revision, LogItem item) {
        String key = item.keyText();
        if (item.deletion()) {
            return new Change(revision, key, null);
        }
        byte[] stored = storage.get(Table.DATA, Layout.data(item.key(), revision));
        // A missing value means that sweeping has overtaken the read, which the caller finds out before it uses this.
        return new Change(revision, key, stored == null ? null : Version.decode(key, revision, stored));
    }

    static List<Txn> expired(Storage storage, long nowEpochMillis, int limit) {
        List<byte[]> due = storage.read(Table.EXPIRY, cursor -> {
            List<byte[]> keys = new ArrayList<>();
            for (cursor.seek(new byte[0]); cursor.valid() && keys.size() < limit
                    && Layout.getLong(cursor.key(), 0) <= nowEpochMillis; cursor.next()) {
                keys.add(Arrays.copyOfRange(cursor.key(), 8, cursor.key().length));
            }
            return keys;
        });
        List<Txn> deletions = new ArrayList<>(due.size());
        for (byte[] key : due) {
            byte[] head = storage.get(Table.HEADS, key);
            if (head != null) {
                String text = new String(key, StandardCharsets.UTF_8);
                deletions.add(new Txn(List.of(new Guard.ModRevision(text, Head.decode(head).modRevision())),
                        List.of(new Write.Delete(text))));
            }
        }
        return deletions;
    }
}
