package dev.xebec.state.machine;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The effects of one entry while it is applied: a batch for the storage, and what later transactions must see of it. */
final class Draft {
    private final Storage storage;
    private final Storage.Batch batch;
    private final Map<String, Slot> slots = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long revision;

    Draft(Storage storage, Storage.Batch batch, long revision) {
        this.storage = storage;
        this.batch = batch;
        this.revision = revision;
    }

    long revision() {
        return revision;
    }

    List<Change> changes() {
        return changes;
    }

    TxnResult apply(Txn txn) {
        String objection = TxnRules.objection(txn);
        if (objection != null) {
            return new TxnResult.Invalid(objection);
        }
        for (Guard guard : txn.guards()) {
            if (!holds(guard)) {
                return new TxnResult.Refused(revision, current(txn.guards()));
            }
        }
        write(txn.writes());
        return new TxnResult.Committed(revision);
    }

    private boolean holds(Guard guard) {
        Head head = slot(guard.key()).head;
        return head == null ? guard.holds(0, 0) : guard.holds(head.modRevision(), head.version());
    }

    private List<KeyValue> current(List<Guard> guards) {
        Map<String, KeyValue> found = new LinkedHashMap<>();
        for (Guard guard : guards) {
            Slot slot = slot(guard.key());
            Head head = slot.head;
            if (head != null) {
                found.put(guard.key(), new KeyValue(guard.key(), value(slot, head), head.createRevision(),
                        head.modRevision(), head.version()));
            }
        }
        return List.copyOf(found.values());
    }

    private Bytes value(Slot slot, Head head) {
        if (slot.written != null) {
            return slot.written;
        }
        byte[] stored = storage.get(Table.DATA, Layout.data(slot.key, head.modRevision()));
        if (stored == null) {
            throw new IllegalStateException("a key exists at revision " + head.modRevision() + " without a value");
        }
        return Version.decode("", head.modRevision(), stored).value();
    }

    private void write(List<Write> writes) {
        long next = revision + 1;
        int position = 0;
        for (Write write : writes) {
            Slot slot = slot(write.key());
            Head old = slot.head;
            if (old == null && write instanceof Write.Delete) {
                continue;
            }
            LogItem item = new LogItem(write instanceof Write.Delete, old == null ? 0 : old.modRevision(), slot.key);
            batch.put(Table.LOG, Layout.log(next, position++), item.encode());
            if (old != null && old.expiresAtEpochMillis() > 0) {
                batch.delete(Table.EXPIRY, Layout.expiry(old.expiresAtEpochMillis(), slot.key));
            }
            changes.add(switch (write) {
                case Write.Put put -> put(slot, old, put, next);
                case Write.Delete delete -> delete(slot, delete, next);
            });
        }
        if (position > 0) {
            revision = next;
        }
    }

    private Change put(Slot slot, @Nullable Head old, Write.Put put, long next) {
        Head head = old == null
                ? new Head(next, next, 1, put.expiresAtEpochMillis())
                : new Head(old.createRevision(), next, old.version() + 1, put.expiresAtEpochMillis());
        batch.put(Table.DATA, Layout.data(slot.key, next),
                Version.encode(head.createRevision(), head.version(), put.value()));
        batch.put(Table.HEADS, slot.key, head.encode());
        if (put.expiresAtEpochMillis() > 0) {
            batch.put(Table.EXPIRY, Layout.expiry(put.expiresAtEpochMillis(), slot.key), new byte[0]);
        }
        slot.head = head;
        slot.written = put.value();
        return new Change(next, put.key(),
                new KeyValue(put.key(), put.value(), head.createRevision(), next, head.version()));
    }

    private Change delete(Slot slot, Write.Delete delete, long next) {
        batch.put(Table.DATA, Layout.data(slot.key, next), Version.tombstone());
        batch.delete(Table.HEADS, slot.key);
        slot.head = null;
        slot.written = null;
        return new Change(next, delete.key(), null);
    }

    private Slot slot(String key) {
        return slots.computeIfAbsent(key, text -> {
            byte[] encoded = Layout.utf8(text);
            byte[] head = storage.get(Table.HEADS, encoded);
            return new Slot(encoded, head == null ? null : Head.decode(head));
        });
    }

    /** A key as the entry has left it so far. */
    private static final class Slot {
        final byte[] key;
        @Nullable
        Head head;
        @Nullable
        Bytes written;

        Slot(byte[] key, @Nullable Head head) {
            this.key = key;
            this.head = head;
        }
    }
}
