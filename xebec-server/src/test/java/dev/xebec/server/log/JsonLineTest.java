package dev.xebec.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("dev.xebec.some.Thing");

    private JsonNode line(String message, Throwable thrown, Object... arguments) {
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, thrown, arguments);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.006Z"));
        String written = new JsonLine().doLayout(event);
        assertThat(written).endsWith("}\n").hasLineCount(1);
        return Json.parse(written.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLineHasWhatMachinesLookFor() {
        JsonNode line = line("{} pods of {}", null, 3, "web");
        assertThat(line.path("time").asText()).isEqualTo("2026-01-02T03:04:05.006Z");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("logger").asText()).isEqualTo("dev.xebec.some.Thing");
        assertThat(line.path("message").asText()).isEqualTo("3 pods of web");
        assertThat(line.path("thread").asText()).isEqualTo(Thread.currentThread().getName());
        assertThat(line.path("process").asText()).isNotEmpty();
        assertThat(line.has("stack")).isFalse();
    }

    @Test
    void whatWasThrownIsOneString() {
        JsonNode line = line("failed", new IllegalStateException("outer", new RuntimeException("inner\nof two lines")));
        assertThat(line.path("stack").asText()).startsWith("java.lang.IllegalStateException: outer")
                .contains("\tat ").contains("Caused by: java.lang.RuntimeException: inner\nof two lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a \"quoted\" word", "two\nlines\r\n", "back\\slash", "\u0000\u001b[31m",
            "\u2028 \ud83d\udc1f", "{}"})
    void whateverIsSaidStaysOneLine(String message) {
        assertThat(line(message, null).path("message").asText()).isEqualTo(message);
    }
}
