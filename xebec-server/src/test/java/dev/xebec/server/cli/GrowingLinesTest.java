package dev.xebec.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingLinesTest {
    @TempDir
    private Path folder;

    @Test
    void aFileThatShrinksWhileItIsFollowedIsNoFault() throws Exception {
        Path file = Files.writeString(folder.resolve("out"), "one\ntwo\nthr");
        try (InputStream said = Files.newInputStream(file)) {
            GrowingLines lines = new GrowingLines(said);
            assertThat(lines.next()).containsExactly("one", "two");
            Files.writeString(file, "");
            assertThat(lines.next()).isEmpty();
            assertThat(lines.last()).containsExactly("thr");
        }
    }

    @Test
    void aLineIsShownOnceItIsWhole() throws Exception {
        byte[] text = "Starting…\n".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("out"), Arrays.copyOf(text, text.length - 2));
        try (InputStream said = Files.newInputStream(file)) {
            GrowingLines lines = new GrowingLines(said);
            assertThat(lines.next()).isEmpty();
            Files.write(file, Arrays.copyOfRange(text, text.length - 2, text.length), StandardOpenOption.APPEND);
            assertThat(lines.next()).containsExactly("Starting…");
        }
    }
}
