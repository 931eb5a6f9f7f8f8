package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.system.TestCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the fabric8 client sends into and reads out of a running pod: logs, exec, a file. */
@Timeout(300)
@ExtendWith(SharedCluster.class)
class Fabric8StreamsTest {
    private static final String NAMESPACE = "fabric8-streams";
    private static KubernetesClient client;

    @BeforeAll
    static void connect(TestCluster cluster) throws Exception {
        client = cluster.client();
        client.namespaces().resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
                .create();
        client.pods().inNamespace(NAMESPACE).resource(pod()).create();
        client.pods().inNamespace(NAMESPACE).withName("box").waitUntilReady(120, TimeUnit.SECONDS);
    }

    @AfterAll
    static void leave() {
        client.namespaces().withName(NAMESPACE).delete();
        client.close();
    }

    @Test
    void logsAreReadAndFollowed() throws Exception {
        TestCluster.awaitTrue("its lines", () -> main().getLog().equals("first\nsecond\n"));
        assertThat(main().tailingLines(1).getLog()).isEqualTo("second\n");
        assertThat(main().usingTimestamps().getLog()).contains("Z first");
        ByteArrayOutputStream followed = new ByteArrayOutputStream();
        try (var log = main().watchLog(followed)) {
            TestCluster.awaitTrue("both lines", () -> followed.toString(StandardCharsets.UTF_8).contains("second"));
        }
    }

    @Test
    void aCommandRunsWithItsThreeStreamsAndItsExitCode() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch exec = main().redirectingInput().writingOutput(out).writingError(err).exec("sh", "-c",
                "read line; echo heard $line; echo wrong >&2; exit 3")) {
            exec.getInput().write("ahoy\n".getBytes(StandardCharsets.UTF_8));
            exec.getInput().flush();
            assertThat(exec.exitCode().get(60, TimeUnit.SECONDS)).isEqualTo(3);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("heard ahoy\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("wrong\n");
    }

    @Test
    void aFileIsRead() throws Exception {
        try (InputStream file = main().file("/etc/hostname").read()) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8)).isNotBlank();
        }
    }

    /** The client closes its socket to end the input, and takes the answer to that for the end of the command. */
    @Test
    void aFileIsWritten(@TempDir Path folder) throws Exception {
        byte[] content = new byte[5_000_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("sent"), content);
        String there = "/srv/xebec-sent";
        assertThat(main().file(there).upload(file)).isTrue();
        ByteArrayOutputStream sum = new ByteArrayOutputStream();
        try (ExecWatch exec = main().writingOutput(sum).exec("sha256sum", there)) {
            assertThat(exec.exitCode().get(60, TimeUnit.SECONDS)).isZero();
        }
        assertThat(sum.toString(StandardCharsets.UTF_8))
                .startsWith(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    }

    @Test
    void aRunningContainerIsSpokenTo() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch attached = box().inContainer("reader").redirectingInput().writingOutput(out).attach()) {
            attached.getInput().write("ahoy\n".getBytes(StandardCharsets.UTF_8));
            attached.getInput().flush();
            TestCluster.awaitTrue("its answer", () -> out.toString(StandardCharsets.UTF_8).equals("heard ahoy\n"));
        }
    }

    @Test
    void aPortIsForwarded() throws Exception {
        try (LocalPortForward forward = box().portForward(18473)) {
            for (int round = 0; round < 3; round++) {
                try (InputStream page = URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/").toURL()
                        .openStream()) {
                    assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8)).contains("Directory listing");
                }
            }
            assertThat(forward.errorOccurred()).isFalse();
        }
    }

    private static io.fabric8.kubernetes.client.dsl.ContainerResource main() {
        return box().inContainer("main");
    }

    private static io.fabric8.kubernetes.client.dsl.PodResource box() {
        return client.pods().inNamespace(NAMESPACE).withName("box");
    }

    private static Pod pod() {
        return new PodBuilder().withNewMetadata().withName("box").endMetadata().withNewSpec()
                .withTerminationGracePeriodSeconds(1L).addNewContainer().withName("main").withImage("none")
                .withCommand("sh", "-c", "echo first; echo second; exec sleep 100000").endContainer()
                .addNewContainer().withName("reader").withImage("none").withStdin(true)
                .withCommand("sh", "-c", "while read line; do echo heard $line; done; exec sleep 100000").endContainer()
                .addNewContainer().withName("server").withImage("none")
                .withCommand("python3", "-m", "http.server", "18473", "--bind", "$(IP)")
                .addNewEnv().withName("IP").withNewValueFrom().withNewFieldRef().withFieldPath("status.podIP")
                .endFieldRef().endValueFrom().endEnv()
                .withNewReadinessProbe().withPeriodSeconds(1).withNewTcpSocket().withNewPort(18473).endTcpSocket()
                .endReadinessProbe().endContainer().endSpec().build();
    }
}
