package dev.xebec.state.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.state.memory.MemoryStorage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProposalWindowTest {
    private final MemoryStorage storage = new MemoryStorage();
    private StateMachine machine = StateMachine.open(storage);
    private long index;

    @Test
    void forgetsTheOldestResultsOfAClientThatNeverSettles() {
        for (long sequence = 1; sequence <= ProposalWindow.MAX_RESULTS + 2; sequence++) {
            assertThat(put(1, sequence)).isInstanceOf(TxnResult.Committed.class);
        }
        assertThat(outcome(1, 1)).isInstanceOf(Applied.Forgotten.class);
        assertThat(outcome(1, 2)).isInstanceOf(Applied.Forgotten.class);
        assertThat(put(1, 3)).isEqualTo(new TxnResult.Committed(3));
        machine = StateMachine.open(storage);
        assertThat(outcome(1, 2)).isInstanceOf(Applied.Forgotten.class);
        assertThat(put(1, 3)).isEqualTo(new TxnResult.Committed(3));
    }

    @Test
    void forgetsTheClientSilentForLongest() {
        for (long client = 1; client <= ProposalWindow.MAX_CLIENTS; client++) {
            put(client, 1);
        }
        put(1, 2);
        machine = StateMachine.open(storage);
        put(9_999, 1);
        long revision = machine.position().revision();
        assertThat(put(1, 2)).isEqualTo(new TxnResult.Committed(ProposalWindow.MAX_CLIENTS + 1));
        assertThat(put(3, 1)).isEqualTo(new TxnResult.Committed(3));
        assertThat(machine.position().revision()).isEqualTo(revision);
        assertThat(put(2, 1)).as("forgotten, so applied again").isEqualTo(new TxnResult.Committed(revision + 1));
    }

    @Test
    void showsWhatARefusalShowedAlsoAfterLaterWrites() {
        put(1, 1);
        Proposal refused = new Proposal(LogGroup.MAIN, 2, 1, 1, List.of(new Txn(List.of(new Guard.Absent("k")),
                List.of(new Write.Delete("k")))));
        TxnResult first = apply(refused);
        put(1, 2);
        assertThat(apply(refused)).isEqualTo(first);
        machine.apply(index++, 1, new Entry.Compact(2));
        TxnResult now = new TxnResult.Refused(1, List.of(new KeyValue("k", Bytes.utf8("2"), 1, 2, 2)));
        assertThat(apply(refused)).as("the value shown is compacted: the key as it is now").isEqualTo(now);
        assertThat(machine.sweep(1_000)).isEqualTo(Sweep.DONE);
        assertThat(apply(refused)).as("how far a replica has swept makes no difference").isEqualTo(now);
    }

    @Test
    void showsTheLastValueBeforeTheCompactedRevision() {
        put(1, 1);
        Proposal refused = new Proposal(LogGroup.MAIN, 2, 1, 1, List.of(new Txn(List.of(new Guard.Absent("k")),
                List.of(new Write.Delete("k")))));
        TxnResult first = apply(refused);
        applied(new Proposal(LogGroup.MAIN, 3, 1, 1,
                List.of(new Txn(List.of(), List.of(new Write.Put("other", Bytes.utf8("1"), 0))))));
        put(1, 2);
        machine.apply(index++, 1, new Entry.Compact(2));
        assertThat(apply(refused)).isEqualTo(first);
        assertThat(machine.sweep(1_000)).isEqualTo(Sweep.DONE);
        assertThat(apply(refused)).isEqualTo(first);
    }

    /** A proposal older than all that are kept was applied again by a replica that had been opened anew. */
    @Test
    void remembersAfterOpeningThatAProposalWasForgottenAtOnce() {
        for (long sequence = 2; sequence <= ProposalWindow.MAX_RESULTS + 1; sequence++) {
            put(1, sequence);
        }
        assertThat(put(1, 1)).isEqualTo(new TxnResult.Committed(ProposalWindow.MAX_RESULTS + 1));
        assertThat(outcome(1, 1)).isInstanceOf(Applied.Forgotten.class);
        machine = StateMachine.open(storage);
        assertThat(outcome(1, 1)).isInstanceOf(Applied.Forgotten.class);
    }

    /** A client whose last proposal was forgotten at once was taken for one that had been silent for long. */
    @Test
    void remembersAfterOpeningWhoProposedLast() {
        for (long sequence = 2; sequence <= ProposalWindow.MAX_RESULTS + 1; sequence++) {
            put(1, sequence);
        }
        for (long client = 2; client <= ProposalWindow.MAX_CLIENTS; client++) {
            put(client, 1);
        }
        put(1, 1);
        machine = StateMachine.open(storage);
        put(9_999, 1);
        long revision = machine.position().revision();
        assertThat(put(1, 2)).isEqualTo(new TxnResult.Committed(1));
        assertThat(put(2, 1)).as("the one silent for longest").isEqualTo(new TxnResult.Committed(revision + 1));
    }

    @Test
    void leavesNothingOfAForgottenClient() {
        for (long client = 1; client <= ProposalWindow.MAX_CLIENTS + 1; client++) {
            put(client, 1);
        }
        assertThat(storage.get(Table.PROPOSALS, Layout.client(1))).isNull();
        assertThat(storage.get(Table.PROPOSALS, Layout.proposal(1, 1))).isNull();
        assertThat(storage.get(Table.PROPOSALS, Layout.client(2))).isNotNull();
    }

    @Test
    void opensWhatTheFormatWithoutClientsHas() {
        put(1, 1);
        put(2, 5);
        Storage.Batch batch = storage.batch();
        batch.put(Table.META, Layout.META_FORMAT, Layout.longs(Layout.FORMAT_WITHOUT_CLIENTS));
        batch.delete(Table.PROPOSALS, Layout.client(1));
        batch.delete(Table.PROPOSALS, Layout.client(2));
        storage.commit(batch);
        machine = StateMachine.open(storage);
        assertThat(put(1, 1)).isEqualTo(new TxnResult.Committed(1));
        assertThat(put(2, 5)).isEqualTo(new TxnResult.Committed(2));
        assertThat(storage.get(Table.META, Layout.META_FORMAT)).isEqualTo(Layout.longs(Layout.FORMAT));
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        Storage.Batch batch = storage.batch();
        batch.put(Table.META, Layout.META_FORMAT, Layout.longs(Layout.FORMAT + 1));
        storage.commit(batch);
        assertThatThrownBy(() -> StateMachine.open(storage)).hasMessageContaining("stored in format");
    }

    private TxnResult put(long client, long sequence) {
        return ((Applied.Results) outcome(client, sequence)).results().getFirst();
    }

    private Applied.Outcome outcome(long client, long sequence) {
        return applied(new Proposal(LogGroup.MAIN, client, sequence, 1,
                List.of(new Txn(List.of(), List.of(new Write.Put("k", Bytes.utf8("" + sequence), 0))))));
    }

    private TxnResult apply(Proposal proposal) {
        return ((Applied.Results) applied(proposal)).results().getFirst();
    }

    private Applied.Outcome applied(Proposal proposal) {
        return machine.apply(index++, 1, new Entry.Propose(proposal)).outcome();
    }
}
