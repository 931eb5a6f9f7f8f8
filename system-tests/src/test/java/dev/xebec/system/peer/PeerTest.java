package dev.xebec.system.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.xebec.system.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jspecify.annotations.Nullable;

/**
 * Equal answers to equal requests, by the case files beside this class. {@code peer.kube-apiserver} names the binary to compare
 * with; without it nothing runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerTest {
    private static final List<String> FILES = List.of("kinds.cases", "updates.cases", "machinery.cases",
            "structures.cases");

    private @Nullable TestCluster cluster;
    private @Nullable KubeApiServer server;
    private @Nullable Asked real;
    private @Nullable Asked ours;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        String program = System.getProperty("peer.kube-apiserver", "");
        assumeFalse(program.isEmpty(), "no kube-apiserver to compare with");
        cluster = TestCluster.up(folder.resolve("cluster"), "--store", "memory", "--nodes", "0");
        server = KubeApiServer.start(folder, program, System.getProperty("peer.etcd", "etcd"));
        real = new Asked(server.kubeconfig());
        ours = new Asked(Files.readString(cluster.kubeconfig()));
    }

    @AfterAll
    void stop() throws Exception {
        if (real != null) {
            real.close();
        }
        if (ours != null) {
            ours.close();
        }
        if (server != null) {
            server.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    static List<PeerCase> cases() {
        return FILES.stream().flatMap(file -> PeerCase.read(file).stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theAnswersAreEqual(PeerCase one) throws IOException, InterruptedException {
        assertThat(Differences.between(real.ask(one), ours.ask(one))).as(String.valueOf(one.body())).isEmpty();
    }
}
