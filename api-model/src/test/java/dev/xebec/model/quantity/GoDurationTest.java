package dev.xebec.model.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({"0, PT0S", "-0, PT0S", "10s, PT10S", "1.5s, PT1.5S", ".5h, PT30M", "1h2m3.5s, PT1H2M3.5S",
            "-1ms, PT-0.001S",
            "+1us, PT0.000001S", "1\u00b5s, PT0.000001S", "1ns, PT0.000000001S", "1.s, PT1S",
            "9223372036854775807ns, PT2562047H47M16.854775807S"})
    void durations(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"``|time: invalid duration \"\"",
            "10|time: missing unit in duration \"10\"",
            "x|time: invalid duration \"x\"", "-|time: invalid duration \"-\"",
            "1x|time: unknown unit \"x\" in duration \"1x\"",
            "1s2|time: missing unit in duration \"1s2\"", ".s|time: invalid duration \".s\"",
            "9223372036854775808ns|time: invalid duration \"9223372036854775808ns\"",
            "1 s|time: unknown unit \" s\" in duration \"1 s\"",
            "1\u00e4|time: unknown unit \"\\xc3\\xa4\" in duration \"1\\xc3\\xa4\"",
            "\"|time: invalid duration \"\\\"\""}, delimiter = '|')
    void whatIsNone(String text, String message) {
        assertThatThrownBy(() -> GoDuration.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
