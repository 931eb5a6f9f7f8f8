package dev.xebec.system.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.xebec.system.TestCluster;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Helm 3, which patches, and Helm 4, which applies: a chart of several kinds, with hooks and a definition, through its life.
 * Needs kubectl and Go on the PATH and the Go module proxy, which both are built from.
 */
@Timeout(1800)
@ExtendWith(SharedCluster.class)
class HelmTest {
    private static final Path CASES = Path.of("src", "test", "resources", "helm");
    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"v3", "v4"})
    void aReleaseLives(String version, TestCluster cluster) throws Exception {
        assumeTrue(CommandCases.onPath("kubectl"), "kubectl is not on the PATH");
        Path helm = GoPrograms.folderWith("helm", "helm.sh/helm/" + version + "/cmd/helm");
        CommandCases runner = new CommandCases(CASES, cluster, scratch,
                Map.of("PATH", helm + File.pathSeparator + System.getenv("PATH"), "HOME", scratch.toString()))
                .copyFixtures();
        for (Path file : CommandCases.in(CASES)) {
            runner.play(file, "helm-" + version);
        }
    }
}
