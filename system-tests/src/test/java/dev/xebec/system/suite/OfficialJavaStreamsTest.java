package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.system.TestCluster;
import io.kubernetes.client.Attach;
import io.kubernetes.client.Copy;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PodLogs;
import io.kubernetes.client.PortForward;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.Yaml;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The official Java client's streams: a log that is followed, exec with input, attach, copies both ways, forwarded ports. */
@Timeout(120)
@ExtendWith(SharedCluster.class)
class OfficialJavaStreamsTest {
    private static final String NAMESPACE = "official-java-streams";
    private static final int PORT = 8080;
    private static ApiClient client;
    private static CoreV1Api core;

    @BeforeAll
    static void connect(TestCluster cluster) throws Exception {
        try (Reader kubeconfig = Files.newBufferedReader(cluster.kubeconfig())) {
            client = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(kubeconfig)).build();
        }
        core = new CoreV1Api(client);
        core.createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(NAMESPACE))).execute();
        core.createNamespacedPod(NAMESPACE, Yaml.loadAs("""
                apiVersion: v1
                kind: Pod
                metadata: {name: box}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                    - name: main
                      image: none
                      command: [sh, -c, 'echo first; sleep 2; echo second; exec sleep 100000']
                    - name: reader
                      image: none
                      stdin: true
                      command: [sh, -c, 'while read line; do echo heard $line; done; exec sleep 100000']
                    - name: server
                      image: none
                      command: [python3, -m, http.server, "8080", --bind, $(IP)]
                      env: [{name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
                      readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
                """, V1Pod.class)).execute();
        TestCluster.awaitTrue("a ready pod", () -> {
            var status = core.readNamespacedPod("box", NAMESPACE).execute().getStatus();
            return status.getContainerStatuses() != null
                    && status.getContainerStatuses().stream().allMatch(container -> container.getReady());
        });
    }

    @AfterAll
    static void leave() throws Exception {
        core.deleteNamespace(NAMESPACE).execute();
    }

    @Test
    void aLogIsFollowed() throws Exception {
        try (BufferedReader log = new BufferedReader(new InputStreamReader(
                new PodLogs(client).streamNamespacedPodLog(NAMESPACE, "box", "main"), StandardCharsets.UTF_8))) {
            assertThat(log.readLine()).isEqualTo("first");
            assertThat(log.readLine()).isEqualTo("second");
        }
    }

    @Test
    void aCommandReadsWhatItIsSent() throws Exception {
        Process process = new Exec(client).exec(NAMESPACE, "box",
                new String[]{"sh", "-c", "read line; echo heard $line; exit 4"}, "main", true, false);
        try (OutputStream in = process.getOutputStream()) {
            in.write("ahoy\n".getBytes(StandardCharsets.UTF_8));
            in.flush();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("heard ahoy\n");
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(4);
    }

    @Test
    void aRunningContainerIsSpokenTo() throws Exception {
        Attach.AttachResult attached = new Attach(client).newConnectionBuilder(NAMESPACE, "box")
                .setContainer("reader").setStdin(true).setStdout(true).connect();
        try {
            attached.getStandardInputStream().write("ahoy\n".getBytes(StandardCharsets.UTF_8));
            attached.getStandardInputStream().flush();
            BufferedReader out = new BufferedReader(
                    new InputStreamReader(attached.getStandardOutputStream(), StandardCharsets.UTF_8));
            assertThat(out.readLine()).isEqualTo("heard ahoy");
        } finally {
            attached.close();
        }
    }

    @Test
    void filesAreCopiedBothWays(@TempDir Path folder) throws Exception {
        byte[] content = new byte[300_000];
        new Random(2).nextBytes(content);
        Copy copy = new Copy(client);
        assertThat(new Exec(client).exec(NAMESPACE, "box", new String[]{"mkdir", "-p", "/srv/xebec-copied"}, false)
                .waitFor(60, TimeUnit.SECONDS)).isTrue();
        copy.copyFileToPod(NAMESPACE, "box", "main", content, Path.of("/srv/xebec-copied/file"));
        try (InputStream back = copy.copyFileFromPod(NAMESPACE, "box", "main", "/srv/xebec-copied/file")) {
            assertThat(back.readAllBytes()).isEqualTo(content);
        }
        copy.copyDirectoryFromPod(NAMESPACE, "box", "main", "/srv/xebec-copied", folder);
        try (var files = Files.walk(folder)) {
            Path file = files.filter(found -> found.endsWith("file")).findFirst().orElseThrow();
            assertThat(file).hasBinaryContent(content);
        }
    }

    @Test
    void aPortIsForwarded() throws Exception {
        try (PortForward.PortForwardResult forward = new PortForward(client).forward(NAMESPACE, "box",
                List.of(PORT))) {
            OutputStream request = forward.getOutboundStream(PORT);
            request.write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            request.flush();
            BufferedReader answer = new BufferedReader(
                    new InputStreamReader(forward.getInputStream(PORT), StandardCharsets.US_ASCII));
            assertThat(answer.readLine()).isEqualTo("HTTP/1.0 200 OK");
        }
    }
}
