package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.xebec.system.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests for Kubernetes, applied to Xebec itself. */
@Timeout(600)
class ManifestsTest {
    private static final Path MANIFESTS = Path.of("..", "k8s");
    private static final Pattern SECRET_FILE = Pattern.compile(
            "^ +- ((?:member|gateway|task-events|kafka-broker)/\\S+)$",
            Pattern.MULTILINE);
    private static final String STRICTLY = " --validate=strict ";
    private static final String BY_SERVER = "kubectl apply --server-side --field-manager=manifests-test" + STRICTLY;
    private static final String UPGRADE = "XEBEC_UPGRADE_PATIENCE=120 k8s/rolling-upgrade.sh ";
    private static final String GENERATIONS = " -o 'jsonpath={range .items[*]}{.kind}/{.metadata.name} "
            + "{.metadata.generation} {.metadata.uid}{\"\\n\"}{end}'";

    @TempDir
    private static Path scratch;

    /** A copy with something in the place of each certificate. */
    @BeforeAll
    static void copy() throws IOException {
        assumeTrue(CommandCases.onPath("kubectl"), "kubectl is not on the PATH: the manifests are not applied");
        try (Stream<Path> files = Files.walk(MANIFESTS)) {
            for (Path file : files.filter(file -> file.toString().matches(".*\\.(yaml|env|sh)")).toList()) {
                Path copy = scratch.resolve("k8s").resolve(MANIFESTS.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path pki = scratch.resolve("k8s/pki");
        Matcher named = SECRET_FILE.matcher(Files.readString(pki.resolve("kustomization.yaml")));
        while (named.find()) {
            Files.createDirectories(pki.resolve(named.group(1)).getParent());
            Files.writeString(pki.resolve(named.group(1)), "in the place of a certificate");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/small", "overlays/ha", "overlays/etcd", "pki"})
    void kustomizeRendersEachOfThem(String folder) throws Exception {
        String rendered = said(Path.of("/dev/null"), "kubectl kustomize k8s/" + folder);
        assertThat(rendered).contains("namespace: xebec-system").doesNotContain("ClusterRole");
        assertThat(rendered.lines().filter(line -> line.strip().equals("automountServiceAccountToken: true")))
                .isEmpty();
    }

    @Test
    void xebecTakesThemTwiceAndRunsWhatItCan(@TempDir Path data) throws Exception {
        try (TestCluster cluster = TestCluster.up(data, "--nodes", "4", "--runtime", "simulated")) {
            Path config = cluster.kubeconfig();
            said(config, BY_SERVER + "-f k8s/base/namespace.yaml");
            assertThat(said(config, BY_SERVER + "-k k8s/pki")).doesNotContain("Warning");
            String applied = said(config, BY_SERVER + "-k k8s/overlays/ha");
            assertThat(applied.lines()).allSatisfy(line -> assertThat(line).endsWith("serverside-applied"));
            for (String name : List.of("api-gateway", "scheduler-service", "controller-service", "task-events")) {
                said(config, "kubectl -n xebec-system rollout status --timeout=120s deployment/" + name);
            }
            String before = said(config, "kubectl get -k k8s/overlays/ha" + GENERATIONS);
            assertThat(said(config, "kubectl diff --server-side --field-manager=manifests-test -k k8s/overlays/ha"))
                    .isEmpty();
            said(config, BY_SERVER + "-k k8s/overlays/ha");
            assertThat(said(config, "kubectl get -k k8s/overlays/ha" + GENERATIONS)).isEqualTo(before);

            said(config, "kubectl -n xebec-system scale deployment/api-gateway --replicas=3");
            said(config, "kubectl -n xebec-system rollout restart deployment/api-gateway");
            said(config, "kubectl -n xebec-system rollout status --timeout=120s deployment/api-gateway");
            theUpgradeStopsAtWhatDoesNotComeUp(config);
            said(config, "kubectl delete namespace xebec-system --timeout=120s");

            said(config, "kubectl create --save-config -f k8s/base/namespace.yaml");
            assertThat(said(config, "kubectl apply" + STRICTLY + "-k k8s/overlays/small")).doesNotContain("Warning");
            // kubectl compares claim templates as they were sent with what has got defaults, and sends them again: with kube-apiserver too.
            assertThat(said(config, "kubectl apply" + STRICTLY + "-k k8s/overlays/small").lines()
                    .filter(line -> !line.endsWith(" unchanged")))
                    .allMatch(line -> line.matches("statefulset.apps/(kafka|state-service) configured"));
            assertThat(said(config, "kubectl diff -k k8s/overlays/small")).isEmpty();
            said(config, "kubectl delete namespace xebec-system --timeout=120s");
        }
    }

    /** Nobody makes pods of a StatefulSet here, so the store never comes up. */
    private static void theUpgradeStopsAtWhatDoesNotComeUp(Path config) throws Exception {
        String images = "kubectl -n xebec-system get deployments --sort-by .metadata.name -o 'jsonpath={.items[*].spec.template.spec.containers[*].image}'";
        String before = said(config, images);
        KubectlCase.Seen stopped = ran(config, UPGRADE + "xebec:next deployment/api-gateway statefulset/state-service");
        assertThat(stopped.exit()).isEqualTo(1);
        assertThat(stopped.output())
                .contains("statefulset/state-service is not rolled out before anything was changed");
        assertThat(said(config, images)).isEqualTo(before);
        assertThat(said(config, UPGRADE + "xebec:next deployment/api-gateway deployment/task-events"))
                .containsSubsequence(
                        "deployment/api-gateway runs xebec:next", "deployment/task-events runs xebec:next");
        assertThat(said(config, images).split(" ")).containsExactly("xebec:next", before.split(" ")[1],
                before.split(" ")[2], "xebec:next");
    }

    private static String said(Path kubeconfig, String command) throws Exception {
        KubectlCase.Seen seen = ran(kubeconfig, command);
        assertThat(seen.exit()).as("%s%n%s", command, seen.output()).isZero();
        return seen.output();
    }

    private static KubectlCase.Seen ran(Path kubeconfig, String command) throws Exception {
        return CommandCases.run(scratch, Map.of(), kubeconfig, command);
    }
}
