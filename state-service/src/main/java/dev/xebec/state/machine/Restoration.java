package dev.xebec.state.machine;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import dev.xebec.contracts.codec.StateCodec;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Saved;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts parts of a backup aside, and makes them the state. Works on the batch of the entry that says so. */
final class Restoration {
    private Restoration() {}

    static Applied.Outcome stage(Storage storage, Storage.Batch batch, Entry.Stage stage) {
        String objection = objection(stage);
        if (objection != null) {
            return new Applied.Rejected(objection);
        }
        byte[] mine = Layout.longs(stage.restore());
        storage.read(Table.STAGED, cursor -> {
            for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
                if (!Arrays.equals(cursor.key(), 0, mine.length, mine, 0, mine.length)) {
                    batch.delete(Table.STAGED, cursor.key());
                }
            }
            return true;
        });
        batch.put(Table.STAGED, Layout.longs(stage.restore(), stage.part()),
                StateCodec.saved(new ByteWriter(1024), stage.saved()).finish().array());
        return new Applied.Passed();
    }

    private static @Nullable String objection(Entry.Stage stage) {
        if (stage.restore() <= 0 || stage.part() < 0) {
            return "restore " + stage.restore() + ", part " + stage.part() + ": both have to be positive";
        }
        long bytes = 0;
        for (Saved saved : stage.saved()) {
            String wrong = TxnRules.objectionToKey(saved.key());
            if (wrong != null) {
                return wrong;
            }
            bytes += saved.key().length() + saved.value().size();
        }
        return bytes > Proposal.MAX_BYTES
                ? bytes + " bytes in a part of a backup; at most " + Proposal.MAX_BYTES + " are allowed"
                : null;
    }

    /** Whether it was done before, and at which revision the store was after it; 0 where it was not. */
    static long done(Storage storage, long restore) {
        byte[] last = storage.get(Table.META, Layout.META_RESTORED);
        return last != null && Layout.getLong(last, 0) == restore ? Layout.getLong(last, 8) : 0;
    }

    /** How many parts were put aside. */
    static int parts(Storage storage, long restore) {
        return storage.read(Table.STAGED, cursor -> {
            int parts = 0;
            for (cursor.seek(Layout.longs(restore)); cursor.valid()
                    && Layout.getLong(cursor.key(), 0) == restore; cursor.next()) {
                parts++;
            }
            return parts;
        });
    }

    /**
     * Everything at {@code revision}, and nothing else: no history, no expiry. The store then stands one revision further
     * on, so that nobody can ask for the changes of the restored one, which are not told.
     */
    static void replace(Storage storage, Storage.Batch batch, long restore, long revision) {
        for (Table table : List.of(Table.DATA, Table.HEADS, Table.LOG, Table.EXPIRY, Table.STAGED)) {
            batch.clear(table);
        }
        byte[] head = new Head(revision, revision, 1, 0).encode();
        storage.read(Table.STAGED, cursor -> {
            for (cursor.seek(Layout.longs(restore)); cursor.valid()
                    && Layout.getLong(cursor.key(), 0) == restore; cursor.next()) {
                for (Saved saved : StateCodec.saved(new ByteReader(Bytes.of(cursor.value())))) {
                    byte[] key = Layout.utf8(saved.key());
                    batch.put(Table.DATA, Layout.data(key, revision), Version.encode(revision, 1, saved.value()));
                    batch.put(Table.HEADS, key, head);
                }
            }
            return true;
        });
        batch.put(Table.META, Layout.META_SWEPT, Layout.longs(revision + 1));
        batch.put(Table.META, Layout.META_RESTORED, Layout.longs(restore, revision + 1));
    }
}
