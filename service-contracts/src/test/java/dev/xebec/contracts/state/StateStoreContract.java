package dev.xebec.contracts.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.TxnResult.Committed;
import dev.xebec.contracts.state.TxnResult.Invalid;
import dev.xebec.contracts.state.TxnResult.Refused;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StateStore} keeps to. A subclass gives the store; it may give the same one to all tests, which
 * therefore use keys of their own and take revisions as they come. Nobody else may write to it meanwhile.
 */
public abstract class StateStoreContract extends StateStoreStreams {
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
    void givesEachTransactionOfABatchARevisionOfItsOwn() {
        long before = committed(put("c", "0"));
        List<TxnResult> results = store().propose(proposal(put("a", "1"), put("b", "2"), put("a", "3")));
        List<Long> revisions = results.stream().map(result -> ((Committed) result).revision()).toList();
        assertThat(revisions).containsExactlyInAnyOrder(before + 1, before + 2, before + 3);
        long first = revisions.get(0);
        long last = revisions.get(2);
        assertThat(first).isLessThan(last);
        assertThat(only("a")).isEqualTo(new KeyValue(key("a"), text("3"), first, last, 2));
    }

    @Test
    void letsLaterTransactionsOfABatchSeeEarlierOnes() {
        List<TxnResult> results = store().propose(proposal(create("a", "1"), create("a", "2"), put("b", "3")));
        long first = ((Committed) results.get(0)).revision();
        assertThat(results.get(1)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.current()).containsExactly(new KeyValue(key("a"), text("1"), first, first, 1));
            assertThat(refused.revision()).isGreaterThanOrEqualTo(first);
        });
        assertThat(results.get(2)).isInstanceOf(Committed.class);
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
        assertThatThrownBy(() -> store().propose(first)).isInstanceOf(OutcomeForgottenException.class);
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
}
