package dev.xebec.kit.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is there, by heartbeats and a clock that the test moves. */
class DirectoryTest {
    private static final long START = System.nanoTime();
    private static final Set<String> NONE = Set.of();

    private final Directory directory = new Directory(new Peer("self", "", START), BusSettings.DEFAULTS);

    private static long at(long millis) {
        return START + Duration.ofMillis(millis).toNanos();
    }

    private void heard(String bus, long millis) {
        directory.heard(new Beat(Beat.Mood.STEADY, bus, "", 1, new Offer(1, Set.of("a"), NONE, NONE)), at(millis));
    }

    private Directory.Swept sweep(long millis) {
        return directory.sweep(at(millis));
    }

    @Test
    void whoFallsSilentIsNamedOnceAndAskedLast() {
        heard("hung", 0);
        heard("well", 0);
        for (int millis = 300; millis <= 1_500; millis += 300) {
            heard("well", millis);
            assertThat(sweep(millis).silent()).isEmpty();
        }
        heard("well", 1_800);
        assertThat(sweep(1_800).silent()).extracting(Peer::bus).containsExactly("hung");
        heard("well", 2_100);
        assertThat(sweep(2_100).silent()).isEmpty();
        for (int call = 0; call < 4; call++) {
            assertThat(directory.choose(Offer.Way.REQUESTS, "a", Duration.ofSeconds(1)).bus()).isEqualTo("well");
        }
    }

    @Test
    void whoComesBackMayFallSilentAgain() {
        heard("hung", 0);
        sweep(600);
        sweep(1_200);
        assertThat(sweep(1_800).silent()).hasSize(1);
        heard("hung", 2_000);
        sweep(2_400);
        sweep(3_000);
        assertThat(sweep(3_600).silent()).hasSize(1);
    }

    @Test
    void oneThatDidNotRunItselfTakesNobodyForSilent() {
        heard("well", 0);
        sweep(300);
        assertThat(sweep(10_000).silent()).isEmpty();
        heard("well", 10_050);
        assertThat(sweep(10_300).silent()).isEmpty();
    }

    @Test
    void whoIsSilentForLongIsForgotten() {
        heard("dead", 0);
        for (int millis = 500; millis <= 30_000; millis += 500) {
            assertThat(sweep(millis).forgotten()).isEmpty();
        }
        assertThat(sweep(30_500).forgotten()).extracting(Peer::bus).containsExactly("dead");
        assertThat(directory.peer("dead")).isNull();
    }
}
