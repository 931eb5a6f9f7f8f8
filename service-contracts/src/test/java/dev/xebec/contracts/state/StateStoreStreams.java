package dev.xebec.contracts.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The part of the contract that is about change streams, and about what compaction and expiry take away. */
abstract class StateStoreStreams extends StoreSteps {
    @Test
    void streamsOldAndNewChangesInOrderWholeAndOnce() {
        long created = committed(create("a", "1"));
        long both = committed(new Txn(List.of(), List.of(putOf("a", "2"), putOf("b", "1"))));
        RecordingSink sink = new RecordingSink();
        try (Subscription running = store().changes(new ChangesQuery(LogGroup.MAIN, created, prefix), sink)) {
            sink.awaitThrough(both);
            long deleted = committed(delete("a"));
            assertThat(sink.awaitThrough(deleted)).containsExactlyInAnyOrder(
                    new Change(created, key("a"), new KeyValue(key("a"), text("1"), created, created, 1)),
                    new Change(both, key("a"), new KeyValue(key("a"), text("2"), created, both, 2)),
                    new Change(both, key("b"), new KeyValue(key("b"), text("1"), both, both, 1)),
                    new Change(deleted, key("a"), null));
        }
        assertThat(sink.awaitEnd()).isEqualTo(new ChangeSink.End.Closed());
    }

    @Test
    void streamsOnlyKeysOfThePrefixAndSaysHowFarItIs() {
        long start = committed(put("x/a", "1"));
        RecordingSink sink = new RecordingSink();
        try (Subscription running = store().changes(new ChangesQuery(LogGroup.MAIN, start, key("x/")), sink)) {
            committed(put("y/a", "2"));
            committed(put("x/b", "3"));
            long last = committed(put("y/b", "4"));
            assertThat(sink.awaitThrough(last)).extracting(Change::key).containsExactly(key("x/a"), key("x/b"));
            sink.awaitProgressMarks(2);
        }
    }

    @Test
    void streamsFromTheFutureOnceItComes() {
        long now = committed(put("a", "1"));
        RecordingSink sink = new RecordingSink();
        try (Subscription running = store().changes(new ChangesQuery(LogGroup.MAIN, now + 2, prefix), sink)) {
            committed(put("a", "2"));
            long wanted = committed(put("a", "3"));
            assertThat(sink.awaitThrough(wanted)).extracting(Change::revision).containsExactly(wanted);
        }
    }

    @Test
    void doesNotLetASlowSinkHoldBackWritesOrOtherStreams() {
        long from = committed(put("a", "0"));
        CompletableFuture<Void> gate = new CompletableFuture<>();
        RecordingSink slow = new RecordingSink();
        RecordingSink quick = new RecordingSink();
        ChangesQuery query = new ChangesQuery(LogGroup.MAIN, from, prefix);
        try (Subscription first = store().changes(query, new GatedSink(gate, slow));
                Subscription second = store().changes(query, quick)) {
            long last = 0;
            for (int i = 0; i < 20; i++) {
                last = committed(put("a", "" + i));
            }
            assertThat(quick.awaitThrough(last)).hasSize(21);
            assertThat(slow.changes()).isEmpty();
            gate.complete(null);
            assertThat(slow.awaitThrough(last)).isEqualTo(quick.changes());
        }
    }

    @Test
    void compactsWhatOnlyOldRevisionsSee() {
        committed(create("kept", "1"));
        long changed = committed(put("kept", "2"));
        committed(create("gone", "1"));
        long deleted = committed(delete("gone"));
        long last = committed(put("other", "1"));
        assertThat(store().compact(LogGroup.MAIN, deleted)).isEqualTo(deleted);
        RangeQuery query = RangeQuery.prefix(prefix);
        assertThat(store().range(query.at(deleted - 1))).isEqualTo(new RangeResult.Compacted(deleted));
        assertThat(page(query.at(deleted)).keyValues()).extracting(KeyValue::modRevision).containsExactly(changed);
        assertThat(page(query).keyValues()).extracting(KeyValue::key).containsExactly(key("kept"), key("other"));
        assertThat(store().compact(LogGroup.MAIN, changed)).isEqualTo(deleted);
        assertThat(store().status(LogGroup.MAIN).compactedRevision()).isEqualTo(deleted);

        RecordingSink tooOld = new RecordingSink();
        store().changes(new ChangesQuery(LogGroup.MAIN, deleted - 1, prefix), tooOld);
        assertThat(tooOld.awaitEnd()).isEqualTo(new ChangeSink.End.Compacted(deleted));
        RecordingSink kept = new RecordingSink();
        try (Subscription running = store().changes(new ChangesQuery(LogGroup.MAIN, deleted, prefix), kept)) {
            assertThat(kept.awaitThrough(last)).extracting(Change::revision).containsExactly(deleted, last);
        }
    }

    @Test
    void compactsNoFurtherThanItsNewestRevision() {
        long last = committed(put("a", "1"));
        assertThat(store().compact(LogGroup.MAIN, last + 1_000)).isEqualTo(last);
        assertThat(value("a")).isEqualTo("1");
    }

    @Test
    void deletesWhatExpiredAndNothingElse() {
        long past = System.currentTimeMillis() - 1_000;
        long start = committed(new Txn(List.of(), List.of(new Write.Put(key("renewed"), text("1"), past + 600_000),
                new Write.Put(key("late"), text("1"), past + 3_600_000), putOf("plain", "1"))));
        committed(new Txn(List.of(), List.of(new Write.Put(key("renewed"), text("2"), 0))));
        committed(new Txn(List.of(), List.of(new Write.Put(key("expired"), text("1"), past))));
        RecordingSink sink = new RecordingSink();
        try (Subscription running = store().changes(new ChangesQuery(LogGroup.MAIN, start, key("expired")), sink)) {
            List<Change> changes = sink.awaitChanges(2);
            assertThat(changes).extracting(Change::deletion).containsExactly(false, true);
        }
        assertThat(page(RangeQuery.prefix(prefix)).keyValues()).extracting(KeyValue::key)
                .containsExactly(key("late"), key("plain"), key("renewed"));
    }

    @Test
    void tellsItsStatus() {
        long revision = committed(put("a", "1"));
        assertThat(page(RangeQuery.prefix(prefix).at(revision)).keyValues()).hasSize(1);
        StoreStatus status = store().status(LogGroup.MAIN);
        assertThat(status.revision()).isGreaterThanOrEqualTo(revision);
        assertThat(status.leader()).isNotEmpty();
        assertThat(status.compactedRevision()).isLessThanOrEqualTo(revision);
    }

    /** Holds back every call until its gate opens. */
    private record GatedSink(CompletableFuture<Void> gate, ChangeSink sink) implements ChangeSink {
        @Override
        public void onChanges(List<Change> changes, long through) {
            gate.join();
            sink.onChanges(changes, through);
        }

        @Override
        public void onProgress(long revision) {
            gate.join();
            sink.onProgress(revision);
        }

        @Override
        public void onEnd(End end) {
            sink.onEnd(end);
        }
    }
}
