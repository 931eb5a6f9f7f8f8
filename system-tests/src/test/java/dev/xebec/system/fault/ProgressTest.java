package dev.xebec.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress = new Progress();

    @Test
    void aGapThatReachesIntoTheTimeCountsAsAWhole() {
        progress.at(10);
        progress.at(90);
        progress.at(100);
        assertThat(progress.longestGap(50, 100)).isEqualTo(Duration.ofNanos(80));
    }

    @Test
    void aGapThatIsNotOverCountsSoFar() {
        progress.at(10);
        assertThat(progress.longestGap(10, 75)).isEqualTo(Duration.ofNanos(65));
    }

    @Test
    void theLongestOfSeveralCounts() {
        for (long moment : new long[]{0, 10, 40, 45, 60}) {
            progress.at(moment);
        }
        assertThat(progress.longestGap(5, 60)).isEqualTo(Duration.ofNanos(30));
    }

    @Test
    void gapsBesideTheTimeDoNotCount() {
        for (long moment : new long[]{0, 500, 510, 520, 900}) {
            progress.at(moment);
        }
        assertThat(progress.longestGap(505, 515)).isEqualTo(Duration.ofNanos(10));
    }
}
