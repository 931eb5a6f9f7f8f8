package dev.xebec.kit.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectKey A = new ObjectKey("ns", "a");
    private static final ObjectKey B = new ObjectKey("ns", "b");

    private final WorkQueue queue = new WorkQueue();

    private static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    @Test
    void givesEachKeyOnceInOrder() {
        assertThat(queue.add(A, at(0))).isTrue();
        assertThat(queue.add(B, at(1))).isTrue();
        assertThat(queue.add(A, at(2))).isFalse();
        assertThat(queue.take(at(3))).isEqualTo(new WorkQueue.Taken(A, Duration.ofSeconds(3)));
        assertThat(queue.take(at(3))).isEqualTo(new WorkQueue.Taken(B, Duration.ofSeconds(2)));
        assertThat(queue.take(at(3))).isNull();
    }

    @Test
    void aKeyThatIsWorkedOnWaitsUntilItIsDone() {
        queue.add(A, at(0));
        queue.take(at(0));
        assertThat(queue.add(A, at(1))).isTrue();
        assertThat(queue.add(A, at(1))).isFalse();
        assertThat(queue.take(at(1))).isNull();
        assertThat(queue.idle()).isFalse();
        queue.done(A);
        assertThat(queue.take(at(2))).isEqualTo(new WorkQueue.Taken(A, Duration.ofSeconds(1)));
        queue.done(A);
        assertThat(queue.idle()).isTrue();
    }

    @Test
    void theEarliestTimerOfAKeyCounts() {
        queue.addAt(A, at(10));
        queue.addAt(A, at(5));
        queue.addAt(A, at(7));
        queue.addAt(B, at(6));
        assertThat(queue.nextDue()).isEqualTo(at(5));
        assertThat(queue.take(at(4))).isNull();
        assertThat(queue.take(at(5)).key()).isEqualTo(A);
        queue.done(A);
        assertThat(queue.nextDue()).isEqualTo(at(6));
        assertThat(queue.take(at(60)).key()).isEqualTo(B);
        assertThat(queue.take(at(60))).isNull();
        assertThat(queue.nextDue()).isNull();
    }

    @Test
    void aTimerThatRingsWhileTheKeyIsWorkedOnIsNotLost() {
        queue.add(A, at(0));
        queue.take(at(0));
        queue.addAt(A, at(1));
        assertThat(queue.take(at(2))).isNull();
        queue.done(A);
        assertThat(queue.take(at(2)).key()).isEqualTo(A);
    }

    @Test
    void whatNobodyTookCannotBeDone() {
        assertThatThrownBy(() -> queue.done(A)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void retriesDoubleUpToTheLongestAndStartOverAfterSuccess() {
        RetryDelays delays = new RetryDelays(Duration.ofMillis(5), Duration.ofSeconds(30));
        assertThat(delays.next(A)).isEqualTo(Duration.ofMillis(5));
        assertThat(delays.next(A)).isEqualTo(Duration.ofMillis(10));
        assertThat(delays.next(B)).isEqualTo(Duration.ofMillis(5));
        for (int i = 0; i < 100; i++) {
            delays.next(A);
        }
        assertThat(delays.next(A)).isEqualTo(Duration.ofSeconds(30));
        delays.forget(A);
        assertThat(delays.next(A)).isEqualTo(Duration.ofMillis(5));
    }
}
