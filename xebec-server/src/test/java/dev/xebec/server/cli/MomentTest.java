package dev.xebec.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
    private static final Instant NOW = Instant.parse("2026-11-23T17:00:00Z");

    @ParameterizedTest
    @CsvSource({"90s, 2026-11-23T16:58:30Z", "10m, 2026-11-23T16:50:00Z", "2h, 2026-11-23T15:00:00Z",
            "3d, 2026-11-20T17:00:00Z", "2026-11-23T18:00:00+02:00, 2026-11-23T16:00:00Z"})
    void aMomentIsHowLongAgoOrWhen(String said, Instant meant) {
        assertThat(Moment.parse(said, NOW)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "10", "m", "-1m", "1w", "2026-11-23", "9999999999d"})
    void whatMakesNoSenseIsSaid(String said) {
        assertThatThrownBy(() -> Moment.parse(said, NOW)).hasMessageContaining(said).hasMessageContaining("--since");
    }
}
