package dev.xebec.state.machine;

/** Whether a step of sweeping was the last for now. Each step's work is bounded by the number of changes it looks at. */
public enum Sweep {
    DONE, MORE;

    /**
     * Each change names the version it made obsolete, so the log up to the compacted revision lists exactly what can go.
     * Repeating a step, or a part of it after a crash, does no harm. An obsolete version goes before the tombstone that
     * hides it.
     */
    static Sweep step(Storage storage, long compacted, int maxChanges) {
        byte[] stored = storage.get(Table.META, Layout.META_SWEPT);
        long swept = stored == null ? 0 : Layout.getLong(stored, 0);
        if (swept >= compacted) {
            return DONE;
        }
        Storage.Batch batch = storage.batch();
        long through = storage.read(Table.LOG, cursor -> {
            int seen = 0;
            for (cursor.seek(Layout.log(swept, 0)); cursor.valid(); cursor.next()) {
                long revision = Layout.logRevision(cursor.key());
                if (revision > compacted) {
                    break;
                }
                if (seen++ >= maxChanges) {
                    return revision - 1;
                }
                sweep(batch, revision, LogItem.decode(cursor.value()));
                if (revision < compacted) {
                    batch.delete(Table.LOG, cursor.key());
                }
            }
            return compacted;
        });
        batch.put(Table.META, Layout.META_SWEPT, Layout.longs(through));
        storage.commit(batch);
        return through == compacted ? DONE : MORE;
    }

    private static void sweep(Storage.Batch batch, long revision, LogItem item) {
        if (item.replaced() > 0) {
            batch.delete(Table.DATA, Layout.data(item.key(), item.replaced()));
        }
        if (item.deletion()) {
            batch.delete(Table.DATA, Layout.data(item.key(), revision));
        }
    }
}
