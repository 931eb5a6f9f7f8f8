package dev.xebec.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.node.runtime.LogQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogTest {
    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");
    private static final LogLimits SMALL = new LogLimits(2_000, 3, 100);

    @TempDir
    Path directory;

    private ContainerLog open(LogLimits limits) {
        return new ContainerLog(directory, limits, new HolePunch());
    }

    private void say(String text) throws IOException {
        Files.writeString(ContainerLog.stdoutCapture(directory), text, StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private List<String> read(LogQuery query) throws Exception {
        List<String> lines = new ArrayList<>();
        new LogReader(directory, () -> true).read(query,
                entry -> lines.add(new String(entry.text(), StandardCharsets.UTF_8) + (entry.whole() ? "" : "…")));
        return lines;
    }

    private List<String> read() throws Exception {
        return read(LogQuery.ALL);
    }

    @Test
    void aLineIsKeptOnceItIsWhole() throws Exception {
        ContainerLog log = open(SMALL);
        say("one\ntw");
        assertThat(log.drain(false, NOW)).isTrue();
        assertThat(read()).containsExactly("one");
        assertThat(log.drain(false, NOW)).as("nothing new").isFalse();
        say("o\n");
        log.drain(false, NOW);
        assertThat(read()).containsExactly("one", "two");
    }

    @Test
    void aRestWithoutALineEndIsKeptAtTheEnd() throws Exception {
        ContainerLog log = open(SMALL);
        say("rest");
        log.drain(false, NOW);
        assertThat(read()).isEmpty();
        log.drain(true, NOW);
        assertThat(read()).containsExactly("rest…");
        assertThat(log.closed()).isTrue();
        assertThat(ContainerLog.stdoutCapture(directory)).doesNotExist();
    }

    @Test
    void aLongLineIsKeptInParts() throws Exception {
        ContainerLog log = open(SMALL);
        say("x".repeat(250) + "\n" + "y".repeat(100) + "\n");
        log.drain(false, NOW);
        assertThat(read()).containsExactly("x".repeat(100) + "…", "x".repeat(100) + "…", "x".repeat(50),
                "y".repeat(100));
    }

    @Test
    void rotationKeepsTheNewestAndLosesNothingOfThem() throws Exception {
        ContainerLog log = open(SMALL);
        for (int i = 0; i < 500; i++) {
            say("line " + i + "\n");
            log.drain(false, NOW);
        }
        List<String> lines = read();
        assertThat(lines.size()).isBetween(70, 150);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).isEqualTo("line " + (500 - lines.size() + i));
        }
        try (var files = Files.list(directory)) {
            assertThat(files.filter(each -> each.getFileName().toString().startsWith("log.")).mapToLong(
                    each -> each.toFile().length()).sum()).isLessThanOrEqualTo(6_000);
        }
    }

    @Test
    void theTailIsFoundOverRotatedFiles() throws Exception {
        ContainerLog log = open(SMALL);
        for (int i = 0; i < 100; i++) {
            say("line " + i + "\n");
            log.drain(false, NOW);
        }
        assertThat(read(new LogQuery(3, Instant.EPOCH, false))).containsExactly("line 97", "line 98", "line 99");
        assertThat(read(new LogQuery(70, Instant.EPOCH, false))).hasSize(70).startsWith("line 30").endsWith("line 99");
        assertThat(read(new LogQuery(0, Instant.EPOCH, false))).isEmpty();
        assertThat(read(new LogQuery(100_000, Instant.EPOCH, false))).isEqualTo(read());
    }

    @Test
    void sinceLeavesOlderLinesOut() throws Exception {
        ContainerLog log = open(SMALL);
        say("old\n");
        Files.setLastModifiedTime(ContainerLog.stdoutCapture(directory),
                java.nio.file.attribute.FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        log.drain(false, NOW);
        say("new\n");
        log.drain(false, NOW);
        assertThat(read(new LogQuery(-1, Instant.parse("2021-01-01T00:00:00Z"), false))).containsExactly("new");
    }

    @Test
    void anAgentThatDiedBetweenTwoStepsRepeatsAndLosesNothing() throws Exception {
        ContainerLog log = open(SMALL);
        say("one\n");
        log.drain(false, NOW);
        byte[] position = Files.readAllBytes(directory.resolve("position"));
        say("two\nthree\n");
        log.drain(false, NOW);
        // As if it had died after the lines and before the position was written.
        Files.write(directory.resolve("position"), position);
        ContainerLog next = open(SMALL);
        next.drain(false, NOW);
        assertThat(read()).containsExactly("one", "two", "three");
        say("four\n");
        next.drain(true, NOW);
        assertThat(read()).containsExactly("one", "two", "three", "four");
    }

    @Test
    void whatIsMovedIsGivenBackToTheDisk() throws Exception {
        ContainerLog log = open(LogLimits.DEFAULT);
        String megabyte = ("z".repeat(1023) + "\n").repeat(1024);
        for (int i = 0; i < 9; i++) {
            say(megabyte);
            log.drain(false, NOW);
        }
        assertThat(read()).hasSize(9 * 1024);
        Process du = new ProcessBuilder("du", "-k", ContainerLog.stdoutCapture(directory).toString()).start();
        long kilobytes = Long.parseLong(new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .split("\\s")[0]);
        assertThat(kilobytes).isLessThan(6 * 1024);
        say("after\n");
        log.drain(false, NOW);
        assertThat(read()).endsWith("after");
    }
}
