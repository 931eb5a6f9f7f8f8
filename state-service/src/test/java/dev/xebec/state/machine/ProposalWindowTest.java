package dev.xebec.state.machine;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(machine.sweep(1_000)).isEqualTo(Sweep.DONE);
        assertThat(apply(refused)).as("the value shown is compacted: the key as it is now")
                .isEqualTo(new TxnResult.Refused(1, List.of(new KeyValue("k", Bytes.utf8("2"), 1, 2, 2))));
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
