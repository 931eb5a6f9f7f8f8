package dev.xebec.kit.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SequencesTest {
    private final Sequences sequences = new Sequences();

    @Test
    void doesNotRunSoFarAheadOfAnOpenNumberThatItsResultIsForgotten() throws Exception {
        long oldest = sequences.next().sequence();
        for (int i = 1; i <= Sequences.MAX_AHEAD; i++) {
            sequences.settle(sequences.next().sequence());
        }
        CompletableFuture<Sequences.Number> next = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().start(() -> next.complete(sequences.next()));
        while (waiting.getState() != Thread.State.WAITING) {
            assertThat(next).isNotDone();
            Thread.sleep(5);
        }
        sequences.settle(oldest);
        Sequences.Number number = next.get(30, TimeUnit.SECONDS);
        assertThat(number.sequence()).isEqualTo(oldest + Sequences.MAX_AHEAD + 1);
        assertThat(number.settledBelow()).isEqualTo(number.sequence());
    }
}
