package dev.xebec.state.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Rounds are made by hand: a paused leader is one whose round does not end, or ends with a refusal. */
final class BarriersTest {
    private final List<CompletableFuture<Long>> rounds = new CopyOnWriteArrayList<>();
    private final Barriers barriers = new Barriers(() -> {
        CompletableFuture<Long> round = new CompletableFuture<>();
        rounds.add(round);
        return round;
    });

    @Test
    void answersNoCallFromARoundThatBeganBeforeIt() throws Exception {
        CompletableFuture<Long> early = pass();
        awaitRounds(1);
        CompletableFuture<Long> late = pass();
        CompletableFuture<Long> later = pass();
        Thread.sleep(50);
        assertThat(rounds).hasSize(1);
        rounds.get(0).complete(7L);
        assertThat(early.join()).isEqualTo(7);
        awaitRounds(2);
        assertThat(late).isNotDone();
        assertThat(later).isNotDone();
        rounds.get(1).complete(9L);
        assertThat(List.of(late.join(), later.join())).containsExactly(9L, 9L);
        assertThat(rounds).hasSize(2);
    }

    @Test
    void failsAllCallsOfARoundThatLeadershipDidNotSurviveAndGoesOn() {
        CompletableFuture<Long> waiting = pass();
        awaitRounds(1);
        rounds.getFirst().completeExceptionally(new UnavailableException("another leads"));
        assertThatThrownBy(waiting::join).hasRootCauseMessage("another leads");
        CompletableFuture<Long> next = pass();
        awaitRounds(2);
        rounds.get(1).complete(3L);
        assertThat(next.join()).isEqualTo(3);
    }

    @Test
    void givesUpOnARoundThatDoesNotEnd() {
        assertThatThrownBy(() -> barriers.pass(Duration.ofMillis(50))).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("not confirmed");
    }

    private CompletableFuture<Long> pass() {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(barriers.pass(Duration.ofSeconds(30)));
            } catch (UnavailableException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private void awaitRounds(int count) {
        Group.await(count + " rounds", () -> rounds.size() >= count);
    }
}
