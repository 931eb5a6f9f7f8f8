package dev.xebec.kit.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProposalsTest {
    private final TinyStore store = new TinyStore();
    private final Proposals client = new Proposals(store, 42, 2);

    private static Txn put(String key, Bytes value) {
        return new Txn(List.of(), List.of(new Write.Put(key, value, 0)));
    }

    @Test
    void manyAtOnceBeyondAProposalsLimitsAreCutAndAnsweredInOrder() {
        Bytes threeMegabytes = Bytes.of(new byte[3 * 1024 * 1024]);
        List<Txn> txns = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            txns.add(put("large", threeMegabytes));
        }
        txns.add(put("huge", Bytes.of(new byte[Proposal.MAX_BYTES + 1])));
        IntStream.range(0, Proposal.MAX_TXNS + 1).forEach(i -> txns.add(put("small", Bytes.utf8("x"))));
        List<TxnResult> results = client.commitAll(txns);
        assertThat(results).hasSize(txns.size());
        assertThat(results.get(5)).isInstanceOf(TxnResult.Invalid.class);
        List<Long> revisions = results.stream().filter(TxnResult.Committed.class::isInstance)
                .map(result -> ((TxnResult.Committed) result).revision()).toList();
        assertThat(revisions).hasSize(txns.size() - 1).isSorted().doesNotHaveDuplicates();
        assertThat(store.proposals).extracting(proposal -> proposal.txns().size()).containsExactly(2, 2, 1,
                Proposal.MAX_TXNS, 1);
    }
}
