package dev.xebec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Deciders decide and the shell acts: no clock, randomness, logger, thread or client outside of the shell. */
class PurityTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/xebec/controller");
    private static final Pattern IMPURE = Pattern.compile("Instant\\.now|System\\.|randomUUID|java\\.util\\.Random|"
            + "Thread|org\\.slf4j|kit\\.client|kit\\.service|contracts\\.api|io\\.vertx|java\\.io|java\\.nio\\.file|"
            + "java\\.util\\.concurrent|dev\\.xebec\\.controller\\.service");

    @Test
    void onlyTheShellTouchesTheWorld() throws IOException {
        assertThat(impure(path -> !path.startsWith(SOURCES.resolve("service")))).isEmpty();
    }

    @Test
    void theShellIsRecognized() throws IOException {
        assertThat(impure(path -> path.startsWith(SOURCES.resolve("service")))).isNotEmpty();
    }

    private static List<String> impure(java.util.function.Predicate<Path> which) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(path -> path.toString().endsWith(".java")).filter(which).filter(path -> {
                try {
                    return IMPURE.matcher(Files.readString(path)).find();
                } catch (IOException unreadable) {
                    throw new java.io.UncheckedIOException(unreadable);
                }
            }).map(Path::toString).toList();
        }
    }
}
