package dev.xebec.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private static final String A = "/pods/d/a";
    private static final String B = "/pods/d/b";

    /** 1: a is made; 2: b is made; 3: a is deleted. */
    private final WrittenLog log = new WrittenLog().commit(Samples.pod("a", "", "")).commit(Samples.pod("b", "", ""))
            .commit(WrittenLog.delete(Samples.PODS, "d", "a"));
    private final Invariants invariants = log.invariants();

    private KeyValue at(String key, long revision) {
        Stored stored = log.truth().storedAt(key, revision);
        assertEquals(true, stored != null, key);
        return stored == null ? new KeyValue(key, Bytes.EMPTY, 0, 0, 0) : stored.keyValue();
    }

    private static Txn txn(Guard guard, Write... writes) {
        return new Txn(List.of(guard), List.of(writes));
    }

    private void told(Txn txn, TxnResult result) {
        invariants.acknowledged(txn, result);
    }

    private void lied(Txn txn, TxnResult result) {
        assertEquals("acknowledgements", assertThrows(Violation.class, () -> told(txn, result)).invariant());
    }

    private static TxnResult.Committed committed(long revision) {
        return new TxnResult.Committed(revision);
    }

    @Test
    void aCommittedWriteIsInTheLog() {
        Txn put = txn(new Guard.Absent(B), new Write.Put(B, at(B, 2).value(), 0));
        told(put, committed(2));
        assertEquals(2, invariants.newestAcknowledged());
        lied(put, committed(1));
        lied(put, committed(3));
        lied(put, committed(4));
        lied(txn(new Guard.Absent(B), new Write.Put(B, Bytes.utf8("{}"), 0)), committed(2));
    }

    @Test
    void aCommittedTransactionHasWrittenAllAndNothingElse() {
        lied(txn(new Guard.Absent(B), new Write.Put(B, at(B, 2).value(), 0), new Write.Delete(A)), committed(2));
        told(txn(new Guard.ModRevision(A, 1), new Write.Delete(A)), committed(3));
        told(txn(new Guard.Absent(A), new Write.Delete(A)), committed(3));
        lied(txn(new Guard.Absent("/pods/d/c"), new Write.Delete(B)), committed(3));
    }

    @Test
    void itsGuardsHeld() {
        Bytes value = at(B, 2).value();
        told(txn(new Guard.Version(A, 1), new Write.Put(B, value, 0)), committed(2));
        lied(txn(new Guard.Version(A, 2), new Write.Put(B, value, 0)), committed(2));
        lied(txn(new Guard.Absent(A), new Write.Put(B, value, 0)), committed(2));
        told(txn(new Guard.ModRevision(B, 2)), committed(2));
        lied(txn(new Guard.ModRevision(B, 1)), committed(2));
    }

    @Test
    void aRefusalHasAReason() {
        Txn txn = txn(new Guard.Absent(A), new Write.Put(A, Bytes.utf8("{}"), 0));
        told(txn, new TxnResult.Refused(2, List.of(at(A, 1))));
        lied(txn, new TxnResult.Refused(3, List.of()));
        lied(txn, new TxnResult.Refused(9, List.of(at(A, 1))));
    }

    @Test
    void aRefusalGivenAgainMayShowWhatIsThereNow() {
        told(txn(new Guard.Absent(A), new Write.Put(A, Bytes.utf8("{}"), 0)), new TxnResult.Refused(2, List.of()));
        Txn other = txn(new Guard.Absent(B), new Write.Put(B, Bytes.utf8("{}"), 0));
        told(other, new TxnResult.Refused(2, List.of(at(B, 2))));
        lied(other, new TxnResult.Refused(2, List.of()));
    }

    @Test
    void aPageIsTheTruthOfItsRevision() {
        RangeQuery all = RangeQuery.prefix("/pods/");
        invariants.read(all, new RangeResult.Page(2, List.of(at(A, 1), at(B, 2)), false));
        invariants.read(all, new RangeResult.Page(2, List.of(at(A, 1)), true));
        invariants.read(all, new RangeResult.Page(3, List.of(at(B, 2)), false));
        for (RangeResult.Page page : List.of(new RangeResult.Page(2, List.of(at(A, 1)), false),
                new RangeResult.Page(3, List.of(at(A, 1), at(B, 2)), false),
                new RangeResult.Page(4, List.of(), true))) {
            assertThrows(Violation.class, () -> invariants.read(all, page));
        }
        assertThrows(Violation.class,
                () -> invariants.read(all.at(2), new RangeResult.Page(3, List.of(at(B, 2)), false)));
    }

    @Test
    void aBarrierIsNoOlderThanWhatWasAcknowledged() {
        invariants.barrier(2, 2);
        invariants.barrier(2, 3);
        assertThrows(Violation.class, () -> invariants.barrier(3, 2));
        assertThrows(Violation.class, () -> invariants.barrier(3, 4));
    }

    @Test
    void replicasAreEqualAtAnIndex() {
        invariants.replicaApplied("r1", 7, 42);
        invariants.replicaApplied("r2", 6, 41);
        invariants.replicaApplied("r2", 7, 42);
        invariants.replicaApplied("r3", 6, 41);
        assertThrows(Violation.class, invariants::settled);
        invariants.replicaGone("r3");
        invariants.settled();
        assertThrows(Violation.class, () -> invariants.replicaApplied("r3", 7, 43));
    }
}
