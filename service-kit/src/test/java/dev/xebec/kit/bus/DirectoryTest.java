package dev.xebec.kit.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import java.time.Duration;
import java.util.Map;
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
        directory.heard(new Beat(Beat.Mood.STEADY, bus, "", 1, new Offer(1, Set.of("a"), NONE, NONE), 0, null),
                at(millis));
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

    private Directory.Heard says(String bus, long said, String word, long millis) {
        Word told = word.isEmpty() ? null : new Word(said, Bytes.utf8(word));
        return directory.heard(new Beat(Beat.Mood.STEADY, bus, "", 0, null, said, told), at(millis));
    }

    @Test
    void whoIsSilentIsQuotedNoMoreUntilItIsHeardAgain() {
        says("hung", 1, "word", 0);
        assertThat(directory.words()).containsExactly(Map.entry("hung", Bytes.utf8("word")));
        sweep(600);
        sweep(1_200);
        assertThat(directory.words()).hasSize(1);
        sweep(1_800);
        assertThat(directory.words()).isEmpty();
        says("hung", 1, "", 2_000);
        assertThat(directory.words()).hasSize(1);
    }

    @Test
    void anOlderWordDoesNotReplaceANewerOneAndAMissingOneIsAskedFor() {
        assertThat(says("one", 3, "third", 0)).isEqualTo(new Directory.Heard(true, false));
        assertThat(says("one", 2, "second", 1)).isEqualTo(new Directory.Heard(false, false));
        assertThat(directory.words().get("one")).isEqualTo(Bytes.utf8("third"));
        assertThat(says("one", 4, "", 2)).isEqualTo(new Directory.Heard(false, true));
    }

    @Test
    void aHeartbeatSurvivesTheWire() {
        Beat whole = new Beat(Beat.Mood.HELLO, "bus", "node", 7, new Offer(7, Set.of("a"), Set.of("b"), Set.of("c")), 9,
                new Word(9, Bytes.utf8("word")));
        Beat steady = new Beat(Beat.Mood.STEADY, "bus", "node", 7, null, 9, null);
        assertThat(Beat.decode(whole.encode())).isEqualTo(whole);
        assertThat(Beat.decode(steady.encode())).isEqualTo(steady);
    }
}
