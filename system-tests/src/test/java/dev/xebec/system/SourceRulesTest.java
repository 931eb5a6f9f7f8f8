package dev.xebec.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about the source text, which byte code does not show. */
class SourceRulesTest {
    /** A file on its way past this is two ideas. */
    private static final int MAX_LINES = 400;
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b|@Disabled");
    /**
     * Where threads wait for each other with locks only: virtual threads may stand still inside, and a scheduler of ours has to
     * see it.
     */
    private static final Pattern WITHOUT_MONITORS = Pattern.compile("/src/main/java/dev/xebec/("
            + "kit/(informer|reconcile|member|state|api|client)|state/(replica|machine|memory)"
            + "|gateway/(cache|registry|read|bus|write|binding|pipeline)|scheduler|controller"
            + "|node/(worker|service|registration|probe|runtime/simulated))/");
    private static final Pattern MONITOR = Pattern.compile("^[^*]*\\bsynchronized\\b|\\bnotifyAll\\(\\)");

    @Test
    void noFileIsTwoIdeas() throws IOException {
        assertThat(sources().filter(file -> lines(file).size() > MAX_LINES).toList()).isEmpty();
    }

    @Test
    void nothingIsLeftUnfinished() throws IOException {
        assertThat(sources().filter(file -> !file.endsWith("SourceRulesTest.java"))
                .filter(file -> lines(file).stream().anyMatch(line -> UNFINISHED.matcher(line).find())).toList())
                .isEmpty();
    }

    @Test
    void whatVirtualThreadsShareIsGuardedByLocks() throws IOException {
        List<Path> found = sources().filter(file -> WITHOUT_MONITORS.matcher(file.toString()).find()).toList();
        assertThat(found).as("sources looked at").hasSizeGreaterThan(100);
        assertThat(found.stream().filter(file -> lines(file).stream().anyMatch(line -> MONITOR.matcher(line).find()))
                .toList()).isEmpty();
    }

    private static Stream<Path> sources() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        assertThat(root.resolve("pom.xml")).exists();
        return Files.walk(root).filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.toString().contains("/target/"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
