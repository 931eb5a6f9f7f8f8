package dev.xebec.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.state.memory.InMemoryStateStore;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoreCommitsTest {

    @Test
    void manyTransactionsThatAreTooLargeForOneProposalAreAllCommitted() {
        Bytes threeMegabytes = Bytes.of(new byte[3 * 1024 * 1024]);
        List<Txn> txns = IntStream.range(0, 5)
                .mapToObj(i -> new Txn(List.of(), List.of(new Write.Put("k" + i, threeMegabytes, 0)))).toList();
        try (InMemoryStateStore store = new InMemoryStateStore("test")) {
            assertThat(StoreCommits.direct(store).commitAll(txns)).hasSize(5)
                    .hasOnlyElementsOfType(TxnResult.Committed.class);
        }
    }
}
