package dev.xebec.state.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import dev.xebec.state.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryTest {
    private static final int KEYS = 7;

    private final StateMachine machine = StateMachine.open(new MemoryStorage());

    private RangeResult.Page page(String from, int limit) {
        return (RangeResult.Page) machine.range(new RangeQuery(LogGroup.MAIN, from, "", 0, limit));
    }

    @Test
    void aPageOfLargeValuesEndsBeforeItsLimitOfKeys() {
        Bytes half = Bytes.of(new byte[History.PAGE_BYTES / 2]);
        for (int i = 0; i < KEYS; i++) {
            machine.apply(i, 1, new Entry.Propose(new Proposal(LogGroup.MAIN, 1, i + 1, 1,
                    List.of(new Txn(List.of(), List.of(new Write.Put("k" + i, half, 0)))))));
        }
        List<String> read = new ArrayList<>();
        RangeResult.Page page = page("k", 512);
        while (page.more()) {
            assertThat(page.keyValues()).hasSize(2);
            page.keyValues().forEach(keyValue -> read.add(keyValue.key()));
            page = page(read.getLast() + '\0', 512);
        }
        page.keyValues().forEach(keyValue -> read.add(keyValue.key()));
        assertThat(read).containsExactly("k0", "k1", "k2", "k3", "k4", "k5", "k6");
        assertThat(page("k", 0).keyValues()).as("without a limit it is all of it").extracting(KeyValue::key)
                .containsExactlyElementsOf(read);
    }
}
