package dev.xebec.kit.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant wall = START;
    private long nanos = 42;
    private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

    @Test
    void itIsTheWallClockWhereThatIsNotSet() {
        pass(Duration.ofMinutes(3));
        assertThat(clock.instant()).isEqualTo(wall).isEqualTo(START.plusSeconds(180));
    }

    @Test
    void aJumpAheadIsCaughtUpWithAtHalfTheSpeedMore() {
        wall = wall.plus(Duration.ofMinutes(20));
        assertThat(clock.instant()).isEqualTo(START);
        pass(Duration.ofSeconds(10));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(15));
        pass(Duration.ofMinutes(40));
        assertThat(clock.instant()).isEqualTo(wall);
    }

    @Test
    void aJumpBackIsWaitedForAtHalfTheSpeed() {
        wall = wall.minus(Duration.ofMinutes(20));
        assertThat(clock.instant()).isEqualTo(START);
        pass(Duration.ofSeconds(10));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(5));
        pass(Duration.ofMinutes(40));
        assertThat(clock.instant()).isEqualTo(wall);
    }

    @Test
    void whatIsDueAfterAJumpBackIsDueInTwiceItsTimeAtMost() {
        Instant due = clock.instant().plusSeconds(30);
        wall = wall.minus(Duration.ofMinutes(59));
        pass(Duration.ofSeconds(60));
        assertThat(clock.instant()).isAfterOrEqualTo(due);
    }

    @Test
    void aSmallCorrectionIsFollowedAtOnce() {
        wall = wall.plusMillis(3);
        pass(Duration.ofMillis(20));
        assertThat(clock.instant()).isEqualTo(wall);
    }

    @Test
    void aMachineThatSleptIsBelievedAtOnce() {
        wall = Instant.parse("9999-01-01T00:00:00Z");
        pass(Duration.ofSeconds(2));
        assertThat(clock.instant()).isEqualTo(wall);
        wall = Instant.parse("1500-01-01T00:00:00Z");
        pass(Duration.ofSeconds(2));
        assertThat(clock.instant()).isEqualTo(wall);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }
}
