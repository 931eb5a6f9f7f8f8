package dev.xebec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * kubectl against a cluster in one process: the case files in {@code src/test/resources/kubectl}, each in a namespace of
 * its own, in the order of their names. {@link KubectlCase} says how they are written.
 */
@Timeout(600)
class KubectlTest {
    private static final Path CASES = Path.of("src", "test", "resources", "kubectl");
    /** Seconds that one command may take. */
    private static final int COMMAND_PATIENCE = 90;
    /** Seconds until what was asked for has to be seen. */
    private static final int SIGHT_PATIENCE = 60;

    @TempDir
    private static Path data;
    @TempDir
    private static Path scratch;
    private static TestCluster cluster;

    @BeforeAll
    static void up() throws Exception {
        assumeTrue(onPath("kubectl"), "kubectl is not on the PATH");
        cluster = TestCluster.up(data);
        try (Stream<Path> files = Files.list(CASES)) {
            for (Path fixture : files.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                Files.copy(fixture, scratch.resolve(fixture.getFileName()));
            }
        }
        Files.copy(Path.of("..", "examples", "web.yaml"), scratch.resolve("web.yaml"));
    }

    @AfterAll
    static void down() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            List<Path> cases = files.filter(file -> file.toString().endsWith(".case")).sorted().toList();
            assertThat(cases).isNotEmpty();
            return cases;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsOnKubernetes(Path file) throws Exception {
        String namespace = file.getFileName().toString().replace(".case", "");
        Path kubeconfig = scratch.resolve(namespace + ".kubeconfig");
        Files.copy(cluster.kubeconfig(), kubeconfig);
        assertThat(run(kubeconfig, "kubectl create namespace " + namespace
                + " && kubectl config set-context --current --namespace=" + namespace).exit()).isZero();
        for (KubectlCase.Step step : KubectlCase.parse(Files.readAllLines(file))) {
            KubectlCase.Seen seen = run(kubeconfig, step.command());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SIGHT_PATIENCE);
            while (step.repeated() && !step.complaints(seen).isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(200);
                seen = run(kubeconfig, step.command());
            }
            assertThat(step.complaints(seen)).as("%s:%d: %s%n%s", file.getFileName(), step.line(), step.command(),
                    seen.output()).isEmpty();
        }
    }

    private static KubectlCase.Seen run(Path kubeconfig, String command) throws Exception {
        Path output = scratch.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("timeout", Integer.toString(COMMAND_PATIENCE), "sh", "-c", command)
                .directory(scratch.toFile()).redirectErrorStream(true).redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        int exit = builder.start().waitFor();
        return new KubectlCase.Seen(exit, Files.readString(output, StandardCharsets.UTF_8));
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
