package dev.xebec.system.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The Go module in {@code src/test/go} and what is built of it: with the Go on the PATH, from the Go module proxy, into
 * {@code target/go}. Go's own caches make every build after the first a matter of seconds. Where there is no Go, who asks is
 * skipped.
 */
final class GoPrograms {
    private static final Path MODULE = Path.of("src", "test", "go").toAbsolutePath();
    private static final Path BUILT = Path.of("target", "go").toAbsolutePath();

    private GoPrograms() {}

    /** What a program said until its end. */
    record Ran(int exit, String output) {}

    /** A package's tests as a program. */
    static Path tests(String name) throws Exception {
        Path program = BUILT.resolve(name + ".test");
        build(List.of("go", "test", "-c", "-o", program.toString(), "./" + name));
        return program;
    }

    /** A folder that holds a program of a module that {@code go.mod} requires, under its own name. */
    static Path folderWith(String program, String path) throws Exception {
        Path folder = BUILT.resolve(path.replaceAll("[^a-z0-9]", "-"));
        build(List.of("go", "build", "-ldflags", "-s -w", "-o", folder.resolve(program).toString(), path));
        return folder;
    }

    static Ran run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = Files.createTempFile(Files.createDirectories(BUILT), "said", ".out");
        ProcessBuilder builder = new ProcessBuilder(command).directory(MODULE.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        return new Ran(exit, said);
    }

    private static void build(List<String> command) throws Exception {
        assumeTrue(CommandCases.onPath("go"), "Go is not on the PATH: clients written in Go are not tried");
        Ran ran = run(command, Map.of("GOFLAGS", "-p=2"));
        if (ran.exit() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed:\n" + ran.output());
        }
    }
}
