package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.xebec.system.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * kubectl, every command of it: the case files in {@code src/test/resources/kubectl}, each in a namespace of its own, in the
 * order of their names. {@link KubectlCase} says how they are written. Needs {@code kubectl} on the PATH.
 */
@Timeout(900)
@ExtendWith(SharedCluster.class)
class KubectlTest {
    private static final Path CASES = Path.of("src", "test", "resources", "kubectl");
    private static final Pattern COMMAND_OF_HELP = Pattern.compile("(?m)^  ([a-z-]+)  +[A-Z]");

    @TempDir
    private static Path scratch;
    private static CommandCases runner;

    @BeforeAll
    static void prepare(TestCluster cluster) throws Exception {
        assumeTrue(CommandCases.onPath("kubectl"), "kubectl is not on the PATH");
        runner = new CommandCases(CASES, cluster, scratch, Map.of()).copyFixtures();
        Files.copy(Path.of("..", "examples", "web.yaml"), scratch.resolve("web.yaml"));
    }

    static List<Path> cases() throws IOException {
        return CommandCases.in(CASES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsOnKubernetes(Path file) throws Exception {
        runner.play(file, file.getFileName().toString().replace(".case", ""));
    }

    @Test
    void everyCommandOfItsHelpIsTried() throws Exception {
        List<String> commands = COMMAND_OF_HELP
                .matcher(runner.run(runner.cluster().kubeconfig(), "kubectl --help").output()).results()
                .map(found -> found.group(1)).toList();
        assertThat(commands).contains("create", "get", "version").hasSizeGreaterThan(40);
        StringBuilder tried = new StringBuilder();
        for (Path file : cases()) {
            tried.append(KubectlCase.parse(Files.readAllLines(file)).stream().map(KubectlCase.Step::command)
                    .collect(Collectors.joining("\n", "", "\n")));
        }
        assertThat(commands.stream().filter(command -> !tried.toString().contains("kubectl " + command + " "))
                .filter(command -> !tried.toString().contains("kubectl " + command + "\n"))).isEmpty();
    }
}
