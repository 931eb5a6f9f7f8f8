package dev.xebec.contracts.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.TxnResult.Committed;
import dev.xebec.contracts.state.TxnResult.Invalid;
import dev.xebec.contracts.state.TxnResult.Refused;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StateStore} keeps to. A subclass gives the store; it may give the same one to all tests, which
 * therefore use keys of their own and take revisions as they come. Nobody else may write to it meanwhile.
 */
public abstract class StateStoreContract {
    private final String prefix = "test/" + UUID.randomUUID() + "/";
    private final long client = UUID.randomUUID().getMostSignificantBits();
    private long sequence;

    /** The store under test, running. */
    protected abstract StateStore store();

    @Test
    void createsAKeyOnceAndSaysWhatIsThere() {
        long revision = committed(create("a", "one"));
        TxnResult second = propose(create("a", "two"));
        assertThat(second).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.current()).containsExactly(new KeyValue(key("a"), text("one"), revision, revision, 1));
            assertThat(refused.revision()).isEqualTo(revision);
        });
        assertThat(value("a")).isEqualTo("one");
    }

    @Test
    void givesEachTransactionOfABatchTheNextRevision() {
        List<TxnResult> results = store().propose(proposal(put("a", "1"), put("b", "2"), put("a", "3")));
        long first = ((Committed) results.get(0)).revision();
        assertThat(results).containsExactly(new Committed(first), new Committed(first + 1), new Committed(first + 2));
        assertThat(only("a")).isEqualTo(new KeyValue(key("a"), text("3"), first, first + 2, 2));
    }

    @Test
    void letsLaterTransactionsOfABatchSeeEarlierOnes() {
        List<TxnResult> results = store().propose(proposal(create("a", "1"), create("a", "2"), put("b", "3")));
        long first = ((Committed) results.get(0)).revision();
        assertThat(results.get(1)).isEqualTo(
                new Refused(first, List.of(new KeyValue(key("a"), text("1"), first, first, 1))));
        assertThat(results.get(2)).isEqualTo(new Committed(first + 1));
    }

    @Test
    void writesAllKeysOfATransactionAtOneRevision() {
        long revision = committed(new Txn(List.of(), List.of(putOf("a", "1"), putOf("b", "2"))));
        assertThat(List.of(only("a").modRevision(), only("b").modRevision())).containsExactly(revision, revision);
    }

    @Test
    void changesNothingWhenOneGuardOfSeveralFails() {
        committed(create("a", "1"));
        TxnResult result = propose(new Txn(List.of(new Guard.Absent(key("b")), new Guard.Absent(key("a"))),
                List.of(putOf("b", "2"), putOf("c", "3"))));
        assertThat(result).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.current()).extracting(KeyValue::key).containsExactly(key("a")));
        assertThat(page(RangeQuery.prefix(prefix)).keyValues()).extracting(KeyValue::key).containsExactly(key("a"));
    }

    @Test
    void guardsByModRevision() {
        long first = committed(create("a", "1"));
        long second = committed(new Txn(List.of(new Guard.ModRevision(key("a"), first)), List.of(putOf("a", "2"))));
        assertThat(propose(new Txn(List.of(new Guard.ModRevision(key("a"), first)), List.of(putOf("a", "3")))))
                .isEqualTo(new Refused(second, List.of(new KeyValue(key("a"), text("2"), first, second, 2))));
        assertThat(propose(new Txn(List.of(new Guard.ModRevision(key("b"), 0)), List.of(putOf("b", "3")))))
                .isEqualTo(new Refused(second, List.of()));
    }

    @Test
    void guardsByVersionWhereZeroMeansAbsent() {
        committed(new Txn(List.of(new Guard.Version(key("a"), 0)), List.of(putOf("a", "1"))));
        assertThat(propose(new Txn(List.of(new Guard.Version(key("a"), 0)), List.of(putOf("a", "2")))))
                .isInstanceOf(Refused.class);
        committed(new Txn(List.of(new Guard.Version(key("a"), 1)), List.of(putOf("a", "2"))));
        committed(new Txn(List.of(new Guard.Version(key("a"), 2)), List.of(new Write.Delete(key("a")))));
        committed(new Txn(List.of(new Guard.Version(key("a"), 0)), List.of(putOf("a", "3"))));
        assertThat(only("a").version()).isEqualTo(1);
    }

    @Test
    void startsAnewAfterADeletion() {
        long created = committed(create("a", "1"));
        long deleted = committed(delete("a"));
        long again = committed(create("a", "2"));
        assertThat(List.of(deleted, again)).containsExactly(created + 1, created + 2);
        assertThat(only("a")).isEqualTo(new KeyValue(key("a"), text("2"), again, again, 1));
    }

    @Test
    void takesNoRevisionForWritingNothing() {
        long revision = committed(create("a", "1"));
        assertThat(committed(delete("absent"))).isEqualTo(revision);
        assertThat(committed(new Txn(List.of(new Guard.Version(key("a"), 1)), List.of()))).isEqualTo(revision);
        assertThat(store().propose(proposal())).isEmpty();
        assertThat(committed(put("b", "2"))).isEqualTo(revision + 1);
    }

    @Test
    void refusesTransactionsThatAreWrong() {
        List<Guard> many = IntStream.rangeClosed(0, Txn.MAX_OPERATIONS)
                .<Guard>mapToObj(i -> new Guard.Absent(key("n" + i))).toList();
        List<TxnResult> results = store().propose(proposal(
                new Txn(List.of(), List.of(putOf("a", "1"), new Write.Delete(key("a")))), new Txn(many, List.of()),
                new Txn(List.of(), List.of(new Write.Put("", text("1"), 0))), put("nul\0", "1"), put("good", "1")));
        assertThat(results.subList(0, 4)).hasOnlyElementsOfType(Invalid.class);
        assertThat(results.get(4)).isInstanceOf(Committed.class);
        assertThat(page(RangeQuery.prefix(prefix)).keyValues()).extracting(KeyValue::key).containsExactly(key("good"));
    }

    /** Keeping the limits is the caller's duty: a store answers each transaction as wrong, or throws at once. */
    @Test
    void refusesProposalsBeyondTheirLimits() {
        Txn[] many = IntStream.rangeClosed(0, Proposal.MAX_TXNS).mapToObj(i -> put("n" + i, "1")).toArray(Txn[]::new);
        assertRefusedWhole(proposal(many));
        assertRefusedWhole(proposal(put("small", "1"), new Txn(List.of(),
                List.of(new Write.Put(key("large"), Bytes.of(new byte[Proposal.MAX_BYTES + 1]), 0)))));
        assertThat(page(RangeQuery.prefix(prefix)).keyValues()).isEmpty();
    }

    private void assertRefusedWhole(Proposal proposal) {
        try {
            assertThat(store().propose(proposal)).hasSize(proposal.txns().size())
                    .hasOnlyElementsOfType(Invalid.class);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("at most");
        }
    }

    @Test
    void answersARepeatedProposalWithItsFirstResults() {
        Proposal proposal = proposal(create("a", "1"), create("a", "2"), put("b", "3"), put("nul\0", "4"));
        List<TxnResult> first = store().propose(proposal);
        Proposal other = new Proposal(LogGroup.MAIN, client + 1, 1, 1, List.of(put("a", "5")));
        long revision = ((Committed) store().propose(other).getFirst()).revision();
        assertThat(store().propose(proposal)).isEqualTo(first);
        assertThat(store().currentRevision(LogGroup.MAIN)).isEqualTo(revision);
    }

    @Test
    void keepsProposalsOfOneClientApartWhateverTheirOrder() {
        Proposal first = new Proposal(LogGroup.MAIN, client, 1, 1, List.of(put("a", "1")));
        Proposal second = new Proposal(LogGroup.MAIN, client, 2, 1, List.of(put("a", "2")));
        Proposal stranger = new Proposal(LogGroup.MAIN, client + 1, 2, 1, List.of(put("a", "3")));
        List<TxnResult> later = store().propose(second);
        List<TxnResult> earlier = store().propose(first);
        assertThat(store().propose(stranger)).isNotEqualTo(later);
        assertThat(store().propose(second)).isEqualTo(later);
        assertThat(store().propose(first)).isEqualTo(earlier);
        assertThat(only("a").version()).isEqualTo(3);
    }

    @Test
    void doesNotApplyWhatTheClientCalledSettled() {
        Proposal first = new Proposal(LogGroup.MAIN, client, 1, 1, List.of(put("a", "1")));
        store().propose(first);
        store().propose(new Proposal(LogGroup.MAIN, client, 2, 2, List.of(put("a", "2"))));
        assertThat(store().propose(first)).hasOnlyElementsOfType(Invalid.class);
        assertThat(value("a")).isEqualTo("2");
    }

    @Test
    void listsInByteOrderWithinBounds() {
        // U+FF5E is below U+1F600 in bytes, above it in UTF-16 units.
        for (String name : List.of("b", "a/b", "a", "c", "\uFF5E", "\uD83D\uDE00", "a!")) {
            committed(put(name, name));
        }
        assertThat(page(RangeQuery.prefix(prefix)).keyValues()).extracting(KeyValue::key).containsExactly(key("a"),
                key("a!"), key("a/b"), key("b"), key("c"), key("\uFF5E"), key("\uD83D\uDE00"));
        assertThat(page(new RangeQuery(LogGroup.MAIN, key("a!"), key("c"), 0, 0)).keyValues())
                .extracting(kv -> kv.value().utf8()).containsExactly("a!", "a/b", "b");
        assertThat(page(new RangeQuery(LogGroup.MAIN, key("c"), key("a"), 0, 0)).keyValues()).isEmpty();
    }

    @Test
    void pagesThroughOneRevisionWhileWritesGoOn() {
        for (int i = 0; i < 5; i++) {
            committed(put("k" + i, "old"));
        }
        RangeResult.Page first = page(new RangeQuery(LogGroup.MAIN, prefix, Keys.endOfPrefix(prefix), 0, 2));
        assertThat(first.more()).isTrue();
        committed(put("k3", "new"));
        committed(delete("k4"));
        committed(put("k5", "new"));
        RangeResult.Page rest = page(new RangeQuery(LogGroup.MAIN, first.keyValues().getLast().key() + "\0",
                Keys.endOfPrefix(prefix), first.revision(), 3));
        assertThat(rest.more()).isFalse();
        assertThat(rest.revision()).isEqualTo(first.revision());
        assertThat(rest.keyValues()).extracting(KeyValue::key).containsExactly(key("k2"), key("k3"), key("k4"));
        assertThat(rest.keyValues()).allSatisfy(kv -> assertThat(kv.value()).isEqualTo(text("old")));
    }

    @Test
    void readsEveryKeptRevisionAsItWas() {
        long created = committed(create("a", "1"));
        long changed = committed(put("a", "2"));
        long deleted = committed(delete("a"));
        long again = committed(put("a", "3"));
        RangeQuery query = RangeQuery.prefix(prefix);
        assertThat(page(query.at(created)).keyValues())
                .containsExactly(new KeyValue(key("a"), text("1"), created, created, 1));
        assertThat(page(query.at(changed)).keyValues())
                .containsExactly(new KeyValue(key("a"), text("2"), created, changed, 2));
        assertThat(page(query.at(deleted)).keyValues()).isEmpty();
        assertThat(page(query.at(again)).keyValues())
                .containsExactly(new KeyValue(key("a"), text("3"), again, again, 1));
    }

    @Test
    void waitsForARevisionThatIsNotAppliedYet() throws Exception {
        long now = committed(put("a", "1"));
        CompletableFuture<RangeResult.Page> read = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> read.complete(page(RangeQuery.prefix(prefix).at(now + 1))));
        committed(put("b", "2"));
        assertThat(read.get(30, TimeUnit.SECONDS).keyValues()).hasSize(2);
    }

    @Test
    void neverAnswersACurrentRevisionBelowAnAcknowledgedWrite() {
        for (int i = 0; i < 5; i++) {
            long written = committed(put("a", "" + i));
            assertThat(store().currentRevision(LogGroup.MAIN)).isEqualTo(written);
        }
    }

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

    private String key(String name) {
        return prefix + name;
    }

    private static Bytes text(String text) {
        return Bytes.utf8(text);
    }

    private Write putOf(String name, String value) {
        return new Write.Put(key(name), text(value), 0);
    }

    private Txn put(String name, String value) {
        return new Txn(List.of(), List.of(putOf(name, value)));
    }

    private Txn create(String name, String value) {
        return new Txn(List.of(new Guard.Absent(key(name))), List.of(putOf(name, value)));
    }

    private Txn delete(String name) {
        return new Txn(List.of(), List.of(new Write.Delete(key(name))));
    }

    private Proposal proposal(Txn... txns) {
        long next = ++sequence;
        return new Proposal(LogGroup.MAIN, client, next, next, List.of(txns));
    }

    private TxnResult propose(Txn txn) {
        return store().propose(proposal(txn)).getFirst();
    }

    private long committed(Txn txn) {
        TxnResult result = propose(txn);
        assertThat(result).isInstanceOf(Committed.class);
        return ((Committed) result).revision();
    }

    /** A page at a revision that covers all that was acknowledged. */
    private RangeResult.Page page(RangeQuery query) {
        RangeQuery fresh = query.atRevision() > 0 ? query : query.at(store().currentRevision(LogGroup.MAIN));
        return (RangeResult.Page) store().range(fresh);
    }

    private KeyValue only(String name) {
        List<KeyValue> found = page(new RangeQuery(LogGroup.MAIN, key(name), key(name) + "\0", 0, 0)).keyValues();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private String value(String name) {
        return only(name).value().utf8();
    }
}
